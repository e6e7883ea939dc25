"""The rule about stages of work that overlap or run backwards (code C074)."""

from __future__ import annotations

import itertools
import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import sentences
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings

_BY_END_OF = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)年|(?P<next>次年|明年|翌年))?(?P<month>1[0-2]|[1-9])月(?:底|末)?(?:之?前|底)"
)
_STAGE = re.compile(
    r"(?:阶段|环节|时间)[^，。；：（\d\n]{0,6}[（：:](?:20\d\d年)?(?P<from_month>1[0-2]|[1-9])月(?P<from_day>\d{1,2})日[-—－–~～至]{1,2}(?:20\d\d年)?(?P<to_month>1[0-2]|[1-9])月(?P<to_day>\d{1,2})日"
)


def stages_follow_one_another(annotated: AnnotatedDocument) -> Findings:
    """C074: of stages in one paragraph each begins after the one before has ended; deadlines in a sentence run forward."""
    for passage in annotated.running:
        if "月" not in passage.text:
            continue
        stages = list(_STAGE.finditer(passage.text)) if "阶段" in passage.text else []
        for before, after in itertools.pairwise(stages):
            end = int(before["to_month"]), int(before["to_day"])
            start = int(after["from_month"]), int(after["from_day"])
            last = int(after["to_month"]), int(after["to_day"])
            if start <= end < last and start > (int(before["from_month"]), int(before["from_day"])):
                yield _finding(passage.at(after.start()), after[0], f"上一阶段到{end[0]}月{end[1]}日才结束")
        for offset, sentence in sentences(passage.text):
            deadlines = [match for match in _BY_END_OF.finditer(sentence) if "完成" in sentence]
            if len(deadlines) < 3 or any(match["next"] for match in deadlines):
                continue
            months = [int(match["month"]) for match in deadlines]
            years = {match["year"] for match in deadlines[1:]} - {None, deadlines[0]["year"]}
            falls = [at for at in range(1, len(months)) if months[at] < months[at - 1]]
            if not years and len(falls) == 1:
                match = deadlines[falls[0]]
                yield _finding(
                    passage.at(offset + match.start()), match[0], f"前面一项到{months[falls[0] - 1]}月才完成"
                )


def _finding(where: Spot, words: str, reason: str) -> Finding:
    return Finding(where, f"“{words}”：{reason}。", "核对原件的各个日期；同时进行的，写明豁免理由。", words)
