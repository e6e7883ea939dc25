"""``learn``: words that the office knows to be right settle the findings about them, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.check.learned_findings import is_learned
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding
from liulin_gazette.check.rules import RULES
from liulin_gazette.cli import main
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.learned_words import LearnedWord
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.settings_tables.settings import tomllib
from tests.commands.test_desk_commands import Capture
from tests.conftest import Edit, findings, publish

TEXT = "请进行进行曲排练，带上行车证，电话13800138000。"


def codes(project: Path) -> list[str]:
    return [each.code for each in findings(project)]


def test_a_learned_word_is_asked_about_no_more(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", TEXT)
    assert sorted(codes(project)) == ["P001", "T010", "T012"]
    assert main(["check"], project) == 1
    assert "收进词表，以后不再问：python3 build.py learn 词" in capsys.readouterr().out
    words = project / "content/words.toml"
    assert main(["learn", "进行曲", "13800138000"], project) == 1  # Shown, and nobody agrees.
    assert "没有写。" in capsys.readouterr().out and not words.exists()
    given = ["--kind", "用语", "--reason", "曲名", "--yes"]
    assert main(["learn", "进行进行曲", "13800138000", *given], project) == 0
    assert "校核的结果少了 1 处" in capsys.readouterr().out
    assert sorted(codes(project)) == ["P001", "T012"]
    entry = {"词": "进行进行曲", "类": "用语", "理由": "曲名", "日期": date.today()}
    assert tomllib.loads(words.read_text("utf-8"))["收词"][0] == entry
    first = words.read_bytes()
    assert main(["learn", "进行进行曲", "行车证", "--yes"], project) == 0
    assert "“进行进行曲”已经收了：content/words.toml:" in capsys.readouterr().out
    assert words.read_bytes().startswith(first) and codes(project) == ["P001"]
    assert main(["learn", "行车证"], project) == 0
    for content in (first, None):
        assert main(["undo", "--yes"], project) == 0
        assert "已撤销“收词”" in capsys.readouterr().out
        assert (words.read_bytes() if words.exists() else None) == content


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('[["收词"]]\n"词语" = "甲乙"\n', ["没有“词语”这一项。", "是不是“词”？", "缺少“词”。"]),
        ('[["收词"]]\n"词" = "甲"\n', ["“甲”有 1 个字，收的词是 2 至 40 个字。"]),
        ('[["收词"]]\n"词" = "甲 乙"\n', ["收的词里有空格或看不见的字符。"]),
        ('[["收词"]]\n"词" = "甲乙"\n"类" = "机关"\n', ["没有“机关”这一类。", "单位、姓名、地名、用语"]),
        ('[["收词"]]\n"词" = "甲乙"\n[["收词"]]\n"词" = "甲乙"\n', ["“甲乙”收了两次。", "另一处在第 2 行"]),
        ('[["收词"]]\n"词" = "甲乙"\n"日期" = "今天"\n', ["“日期”应是日期"]),
        ('["收词"]\n"词" = "甲乙"\n', ["“收词”应有一项或多项。"]),
        ('[["生词"]]\n"词" = "甲乙"\n', ["没有“生词”这一项。", "是不是“收词”？"]),
        ("“收词”", ["这里用了中文引号"]),
    ],
)
def test_what_is_wrong_in_the_list_is_an_error_at_its_place(
    project: Path, words: str, told: list[str], capsys: Capture
) -> None:
    (project / "content/words.toml").write_text(words, "utf-8")
    found = findings(project)
    assert all(each.place.path == "content/words.toml" and each.place.line for each in found)
    everything = "".join(map(str, found))
    for each in told:
        assert each in everything
    assert main(["check"], project) == 1
    before = (project / "content/words.toml").read_bytes()
    if "中文" in told[0] or words.startswith('["'):
        assert main(["learn", "丙丁", "--yes"], project) == 1
        assert "读不懂，没有动它" in capsys.readouterr().err
        assert (project / "content/words.toml").read_bytes() == before


@pytest.mark.parametrize("word", ["甲", "甲\n乙", "甲" * 41, "\udce4\udcb8"])
def test_what_cannot_be_learned_is_refused(project: Path, word: str, capsys: Capture) -> None:
    assert main(["learn", word, "--yes"], project) == 1
    assert capsys.readouterr().err.endswith("。\n")
    assert not (project / "content/words.toml").exists()


def test_only_the_findings_change_when_a_word_is_learned(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行。", "请带上行车证。")
    publish(project, "2026-1")
    assert not build(project, Wanted(), lambda _: None).failed
    site = {
        path: path.read_bytes()
        for path in (project / "output").rglob("*")
        if path.suffix in (".html", ".pdf")
    }
    assert main(["learn", "行车证", "--yes"], project) == 0
    assert not build(project, Wanted(), lambda _: None).failed
    changed = [path.name for path, content in site.items() if path.read_bytes() != content]
    assert changed == ["2026-1.html"]
    report = json.loads((project / "output/report/2026-1.json").read_text("utf-8"))
    assert "T012" not in [each["代码"] for each in report["校核"]]


def test_only_doubts_about_words_are_settled() -> None:
    passage = Passage("text", "请县热线中心办理，县热钱中心另有其人。", "a.md", 1)
    word = LearnedWord("县热线中心", "单位")
    at = [Finding(passage.at(offset), "") for offset in (0, 1, 5, 6, 9)]
    assert [is_learned("T040", each, [word]) for each in at] == [False, True, True, False, False]
    assert not any(is_learned("P001", each, [word]) for each in at)
    assert not is_learned("T040", at[1], [])
    assert not is_learned("K001", Finding(Place("a.md", 1, 1), "", text="县热线中心"), [word])
    assert is_learned("K001", Finding(passage.at(0), "", text="县热线中心"), [word])


def test_codes_that_words_settle_exist_and_can_be_waived() -> None:
    about = {rule.code: rule for rule in RULES if is_learned(rule.code, FINDING, [WORD])}
    assert {"T010", "T012", "T013", "T023", "T040", "C015", "C021", "K001"} <= about.keys()
    assert all(rule.waivable for rule in about.values())
    assert {code[0] for code in about} == {"C", "K", "T"}


WORD = LearnedWord("甲乙", "用语")
FINDING = Finding(Passage("text", "甲乙", "a.md", 1).at(0), "")
