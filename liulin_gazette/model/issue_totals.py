"""总期号 of the issues that there are: each follows from the one before, and from the beginning of the series."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.model.issue_order import positions
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.series import Series, expected_total, total_after


def chained_totals(series: Series, issues: Sequence[Issue]) -> dict[str, int | None]:
    """Return the 总期号 that each issue should have, by its folder.

    None where it cannot be counted from the beginning of the series, since years of 不定期 lie between: it follows
    that of the issue before.
    """
    by_folder, start = positions(issues, series), (series.year, series.number, 0, "", 0, "")
    # A 增刊 or 特刊 with a count of its own is in the chain if it has a 总期号.
    extra = [by_folder[issue.folder] for issue in issues if issue.has_own_count and issue.total]
    totals: dict[str, int | None] = {}
    for issue in issues:
        position = by_folder[issue.folder]
        between = sum(start < other < position for other in extra) - sum(
            position <= other < start for other in extra
        )
        total = (
            total_after(series, issue.year, _last_number(series, issue.year, position[1]))
            if issue.has_own_count
            else expected_total(series, issue.year, issue.number)
        )
        totals[issue.folder] = None if total is None else total + between
    return totals


def _last_number(series: Series, year: int, number: int) -> int:
    """Return the last number of the issue that has ``number`` in ``year``: another one if it is a 合刊."""
    merged = series.exception(year, number, "合刊")
    return merged.merged_with if merged else number
