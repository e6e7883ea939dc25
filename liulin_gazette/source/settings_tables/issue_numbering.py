"""年, 期, 增刊, 特刊, 并期 and 总期号 of issue.toml."""

from __future__ import annotations

from dataclasses import dataclass

from liulin_gazette.model.issue_order import MAX_ISSUE_NUMBER
from liulin_gazette.model.series import Series
from liulin_gazette.source.settings_tables.settings import MAX_VALUE, YEARS, Settings

CODES = {"增刊": "z", "特刊": "t"}
"""The letter before the count in addresses and names of folders: 2026-z1."""


@dataclass(frozen=True, slots=True)
class IssueNumbers:
    """The numbers of an issue; the fields are those of ``Issue``."""

    year: int
    number: int
    total: int | None
    merged_with: int = 0
    supplement: str = ""
    code: str = ""


def issue_numbers(settings: Settings, series: Series | None) -> IssueNumbers:
    """Return the numbers in an issue.toml; what ``series`` declares of the issue is added. Faults are reported."""
    year = settings.within("年", YEARS[0], YEARS[-1])
    own = [key for key in CODES if key in settings.values]
    if own:
        return _supplement(settings, year, own)
    number = settings.within("期", 1, MAX_ISSUE_NUMBER)
    total = _total(settings, series is not None and series.total is not None)
    merged = series and series.exception(year, number, "合刊")
    if "并期" in settings.values:
        merged_with = settings.get("并期", int)
        if settings.values["并期"] == merged_with <= number:
            settings.findings.error(
                "B008",
                settings.place("并期"),
                f"“并期”写作 {merged_with}，不在第{number}期之后。",
                "合刊的“期”写第一个期号，“并期”写最后一个，例如 3 和 4。",
            )
        if merged and merged.merged_with != merged_with:
            settings.findings.error(
                "B008",
                settings.place("并期"),
                f"“并期”写作 {merged_with}，content/gazette.toml 的“期号例外”里登记的是 {merged.merged_with}。",
                "两处写成一样；只要写一处，删去“期号例外”里的登记也可以。",
            )
        return IssueNumbers(year, number, total, merged_with, "", f"{number}-{merged_with}")
    extra = series and series.exception(year, number, "增刊")
    return IssueNumbers(year, number, total, merged.merged_with if merged else 0, "增刊" if extra else "")


def _supplement(settings: Settings, year: int, own: list[str]) -> IssueNumbers:
    """Return the numbers of a 增刊 or 特刊 with a count of its own; ``own`` are the keys that say so."""
    key = own[0]
    for other in ("期", "并期", *own[1:]):
        if other in settings.values:
            settings.findings.error(
                "B008",
                settings.place(other),
                f"“{key}”和“{other}”不能都写。",
                f"单独编号的{key}只写“{key}”；接着各期编号的增刊只写“期”，在 content/gazette.toml 的“期号例外”中登记。",
            )
    count = settings.within(key, 1, MAX_ISSUE_NUMBER)
    return IssueNumbers(year, count, _total(settings, False), 0, key, f"{CODES[key]}{count}")


def _total(settings: Settings, required: bool) -> int | None:
    """Return 总期号; None where there is none, which is reported if it is ``required`` (B007)."""
    if "总期号" in settings.values or required:
        return settings.within("总期号", 1, MAX_VALUE)
    return None
