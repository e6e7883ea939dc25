"""Which issue a file is: what its clues agree on, where they differ, and what none of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liulin_gazette.intake.back_issues.issue_evidence import FIELDS, Clue, IssueNumber
from liulin_gazette.model.series import Series, expected_total, periods


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more values of one field, each with the places that have it."""

    field: str
    told: str
    """In Chinese: 封面写作第3期，文件名写作第4期."""


@dataclass(frozen=True, slots=True)
class IssueIdentity:
    """Number and date of a back issue as far as its clues agree; None for what they leave open."""

    year: int | None
    number: IssueNumber | None
    total: int | None
    day: date | None
    sources: tuple[str, ...]
    """Where each value is from, in Chinese, one line a field."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def name(self) -> str:
        """The name of the issue's folder (2018-3); empty while year or number is open."""
        return f"{self.year}-{self.number.code}" if self.year and self.number else ""

    @property
    def told(self) -> str:
        """The issue for people: 2018年第3期; what is known of it where something is open."""
        year = f"{self.year}年" if self.year else ""
        return year + (self.number.told if self.number else "") or "认不出是哪一期"

    def conflict(self, field: str) -> Conflict | None:
        """Return the conflict about ``field``; None if there is none."""
        return next((each for each in self.conflicts if each.field == field), None)


def identity_of(clues: Sequence[Clue], decision: Clue | None = None) -> IssueIdentity:
    """Return what ``clues`` agree on. Year and number of ``decision``, which the office gave, hold against all others.

    A day that only the name of a file has does not count against the cover's: scans are named by other days too.
    """
    values: dict[str, int | IssueNumber | date | None] = {}
    sources: list[str] = []
    conflicts: list[Conflict] = []
    for field in FIELDS:
        deciding = [decision] if decision and decision.value(field) is not None else []
        saying = deciding or [each for each in clues if each.value(field) is not None]
        if field == "出版日期" and any(each.source != "文件名" for each in saying):
            saying = [each for each in saying if each.source != "文件名"]
        by_value: dict[int | IssueNumber | date, list[Clue]] = {}
        for clue in saying:
            value = clue.value(field)
            if value is not None:
                by_value.setdefault(value, []).append(clue)
        values[field] = next(iter(by_value)) if len(by_value) == 1 else None
        told = "，".join(
            f"{'、'.join(dict.fromkeys(each.source for each in found))}写作{_told(field, value)}"
            for value, found in by_value.items()
        )
        if len(by_value) > 1:
            conflicts.append(Conflict(field, told))
        if by_value:
            sources.append(told)
    year, number, total, day = (values[field] for field in FIELDS)
    return IssueIdentity(
        year if isinstance(year, int) else None,
        number if isinstance(number, IssueNumber) else None,
        total if isinstance(total, int) else None,
        day if isinstance(day, date) else None,
        tuple(sources),
        tuple(conflicts),
    )


def _told(field: str, value: int | IssueNumber | date) -> str:
    if isinstance(value, IssueNumber):
        return value.told
    return f"总第{value}期" if field == "总期号" else f"{value}年" if field == "年" else str(value)


def against_series(identity: IssueIdentity, series: Series) -> tuple[str, ...]:
    """Return what of ``identity`` does not fit the settings of the ``series``, in Chinese; nothing while it is open."""
    if identity.year is None or identity.number is None or identity.number.supplement:
        return ()
    year, number = identity.year, identity.number
    told: list[str] = []
    regular = periods(series, year)
    extra = series.exception(year, number.number, "增刊")
    if regular is not None and not extra and max(number.number, number.merged_with) > len(regular):
        told.append(
            f"按设置 {year} 年只有 {len(regular)} 期，没有{number.told}："
            "核对期号；那几年的每年期数不同的，在 content/gazette.toml 里写明（见《写作规范》“变更”）"
        )
    if series.exception(year, number.number, "停刊"):
        told.append(f"设置里登记 {year} 年第{number.number}期停刊，却有这一期")
    merged = series.exception(year, number.number, "合刊")
    if merged and merged.merged_with != number.merged_with:
        told.append(f"设置里登记第{merged.number}—{merged.merged_with}期合刊，这一份却是{number.told}")
    expected = expected_total(series, year, number.number)
    if expected is not None and identity.total is not None and identity.total != expected:
        told.append(f"总第{identity.total}期，按期号起算应是总第{expected}期")
    if series.total is not None and identity.total is None and not identity.conflict("总期号"):
        computed = f"，按期号起算推出总第{expected}期，请对照原件" if expected and expected > 0 else ""
        told.append(f"没有找到总期号{computed}")
    if series.total is None and identity.total is not None:
        told.append(f"这一期印着总第{identity.total}期，而设置里没有总期号，没有写进 issue.toml")
    day = identity.day
    if day and day.year not in (year, year + 1):
        told.append(f"出版日期 {day} 不在 {year} 年")
    return tuple(told)
