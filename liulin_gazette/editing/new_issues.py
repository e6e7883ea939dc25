"""New issues: their names, their numbers, and the content of issue.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.issue_file import NewError, section_names
from liulin_gazette.editing.toml_tables import toml_string
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_order import in_order
from liulin_gazette.model.issue_totals import chained_totals
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.series import Series, SeriesException, absent_numbers, next_number, periods
from liulin_gazette.source.publication_records import SETTINGS_PATH
from liulin_gazette.source.settings_tables.issue_numbering import CODES
from liulin_gazette.source.settings_tables.settings import YEARS
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.issue_name_form import ISSUE_NAME

DEFAULT_SECTIONS = ("政府文件", "政府办公室文件", "部门文件")
"""栏目 of a gazette's first issue; later issues take those of the issue before."""


@dataclass(frozen=True, slots=True)
class NewIssue:
    """What issue.toml says of an issue that is to be created."""

    year: int
    number: int
    total: int | None
    """总期号; None where the issue has none."""
    date: date
    sections: tuple[str, ...]
    merged_with: int = 0
    """合刊: the last of its numbers."""
    supplement: str = ""
    """增刊 or 特刊 with a count of its own, which is ``number``; empty for a regular issue."""

    @property
    def name(self) -> str:
        """Name of the issue's folder: ``2026-2``."""
        if self.supplement:
            return f"{self.year}-{CODES[self.supplement]}{self.number}"
        return f"{self.year}-{self.number}" + (f"-{self.merged_with}" if self.merged_with else "")


def next_issue(publication: Publication, today: date) -> NewIssue:
    """Return the issue after the last regular one of ``publication``, skipping those that do not appear (停刊, 合刊).

    Without any issue yet it is the one that the series begins with (期号起算). In a year of 不定期 the number goes on,
    and begins anew when ``today`` is in a later year.
    """
    series = publication.gazette.series
    regular = [issue for issue in publication.issues if issue.is_regular]
    if not regular:
        year, number = series.year, series.number
    else:
        last = regular[-1]
        year, number = next_number(series, last.year, max(last.number, last.merged_with))
        if periods(series, last.year) is None and today.year > last.year:
            year, number = last.year + 1, 1
    absent = absent_numbers(series)
    while (year, number) in absent:
        year, number = next_number(series, year, number)
    return _issue(publication, NewIssue(year, number, None, today, ()))


def issue_named(publication: Publication, name: str, today: date) -> NewIssue:
    """Return the issue ``name`` (2026-2) with its 总期号, the last day of its period, and the usual 栏目.

    A 增刊, a 特刊 and an issue in a year of 不定期 are dated ``today``, or on the first day of a later year.
    """
    match = ISSUE_NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    year, letter, count, number, merged_with = match.groups()
    supplement = next((key for key, code in CODES.items() if code == letter), "")
    new = NewIssue(int(year), int(count or number), None, today, (), int(merged_with or 0), supplement)
    return _issue(publication, new)


def _issue(publication: Publication, new: NewIssue) -> NewIssue:
    """Return ``new`` with its 总期号, its date and 栏目."""
    series = publication.gazette.series
    if new.merged_with:
        double = SeriesException(new.year, new.number, "合刊", new.merged_with)
        series = replace(series, exceptions=(*series.exceptions, double))
    merged = series.exception(new.year, new.number, "合刊")
    regular, last = periods(series, new.year), max(new.number, merged.merged_with if merged else 0)
    day = min(max(new.date, date(new.year, 1, 1)), date(new.year, 12, 31))
    if regular and not new.supplement:
        day = regular[min(max(last, 1), len(regular)) - 1].last
    before = [issue for issue in publication.issues if issue.is_regular] or publication.issues
    sections = tuple(section.name for section in before[-1].sections) if before else DEFAULT_SECTIONS
    return replace(new, date=day, sections=sections, total=_total(series, publication.issues, new, day))


def _total(series: Series, known: Sequence[Issue], new: NewIssue, day: date) -> int | None:
    """Return the 总期号 of ``new``; None where it has none. A 增刊 or 特刊 with a count of its own is given none."""
    if series.total is None or new.supplement:
        return None
    stub = Issue(f"content/{new.name}", new.year, new.number, None, day, (), merged_with=new.merged_with)
    issues = in_order([*(each for each in known if each.folder != stub.folder), stub], series)
    if (total := chained_totals(series, issues)[stub.folder]) is not None:
        return total
    earlier = [issue.total for issue in issues[: issues.index(stub)] if issue.total is not None]
    return (earlier[-1] if earlier else 0) + 1


def requested_issue(root: Path, publication: Publication, name: str | None, today: date) -> NewIssue:
    """Return the issue ``name`` (2026-2), whether it exists or not; without a name the next one after ``today``.

    Its 栏目 are those of its issue.toml, else all of the last regular issue's, those without documents too. Raises
    NewError if the series has no such issue, or its numbers cannot be told since those of another issue are wrong.
    """
    for issue in publication.issues:
        if issue.year not in YEARS:
            raise NewError(
                advice(f"{issue.folder}/issue.toml 的“年”写错了，推不出期号。先", Act.CHECK, "，改正。")
            )
    existing = next((issue for issue in publication.issues if issue.name == name), None)
    if name is None:
        new = next_issue(publication, today)
        if new.year not in YEARS:
            raise NewError(
                advice("content/gazette.toml 的“期号起算”写错了，推不出期号。先", Act.CHECK, "，改正。")
            )
    else:
        if int(name[:4]) not in YEARS:
            raise NewError(f"年份 {int(name[:4])} 不合情理，应在 {YEARS[0]} 与 {YEARS[-1]} 之间。")
        new = issue_named(publication, name, existing.date if existing else today)
        _require_in_series(publication.gazette, new)
    if existing:
        new = replace(new, total=existing.total)
    regular = [issue.folder for issue in publication.issues if issue.is_regular]
    known = (section_names(root, folder) for folder in (f"content/{new.name}", *regular[-1:]))
    return replace(new, sections=next(filter(None, known), new.sections))


def require_series(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise NewError where the settings, from which the first issue has its number, are wrong."""
    if any(each.severity is Severity.ERROR and each.place.path == SETTINGS_PATH for each in diagnostics):
        raise NewError(advice(f"{SETTINGS_PATH} 有写错的地方，推不出期号。先", Act.CHECK, "，改正。"))


def _require_in_series(gazette: Gazette, new: NewIssue) -> None:
    """Raise NewError unless the series has ``new``: a regular issue, or a 增刊 that gazette.toml declares."""
    series = gazette.series
    regular = periods(series, new.year)
    if new.supplement or regular is None or 1 <= new.number <= len(regular):
        return
    if series.exception(new.year, new.number, "增刊") is None:
        raise NewError(
            f"每年{len(regular)}期，没有第{new.number}期。增刊先在 content/gazette.toml 的“期号例外”中登记。"
        )


def issue_changes(root: Path, new: NewIssue) -> tuple[Change, ...]:
    """Return the change that creates ``new``. Raises NewError if it exists already."""
    if (root / "content" / new.name).exists():
        raise NewError(f"content/{new.name} 已经有了，没有动它。")
    return (file_change(root, f"content/{new.name}/issue.toml", issue_text(new).encode()),)


def issue_text(new: NewIssue) -> str:
    """Return the issue.toml of ``new``, without documents in its 栏目."""
    key = new.supplement or "期"
    lines = [f'"年" = {new.year}', f'"{key}" = {new.number}']
    if new.merged_with:
        lines.append(f'"并期" = {new.merged_with}')
    if new.total is not None:
        lines.append(f'"总期号" = {new.total}')
    lines.append(f'"出版日期" = {new.date}')
    sections = "".join(f'\n[["栏目"]]\n"名称" = {toml_string(name)}\n"文件" = []\n' for name in new.sections)
    return "\n".join(lines) + "\n" + sections
