"""Which settings hold for an issue: those that it was published with, else those of its time (变更)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_order import in_order
from liulin_gazette.model.publication import Era, Issue, Publication
from liulin_gazette.model.series import Series, SeriesException, Since, periods


def with_issues(publication: Publication, issues: Iterable[Issue]) -> Publication:
    """Return ``publication`` with ``issues`` in their order, and the settings of now.

    A 合刊 that an issue.toml declares becomes an exception of the series.
    """
    known, gazette = tuple(issues), publication.gazette
    exceptions = (*gazette.series.exceptions, *_double_issues(gazette.series, known))
    series = replace(gazette.series, exceptions=exceptions)
    eras = tuple(Era(era.since, replace(era.settings, series=series)) for era in publication.eras)
    whole = Publication(replace(gazette, series=series), in_order(known, series), eras, publication.frozen)
    return settings_now(whole)


def _double_issues(series: Series, issues: Iterable[Issue]) -> Iterator[SeriesException]:
    """Yield the 合刊 that issue.toml declares, as exceptions of the series."""
    for issue in issues:
        if issue.is_regular and issue.merged_with and not series.exception(issue.year, issue.number, "合刊"):
            yield SeriesException(issue.year, issue.number, "合刊", issue.merged_with)


def settings_at(publication: Publication, issue: Issue) -> Gazette:
    """Return the settings that hold for ``issue``: whatever shows it, prints it or judges it takes them from here.

    What concerns the site as a whole is as it is now.
    """
    return publication.frozen.get(issue.folder) or settings_of_time(publication, issue)


def settings_of_time(publication: Publication, issue: Issue) -> Gazette:
    """Return the settings that gazette.toml has for ``issue``, whether or not it was published with others."""
    for era in reversed(publication.eras):
        if era.since is None or _reaches(publication.gazette.series, era.since, issue):
            return era.settings
    return publication.gazette


def unpublished_numbers(publication: Publication) -> frozenset[str]:
    """Return 不公开文号: what was declared at any time, since a number that was not public then is not public now."""
    settings = (
        publication.gazette,
        *(era.settings for era in publication.eras),
        *publication.frozen.values(),
    )
    return frozenset(number for each in settings for number in each.proofreading.unpublished)


def _reaches(series: Series, since: Since, issue: Issue) -> bool:
    """Tell whether ``issue`` is the one that ``since`` names, or a later one."""
    if since.day:
        return issue.date >= since.day
    if not issue.has_own_count:
        if issue.is_regular:
            return (issue.year, issue.number) >= (since.year, since.number)
        extra = series.exception(issue.year, issue.number, "增刊")
        follows = extra.follows if extra and extra.follows else issue.number
        return (issue.year, follows) >= (since.year, since.number)
    return issue.date >= first_day(series, since)


def first_day(series: Series, since: Since) -> date:
    """Return the first day from which a change holds; where it begins with an issue, that of its period.

    In a year of 不定期 it is New Year.
    """
    if since.day:
        return since.day
    for period in periods(series, since.year) or ():
        if period.number == since.number:
            return period.first
    return date(since.year, 1, 1)


def settings_now(publication: Publication) -> Publication:
    """Return ``publication`` with the settings of its last issue: those that the site as a whole shows."""
    if not publication.eras:
        return publication
    eras = publication.eras
    now = settings_of_time(publication, publication.issues[-1]) if publication.issues else eras[0].settings
    return replace(publication, gazette=replace(now, places=publication.gazette.places))
