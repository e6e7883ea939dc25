"""``init`` asks for the readings of characters with several, and keeps what was confirmed."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.source.settings_tables.settings import tomllib
from tests.loading import load


def settings(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "content/gazette.toml").read_text("utf-8"))


def init(folder: Path, name: str, code: str, *words: str) -> int:
    return main(["init", str(folder), "--name", name, "--code", code, "--year", "2027", *words])


def test_the_table_of_places_is_told_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "a", "单县人民政府公报", "单政办发") == 0
    said = capsys.readouterr()
    assert "“单”是多音字（dan、shan、chan），按地名读音表读 shan" in said.out and not said.err
    made = settings(tmp_path / "a")
    assert made["拼音刊名"] == "SHANXIAN RENMIN ZHENGFU GONGBAO" and made["读音"] == {"单": "shan"}
    publication, _ = load(tmp_path / "a")
    assert publication is not None
    assert [document.slug for document in publication.issues[0].documents] == ["shan-zheng-ban-fa-2027-1"]


def test_without_a_terminal_an_uncertain_reading_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "a", "单沟县人民政府公报", "沟政办发") == 0
    said = capsys.readouterr()
    assert "“单”是多音字" in said.err and "--pinyin 单=读音" in said.err
    assert init(tmp_path / "b", "单沟县人民政府公报", "沟政办发", "--pinyin", "单=shan") == 0
    said = capsys.readouterr()
    assert not said.err and settings(tmp_path / "b")["拼音刊名"] == "SHANGOU XIAN RENMIN ZHENGFU GONGBAO"


def test_answers_are_asked_for_until_they_are_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: Iterator[str] = iter(["ma", "shān", "Chan", ""])
    asked: list[str] = []

    def answer(question: str = "") -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(builtins, "input", answer)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    words = ["--government", "单沟县人民政府", "--government-code", "单政发", "--per-year", "6"]
    words += ["--publisher", "单沟县人民政府办公室"]
    assert init(tmp_path / "a", "单沟县人民政府公报", "单政办发", *words) == 0
    assert "没有 ma 这个读音" in capsys.readouterr().out
    assert "dan、shan、chan" in asked[0] and len(asked) == 4
    made = settings(tmp_path / "a")
    assert made["读音"] == {"单": "chan"} and made["文件名前缀"] == "changou-gazette"


@pytest.mark.parametrize(
    ("pinyin", "said"),
    [
        ("单", "写法不对"),
        ("单=", "写法不对"),
        ("单=ma", "没有 ma"),
        ("长=chang", "不在刊名"),
        ("单县=shanxian", "写法不对"),
    ],
)
def test_what_is_wrong_with_pinyin_is_said(
    tmp_path: Path, pinyin: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "a", "单县人民政府公报", "单政办发", "--pinyin", pinyin) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "a").exists()


def test_a_name_without_such_characters_asks_nothing(tmp_path: Path) -> None:
    assert init(tmp_path / "a", "方山县人民政府公报", "方政办发") == 0
    assert "读音" not in settings(tmp_path / "a")
