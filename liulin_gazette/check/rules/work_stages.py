"""The rule about stages of work that overlap or run backwards (code C074)."""

from __future__ import annotations

import itertools
import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import sentences
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_BY_END_OF = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)年|(?P<next>次年|明年|翌年))?(?P<month>1[0-2]|[1-9])月(?:底|末)?(?:之?前|底)"
)
_STAGE = re.compile(
    r"第[一二三四五六七八]阶段[^，。；：（\d\n]{0,12}[（：:](?:(?P<from_year>20\d\d)年)?(?P<from_month>1[0-2]|[1-9])月(?P<from_day>\d{1,2})日[-—－–~～至]{1,2}(?:(?P<to_year>20\d\d)年)?(?P<to_month>1[0-2]|[1-9])月(?P<to_day>\d{1,2})日"
)
_OFFICE = re.compile("[局委办镇乡院校所](?![法理证])|中心|公司|街道|部门|单位|[：、]各")
"""Another office in the sentence: its deadline is its own."""


def stages_follow_one_another(annotated: AnnotatedDocument) -> Findings:
    """C074: of numbered stages in one paragraph each begins after the one before has ended; deadlines of one office run forward.

    Work may well be done at the same time, so this is only hinted at.
    """
    for passage in annotated.running:
        if "月" not in passage.text:
            continue
        stages = list(_STAGE.finditer(passage.text)) if "阶段" in passage.text else []
        for before, after in itertools.pairwise(stages):
            first, end = _days(before, None)
            start, last = _days(after, end[0])
            if first < start <= end < last:
                yield _finding(passage.at(after.start()), after[0], f"上一阶段到{end[1]}月{end[2]}日才结束")
        for offset, sentence in sentences(passage.text):
            deadlines = [match for match in _BY_END_OF.finditer(sentence) if "完成" in sentence]
            if (
                len(deadlines) < 3
                or any(match["next"] for match in deadlines)
                or _OFFICE.search(sentence, deadlines[0].end())
            ):
                continue
            months = [int(match["month"]) for match in deadlines]
            years = {match["year"] for match in deadlines[1:]} - {None, deadlines[0]["year"]}
            falls = [at for at in range(1, len(months)) if months[at] < months[at - 1]]
            if not years and len(falls) == 1:
                match = deadlines[falls[0]]
                yield _finding(
                    passage.at(offset + match.start()), match[0], f"前面一项到{months[falls[0] - 1]}月才完成"
                )


_Day = tuple[int, int, int]


def _days(stage: re.Match[str], year: int | None) -> tuple[_Day, _Day]:
    """Return year, month and day on which ``stage`` begins and ends; one that names no year is in ``year``, or in 0."""
    first = int(stage["from_year"] or year or 0)
    last = int(stage["to_year"] or first)
    return (
        (first, int(stage["from_month"]), int(stage["from_day"])),
        (last, int(stage["to_month"]), int(stage["to_day"])),
    )


def _finding(where: Spot, words: str, reason: str) -> Finding:
    return Finding(
        where,
        f"“{words}”：{reason}。",
        "核对原件的各个日期；本来就同时进行的，不用改。",
        words,
        Severity.NOTE,
    )
