"""The groups of findings: every code has one, nothing is lost, and the scale of certainty agrees with what rules do."""

from __future__ import annotations

import re

from liulin_gazette.check.rules import RULES, misspellings
from liulin_gazette.model.certainty import Certainty, certainty
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.finding_groups import CODES, TASKS, Work, finding_tasks, work_of
from tests.conftest import ROOT


def test_every_documented_code_has_one_kind_of_work() -> None:
    page = (ROOT / "docs/诊断代码.md").read_text("utf-8")
    documented = {*re.findall(r"^\| ([A-Z]\d{3}) \|", page, re.MULTILINE), *(rule.code for rule in RULES)}
    listed = [code for codes in CODES.values() for code in codes.split()]
    missing = sorted(documented - set(listed))
    assert not missing, f"add these codes to CODES in liulin_gazette/model/finding_groups.py: {missing}"
    assert sorted(listed) == sorted(documented), "a code stands in two groups, or is documented nowhere"
    for codes in CODES.values():
        assert codes.split() == sorted(codes.split())


def test_groups_lose_nothing_and_are_in_order_of_urgency() -> None:
    found = [
        Diagnostic(code, severity, Place("content/2026-1/01.md", line), "")
        for line, code in enumerate(("T040", "C002", "N004", "C010", "P001"), 1)
        for severity in Severity
    ]
    tasks = finding_tasks(found)
    assert [task.severity for task in tasks] == list(TASKS) == list(Severity)
    assert [task.title for task in tasks] == [
        "必须改正（错误 5 处）",
        "很可能有误，请核对（警告 5 处）",
        "请看一眼（提示 5 处）",
    ]
    for task in tasks:
        assert [group.work for group in task.groups] == [
            Work.PRIVACY,
            Work.DIGITS,
            Work.CITATIONS,
            Work.WORDING,
        ]
    shown = [finding for task in tasks for group in task.groups for finding in group.findings]
    assert sorted(map(str, shown)) == sorted(map(str, found))
    assert finding_tasks([]) == ()


def test_a_code_that_is_not_listed_yet_goes_by_its_letter() -> None:
    assert work_of("T999") is Work.WORDING
    assert work_of("P999") is Work.PRIVACY


def test_words_of_certainty_agree_with_the_severity() -> None:
    assert [certainty(odds) for odds in (3.0, 4.0, 5.9, 6.0)] == [
        Certainty.PERHAPS,
        Certainty.LIKELY,
        Certainty.LIKELY,
        Certainty.ALMOST_SURE,
    ]
    sure: float = misspellings._SURE_ODDS  # pyright: ignore[reportPrivateUsage] -- the bound itself is tested
    assert certainty(sure) is Certainty.LIKELY


def test_what_is_known_of_the_certainty_stands_before_the_advice() -> None:
    known = Diagnostic("T040", Severity.NOTE, Place("a.md"), "", "核对原件。", certainty=Certainty.PERHAPS)
    assert known.advice == "也许有误。核对原件。"
    assert Diagnostic("T010", Severity.NOTE, Place("a.md"), "", "核对原件。").advice == "核对原件。"
