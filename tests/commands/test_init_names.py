"""``init`` takes any name of a gazette, registers the body and its office, and decides nothing in silence."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editing.counties.county_files import County, sample_files
from liulin_gazette.editing.counties.gazette_names import file_prefix, principal_of, romanised
from liulin_gazette.editing.counties.new_gazette import InitError, check_county
from liulin_gazette.source.settings_tables.settings import tomllib
from tests.conftest import findings

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("name", "principal", "pinyin", "prefix"),
    [
        ("方山县人民政府公报", "方山县人民政府", "FANGSHAN XIAN RENMIN ZHENGFU GONGBAO", "fangshan"),
        ("云泽县政报", "云泽县人民政府", "YUNZE XIAN ZHENGBAO", "yunze"),
        ("云泽县政府公报", "云泽县人民政府", "YUNZE XIAN ZHENGFU GONGBAO", "yunze"),
        ("吕梁市公报", "吕梁市人民政府", "LÜLIANG SHI GONGBAO", "lüliang"),
        ("六安市裕安区政报", "六安市裕安区人民政府", "LU'AN SHI YU'AN QU ZHENGBAO", "yuan"),
        (
            "方山县人民代表大会常务委员会公报",
            "方山县人民代表大会常务委员会",
            "FANGSHAN XIAN RENMIN DAIBIAO DAHUI CHANGWU WEIYUANHUI GONGBAO",
            "fangshan",
        ),
        ("方山县人大常委会公报", "方山县人民代表大会常务委员会", "FANGSHAN XIAN RENDA CHANGWEIHUI GONGBAO", "fangshan"),
        (
            "云岭经济技术开发区管理委员会公报",
            "云岭经济技术开发区管理委员会",
            "YUNLING JINGJI JISHU KAIFAQU GUANLI WEIYUANHUI GONGBAO",
            "yunling",
        ),
        ("滨江高新技术产业开发区管委会政报", "滨江高新技术产业开发区管理委员会", "BINJIANG GAOXIN JISHU CHANYE KAIFAQU GUANWEIHUI ZHENGBAO", "binjiang"),
        ("柳林县青龙工业园区管委会公报", "柳林县青龙工业园区管理委员会", "LIULIN XIAN QINGLONG GONGYE YUANQU GUANWEIHUI GONGBAO", "qinglong"),
        ("云山地区行政公署公报", "云山地区行政公署", "YUNSHAN DIQU XINGZHENG GONGSHU GONGBAO", "yunshan"),
        ("县政府公报", "", "XIAN ZHENGFU GONGBAO", "xian"),
        ("方山公报", "", "FANGSHAN GONGBAO", "fangshan"),
        ("云泽政务", "", "YUNZEZHENGWU", "yunzezhengwu"),
    ],
)  # fmt: skip
def test_the_parts_of_a_name(name: str, principal: str, pinyin: str, prefix: str) -> None:
    assert principal_of(name) == principal and romanised(name) == pinyin
    assert file_prefix(name) == f"{prefix.replace('ü', 'v')}-gazette"
    county = County(name, principal or "方山县人民政府", "方政发", 2027)
    assert sample_files(county)["content/gazette.toml"].count('[["发文机关"]]') == 1
    check_county(county)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("方公报", "有 3 个字，封面、刊头排得下 4 至 27 个字"),
        ("方" * 24 + "县公报", "有 27 个字"),
        ("方" * 25 + "县公报", "有 28 个字"),
        ("《方山公报》", "写汉字，不加空格、标点"),
        ("Fangshan Gazette", "写汉字"),
        ("", "写汉字"),
    ],
)
def test_a_name_that_cannot_be_used_is_said(name: str, said: str) -> None:
    county = County(name, "方山县人民政府", "方政发", 2027)
    if len(name) == 27:
        check_county(county)
        return
    with pytest.raises(InitError, match=said):
        check_county(county)


def issuers(folder: Path) -> list[tuple[str, list[str]]]:
    settings: dict[str, Any] = tomllib.loads((folder / "content/gazette.toml").read_text("utf-8"))
    return [(each["名称"], each["机关代字"]) for each in settings["发文机关"]]


@pytest.mark.parametrize(
    ("words", "registered"),
    [
        (["--code", "方政办发"], [("方山县人民政府", ["方政发"]), ("方山县人民政府办公室", ["方政办发"])]),
        (
            ["--code", "方办字", "--government-code", "方政字"],
            [("方山县人民政府", ["方政字"]), ("方山县人民政府办公室", ["方办字"])],
        ),
        (["--code", "方办字"], [("方山县人民政府办公室", ["方办字"])]),
        (["--code", "方政发", "--publisher", "方山县人民政府"], [("方山县人民政府", ["方政发"])]),
    ],
)
def test_the_body_and_its_office_are_registered_and_told(
    tmp_path: Path, words: list[str], registered: list[tuple[str, list[str]]], capsys: Capture
) -> None:
    assert main(["init", str(tmp_path / "a"), "--name", "方山县政报", "--year", "2027", *words]) == 0
    said = capsys.readouterr().out
    assert issuers(tmp_path / "a") == registered
    assert f"登记的发文机关：{'、'.join(f'{name}（{code}）' for name, (code,) in registered)}。" in said
    assert "刊期：双月刊，从2027年第1期、总第1期数起。" in said


def test_what_the_name_does_not_tell_is_asked_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    dialogue = [
        ("刊名（例如", "县 政府公报"), ("刊名", "县政府公报"),
        ("这是谁的公报（机关的全称，例如 方山县人民政府）：", ""), ("这是谁的公报", "云泽县人民政府"),
        ("主办单位（直接回车用“云泽县人民政府办公室”）", ""), ("主办单位的机关代字", "yz"), ("主办单位的机关代字", "云政办发"),
        ("云泽县人民政府的机关代字（例如 方政办发）（直接回车用“云政发”）", "云府发"), ("刊期（直接回车用“双月刊”）", "半月刊"),
        ("电话区号", ""),
    ]  # fmt: skip
    left = iter(dialogue)

    def answer(question: str = "") -> str:
        label, reply = next(left)
        assert question.startswith(label), (question, label)
        return reply

    monkeypatch.setattr(builtins, "input", answer)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert main(["init", str(tmp_path / "a"), "--year", "2027"]) == 0
    assert next(left, None) is None
    said = capsys.readouterr().out
    assert "刊名“县 政府公报”写汉字" in said and "从刊名“县政府公报”看不出是谁的公报" in said
    assert "机关代字“yz”写法不对" in said
    assert issuers(tmp_path / "a") == [("云泽县人民政府", ["云府发"]), ("云泽县人民政府办公室", ["云政办发"])]
    assert '"每年期数" = 24' in (tmp_path / "a/content/gazette.toml").read_text("utf-8")


def test_a_name_that_does_not_tell_needs_an_option(tmp_path: Path, capsys: Capture) -> None:
    words = ["init", str(tmp_path / "a"), "--name", "县政府公报", "--code", "云政办发"]
    assert main(words) == 1
    assert "从刊名“县政府公报”看不出是谁的公报，写明机关的全称（--government）。" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


def test_the_end_of_the_input_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def ended(question: str = "") -> str:
        raise EOFError

    monkeypatch.setattr(builtins, "input", ended)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert main(["init", str(tmp_path / "a")]) == 1
    assert "没有答完" in capsys.readouterr().err and not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("stated", "frequency", "per_year"),
    [
        ("24", "半月刊", 24),
        ("旬刊", "旬刊", 36),
        ("52", "周刊", 52),
        ("3", "四月刊", 3),
        ("不定期", "不定期", None),
    ],
)
def test_every_period_works(tmp_path: Path, stated: str, frequency: str, per_year: int | None) -> None:
    words = ["--name", "方山县政报", "--code", "方政办发", "--year", "2027", "--per-year", stated]
    assert main(["init", str(tmp_path / "a"), *words]) == 0
    settings = tomllib.loads((tmp_path / "a/content/gazette.toml").read_text("utf-8"))
    assert settings["刊期"] == frequency and settings["期号起算"].get("每年期数") == per_year
    assert [each for each in findings(tmp_path / "a") if each.severity.value == "错误"] == []


def test_a_number_of_issues_that_nobody_knows_is_said(tmp_path: Path, capsys: Capture) -> None:
    assert main(["init", str(tmp_path / "a"), "--per-year", "5"]) == 2
    assert "--per-year 只有：1（年刊）、2（半年刊）" in capsys.readouterr().err
