"""Any sequence of periods, 增刊, 合刊, 停刊 and renamings gives one chain of numbers, checked forwards and backwards."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.check.rules import issue_numbers
from liulin_gazette.editing.new_issues import next_issue
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.issue_order import in_order
from liulin_gazette.model.publication import Era, Issue, Publication
from liulin_gazette.model.series import (
    PER_YEAR,
    PeriodChange,
    Series,
    SeriesException,
    Since,
    expected_total,
    periods,
)
from tests.changed_settings import with_settings

YEARS = (2026, 2027, 2028, 2029)
RULES = (
    issue_numbers.total_agrees_with_number,
    issue_numbers.date_lies_in_period,
    issue_numbers.folder_agrees_with_issue,
    issue_numbers.issues_are_unique,
    issue_numbers.number_is_in_range,
    issue_numbers.series_is_complete,
)


@dataclass(frozen=True)
class Year:
    """What happens in a year."""

    per_year: int
    stopped: frozenset[int]
    doubled: int
    """The first number of a 合刊; 0 without one."""
    extra: tuple[int, ...]
    """The number after which each 增刊 with a running number comes; 0 for the end of the year."""
    own: tuple[tuple[int, bool], ...]
    """The number after which each 增刊 with a count of its own comes, and whether it has a 总期号."""


@st.composite
def years(draw: st.DrawFn) -> Year:
    per_year = draw(st.sampled_from(PER_YEAR))
    count = min(per_year, 52)
    doubled = draw(st.integers(0, count - 1))
    usable = [number for number in range(1, count + 1) if number not in (doubled, doubled + 1)]
    stopped = draw(st.sets(st.sampled_from(usable), max_size=2)) if len(usable) > 2 else set[int]()
    extra = tuple(sorted(draw(st.lists(st.integers(0, count), max_size=2)), key=lambda each: each or 99))
    own = tuple(sorted(draw(st.lists(st.tuples(st.integers(1, count), st.booleans()), max_size=2))))
    return Year(per_year, frozenset(stopped), doubled, extra, own)


def series_of(plan: dict[int, Year]) -> Series:
    exceptions: list[SeriesException] = []
    changes: list[PeriodChange] = []
    for year, own in plan.items():
        changes.append(PeriodChange(Since(year, 1), own.per_year))
        exceptions += [SeriesException(year, number, "停刊") for number in sorted(own.stopped)]
        if own.doubled:
            exceptions.append(SeriesException(year, own.doubled, "合刊", own.doubled + 1))
        exceptions += [
            SeriesException(year, 60 + index, "增刊", follows=follows)
            for index, follows in enumerate(own.extra)
        ]
    return Series(YEARS[0], 1, 100, plan[YEARS[0]].per_year, tuple(exceptions), tuple(changes))


def issue(
    year: int,
    number: int,
    day: date,
    merged_with: int = 0,
    supplement: str = "",
    code: str = "",
    total: int | None = None,
) -> Issue:
    made = Issue("", year, number, total, day, (), merged_with=merged_with, supplement=supplement, code=code)
    return replace(made, folder=f"content/{made.name}")


def chain(plan: dict[int, Year], series: Series) -> Iterator[Issue]:
    """Yield the issues as they follow each other, told one by one, without 总期号."""
    for year, own in plan.items():
        regular = periods(series, year) or ()
        count = 0
        for period in regular:
            number = period.number
            if number not in own.stopped and not (own.doubled and number == own.doubled + 1):
                doubled = number + 1 if number == own.doubled else 0
                yield issue(year, number, period.last, merged_with=doubled)
            for index, follows in enumerate(own.extra):
                if follows == number:
                    yield issue(year, 60 + index, period.last, supplement="增刊")
            for follows, has_total in own.own:
                last_day = min(period.last, date(year, 12, 31))
                if follows == number:
                    count += 1
                    yield issue(year, count, last_day, 0, "增刊", f"z{count}", 0 if has_total else None)
        for index, follows in enumerate(own.extra):
            if not follows:
                yield issue(year, 60 + index, date(year, 12, 31), supplement="增刊")


def counted(issues: list[Issue], first: int) -> list[Issue]:
    """Return ``issues`` with 总期号 from ``first`` on; a 增刊 with a count of its own has one if its total is 0."""
    total, known = first, list[Issue]()
    for each in issues:
        if each.has_own_count and each.total is None:
            known.append(each)
        else:
            known.append(replace(each, total=total))
            total += 1
    return known


PLANS = st.tuples(*[years() for _ in YEARS]).map(lambda each: dict(zip(YEARS, each, strict=True)))


def publication_of(template: Publication, series: Series, issues: list[Issue]) -> Publication:
    return with_settings(
        replace(template, issues=in_order(issues, series), eras=(), frozen={}), series=series
    )


@given(PLANS, st.data())
def test_the_chain_is_one_from_whichever_issue_it_is_counted(
    publication: Publication, plan: dict[int, Year], data: st.DataObject
) -> None:
    series = series_of(plan)
    # A 增刊 of a 合刊 or a 停刊 is ambiguous by its date alone; it is placed by the number that it follows.
    issues = [
        each for each in chain(plan, series) if not (each.has_own_count and _is_ambiguous(each, plan, series))
    ]
    known = counted(issues, 100)
    anchor = data.draw(st.sampled_from([each for each in known if each.is_regular]))
    from_there = replace(series, year=anchor.year, number=anchor.number, total=anchor.total)
    whole = publication_of(publication, from_there, list(reversed(known)))
    assert [each.name for each in whole.issues] == [each.name for each in known]
    findings = [each for rule in RULES for each in rule(whole)]
    assert [each.message for each in findings if "增刊按出版日期" not in each.message] == []
    wrong = data.draw(st.sampled_from([each for each in known if each.total is not None]))
    changed = [replace(each, total=(each.total or 0) + 1) if each is wrong else each for each in known]
    found = list(issue_numbers.total_agrees_with_number(publication_of(publication, from_there, changed)))
    assert [each.where for each in found] == [Place(f"{wrong.folder}/issue.toml", 1, 1)]


def _is_ambiguous(each: Issue, plan: dict[int, Year], series: Series) -> bool:
    """Tell whether the date of a 增刊 with a count of its own does not show between which issues it comes."""
    own = plan[each.year]
    days = [period.last for period in periods(series, each.year) or () if period.number in own.stopped]
    doubled = [
        period.last
        for period in periods(series, each.year) or ()
        if own.doubled and period.number in (own.doubled, own.doubled + 1)
    ]
    weekly = own.per_year in (52, 53)
    return each.date in days or each.date in doubled or weekly


@given(PLANS)
def test_new_issues_follow_each_other_as_they_are_declared(
    publication: Publication, plan: dict[int, Year]
) -> None:
    series = series_of(plan)
    expected = [
        each
        for each in counted([each for each in chain(plan, series) if not each.has_own_count], 100)
        if each.is_regular
    ]
    empty = with_settings(replace(publication, issues=(), eras=(), frozen={}), series=series)
    made: list[Issue] = []
    for each in expected:
        new = next_issue(replace(empty, issues=tuple(made)), date(YEARS[0], 1, 1))
        assert (new.year, new.number, new.total) == (each.year, each.number, each.total)
        assert new.date == (each.date if not each.merged_with else new.date)
        made.append(each)


@given(
    st.lists(st.tuples(st.sampled_from(YEARS), st.integers(1, 6), st.text("甲乙丙", min_size=1)), max_size=5)
)
def test_every_issue_has_the_name_of_its_time(
    publication: Publication, renamings: list[tuple[int, int, str]]
) -> None:
    first = with_settings(replace(publication, issues=(), eras=()), name="旧")
    eras = [Era(None, first.gazette)]
    for year, number, name in sorted(renamings):
        eras.append(Era(Since(year, number), replace(first.gazette, name=name)))
    whole = replace(first, eras=tuple(eras), frozen={})
    for year in YEARS:
        for number in range(1, 7):
            names = [
                name for since_year, since, name in sorted(renamings) if (since_year, since) <= (year, number)
            ]
            at = settings_at(whole, issue(year, number, date(year, 1, 1)))
            assert at.name == (names[-1] if names else "旧")


@pytest.mark.parametrize("per_year", PER_YEAR)
@pytest.mark.parametrize("year", [2024, 2026])
def test_periods_cover_the_year_without_gaps(per_year: int, year: int) -> None:
    known = periods(Series(2026, 1, 1, per_year), year)
    assert known is not None
    assert [each.number for each in known] == list(range(1, len(known) + 1))
    for before, after in itertools.pairwise(known):
        assert after.first - before.last == timedelta(days=1)
    if per_year < 50:
        assert (known[0].first, known[-1].last, len(known)) == (
            date(year, 1, 1),
            date(year, 12, 31),
            per_year,
        )


def test_periods_of_every_kind() -> None:
    def spans(per_year: int, number: int) -> tuple[str, str]:
        known = (periods(Series(2026, 1, 1, per_year), 2026) or ())[number - 1]
        return str(known.first), str(known.last)

    assert spans(24, 4) == ("2026-02-16", "2026-02-28")
    assert spans(36, 6) == ("2026-02-21", "2026-02-28")
    assert spans(52, 1) == spans(53, 1) == ("2025-12-29", "2026-01-04")
    assert spans(52, 51) == spans(53, 51) == ("2026-12-14", "2026-12-20")
    assert spans(52, 52) == ("2026-12-21", "2027-01-03")
    assert spans(53, 53) == ("2026-12-28", "2027-01-03")
    assert spans(4, 2) == ("2026-04-01", "2026-06-30")
    assert spans(2, 2) == ("2026-07-01", "2026-12-31")


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (Since(2026, 4), [(3, "2026-05-01"), (4, "2026-07-01"), (5, "2026-08-01"), (9, "2026-12-01")]),
        (Since(2026, day=date(2026, 7, 1)), [(4, "2026-07-01"), (9, "2026-12-01")]),
        (Since(2026, day=date(2026, 6, 30)), [(3, "2026-05-01"), (10, "2026-12-01")]),
    ],
)
def test_a_change_within_the_year_goes_on_with_the_numbers(
    since: Since, expected: list[tuple[int, str]]
) -> None:
    series = Series(2026, 1, 30, 6, (), (PeriodChange(since, 12),))
    known = list(periods(series, 2026) or ())
    for number, first in expected:
        assert str(known[number - 1].first) == first
    assert known[-1].number == expected[-1][0]
    assert expected_total(series, 2027, 1) == 30 + len(known)


@pytest.mark.parametrize(("per_year", "counts"), [(52, (52, 52)), (53, (53, 52))])
def test_a_weekly_gazette_has_as_many_issues_as_it_says(per_year: int, counts: tuple[int, int]) -> None:
    series = Series(2026, 1, 1, per_year)
    assert tuple(len(periods(series, year) or ()) for year in (2026, 2027)) == counts
    assert expected_total(series, 2027, 1) == counts[0] + 1


def test_a_gazette_without_fixed_periods_has_no_expected_total_beyond_its_year() -> None:
    irregular = Series(2026, 3, 40, 0)
    assert [expected_total(irregular, 2026, number) for number in (1, 3, 9)] == [38, 40, 46]
    assert expected_total(irregular, 2027, 1) is None and periods(irregular, 2026) is None
