"""The names of issues as readers see them: 2026年第1期, 2026年第3—4期（合刊）, 2026年增刊第1期, 2026年特刊."""

from __future__ import annotations

from liulin_gazette.model.publication import Issue


def issue_name(issue: Issue) -> str:
    """Return the full name of ``issue``: 2026年第1期."""
    return f"{issue.year}年{name_in_year(issue)}"


def name_in_year(issue: Issue) -> str:
    """Return the name of ``issue`` without its year: 第1期, 第3—4期（合刊）, 增刊第1期, 第7期（增刊）, 特刊."""
    if issue.has_own_count:
        return issue.supplement + ("" if _needs_no_count(issue) else f"第{issue.number}期")
    return f"第{_numbers(issue)}期{_note(issue)}"


def cover_number(issue: Issue) -> str:
    """Return what stands after the year on the cover: 1, 3—4（合刊）, 增刊1, 特刊, 7（增刊）."""
    if issue.has_own_count:
        return issue.supplement + ("" if _needs_no_count(issue) else str(issue.number))
    return _numbers(issue) + _note(issue)


def name_with_total(issue: Issue) -> str:
    """Return the name of ``issue`` with its 总期号 where it has one: 2026年第1期（总第30期）."""
    return issue_name(issue) + (f"（总第{issue.total}期）" if issue.total is not None else "")


def _needs_no_count(issue: Issue) -> bool:
    """Return whether ``issue`` is the first 特刊 of its year, which is mostly the only one."""
    return issue.supplement == "特刊" and issue.number == 1


def _note(issue: Issue) -> str:
    note = issue.supplement or ("合刊" if issue.merged_with else "")
    return f"（{note}）" if note else ""


def _numbers(issue: Issue) -> str:
    return f"{issue.number}—{issue.merged_with}" if issue.merged_with else str(issue.number)
