"""期号."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.series import Series, SeriesException, covered_months, expected_total

SERIES = Series(2026, 1, 30, 6)


@pytest.mark.parametrize(
    ("year", "number", "total"), [(2026, 1, 30), (2026, 6, 35), (2027, 1, 36), (2025, 6, 29), (2021, 2, 1)]
)
def test_total_of_the_regular_series(year: int, number: int, total: int) -> None:
    assert expected_total(SERIES, year, number) == total


def test_exceptions_move_the_total() -> None:
    stopped = replace(SERIES, exceptions=(SeriesException(2026, 3, "停刊"),))
    assert [expected_total(stopped, 2026, number) for number in (2, 4)] == [31, 32]
    merged = replace(SERIES, exceptions=(SeriesException(2026, 3, "合刊", 4),))
    assert [expected_total(merged, 2026, number) for number in (3, 5)] == [32, 33]
    extra = replace(SERIES, exceptions=(SeriesException(2026, 7, "增刊"),))
    assert [expected_total(extra, *name) for name in ((2026, 6), (2026, 7), (2027, 1))] == [35, 36, 37]


@given(st.integers(1, 60))
def test_totals_count_up_by_one(steps: int) -> None:
    year, number = divmod(steps, 6)
    assert expected_total(SERIES, 2026 + year, number + 1) == 30 + steps


def test_months_of_an_issue() -> None:
    assert [covered_months(number, 6) for number in (1, 6)] == [(1, 2), (11, 12)]
    assert covered_months(3, 6, merged_with=4) == (5, 8)
