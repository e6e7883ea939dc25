"""Findings in the groups in which an editor works them off: first by what must be done, then by the kind of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from liulin_gazette.model.diagnostics import Diagnostic, Severity

TASKS: Mapping[Severity, str] = {
    Severity.ERROR: "必须改正",
    Severity.WARNING: "很可能有误，请核对",
    Severity.NOTE: "请看一眼",
}
"""What must be done about findings of a severity, in the order in which groups are shown."""


class Work(Enum):
    """The kinds of work, in the order in which groups are shown."""

    FILES = "文件和设置"
    SYNTAX = "写法"
    PRIVACY = "个人信息和保密"
    DIGITS = "数字和日期"
    CITATIONS = "文号和引用"
    NAMES = "名称、职务和电话"
    WORDING = "文字和提法"
    MARKS = "标点和符号"
    STRUCTURE = "标题、层次和附件"
    LAYOUT = "版面和图表"
    SERIES = "期号和出版"


CODES: Mapping[Work, str] = {
    Work.FILES: "B001 B002 B003 B004 B005 B006 B007 B008 B009 B010 B011 B012 B013 B014 B015 B016 B018 B030 B031 B032"
    " B040 B056 B062 C066",
    Work.SYNTAX: "N040 S010 S011 S012 S013 S014 S015 S019 S020 S021 S022 S023 S024 S026 S027 S051 S055 S060 S061"
    " S062 S063 S064 S070 S071 S072 S073 S074 S080 S082 S083",
    Work.PRIVACY: "P001 P002 P003 P004 P005 P006 P007 P008 P009 P010 P011 P012 P013 P014",
    Work.DIGITS: "C002 C003 C004 C005 C006 C007 C008 C009 C010 C011 C020 C022 C026 C027 C029 C030 C041 C042 C043"
    " C047 C048 C050 C051 C052 C053 C054 C055 C056 C061 C065 C067 C068 C069 C070 C071 C072"
    " C073 C074 C075 C076 S048 T015 T016 T017 T018 T022 T042 T043 T046",
    Work.CITATIONS: "C016 C017 C018 C023 C024 C025 C028 C044 C057 C058 C062 K001 K002 K010 N001 N002 N003 N004 N012 N013"
    " N014 N016 N018 N019 N021 N022 N023 N024 T021 T045",
    Work.NAMES: "C012 C013 C014 C015 C019 C021 C059 C060 C063 C064 K003 K006 K007 K008 K009 N011 N017 S005 S044 T044",
    Work.WORDING: "C045 C046 K004 K005 T001 T002 T010 T011 T012 T013 T014 T023 T027 T029 T030 T031 T040 T041 T047 T048 T049",
    Work.MARKS: "S002 S031 S036 S037 S038 S039 S046 S081 T003 T004 T005 T006 T007 T008 T009 T019 T020 T024 T025 T026"
    " T028",
    Work.STRUCTURE: "C001 S003 S030 S032 S033 S034 S035 S040 S041 S042 S043 S047 S049 S052 S053 S054",
    Work.LAYOUT: "B020 B021 S004 S016 S017 S018 S025 S045 S050 S090 S094 T050",
    Work.SERIES: "B050 B051 B052 B053 B054 B055 B060 B063 B072 B073 B074 N005 N006 N007 N008 N009 N010 N015 N020"
    " N025",
}
"""The codes of each kind of work, sorted. Every code of docs/诊断代码.md stands in it once; a test checks."""
_WORK = {code: work for work, codes in CODES.items() for code in codes.split()}
_BY_LETTER = {
    "B": Work.FILES,
    "N": Work.CITATIONS,
    "S": Work.STRUCTURE,
    "C": Work.DIGITS,
    "K": Work.WORDING,
    "T": Work.WORDING,
    "P": Work.PRIVACY,
}
"""For a rule that is being written and is not in ``CODES`` yet."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one kind of work."""

    work: Work
    findings: tuple[Diagnostic, ...]
    """In their original order."""


@dataclass(frozen=True, slots=True)
class FindingTask:
    """The findings about which the same must be done."""

    severity: Severity
    groups: tuple[FindingGroup, ...]
    """None of them is empty."""

    @property
    def title(self) -> str:
        """What must be done, with the severity and the number of findings."""
        count = sum(len(group.findings) for group in self.groups)
        return f"{TASKS[self.severity]}（{self.severity.value} {count} 处）"


def work_of(code: str) -> Work:
    """Return the kind of work that findings with ``code`` are."""
    return _WORK.get(code) or _BY_LETTER[code[0]]


def finding_tasks(findings: Iterable[Diagnostic]) -> tuple[FindingTask, ...]:
    """Return ``findings`` in groups, in the order in which they are shown; empty groups are left out."""
    grouped: dict[tuple[Severity, Work], list[Diagnostic]] = {}
    for finding in findings:
        grouped.setdefault((finding.severity, work_of(finding.code)), []).append(finding)
    tasks = (
        FindingTask(
            severity,
            tuple(
                FindingGroup(work, tuple(grouped[severity, work]))
                for work in Work
                if (severity, work) in grouped
            ),
        )
        for severity in TASKS
    )
    return tuple(task for task in tasks if task.groups)
