"""Numbers as messages show them."""

from __future__ import annotations

import pytest

from liulin_gazette.check.grammar.quantities import plain_number
from tests.check.document_findings import document_findings
from tests.check.test_examples import document


@pytest.mark.parametrize(
    ("value", "written"),
    [(93_000_000.0, "93000000"), (1234567.5, "1234567.5"), (0.1 + 0.2, "0.3"), (100.0, "100"), (0.0, "0")],
)
def test_a_number_is_written_in_decimal_digits(value: float, written: str) -> None:
    assert plain_number(value) == written


def test_a_sum_of_millions_is_told_to_the_last_digit() -> None:
    text = "::: 表 支出表（元）\n| 项目 | 金额 |\n| --- | --- |\n| 甲 | 1234567 |\n| 乙 | 2345678 |\n| 合计 | 3580246 |\n:::\n"
    found = [each.message for each in document_findings(document(text)) if "相加" in each.message]
    assert found and "3580245" in found[0]
