"""The grammar of amounts in capital numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.check.grammar.capital_amounts import capital_amount
from liulin_gazette.text.numerals import han_numeral

CAPITALS = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def written(yuan: int) -> str:
    """Return ``yuan`` as a clerk writes it: 1,600,000 is 壹佰陆拾万元整."""
    myriads, rest = divmod(yuan, 10_000)
    text = f"{han_numeral(myriads)}万" if myriads else ""
    if rest or not myriads:
        text += ("零" if myriads and rest < 1000 else "") + han_numeral(rest)
    return f"{text.translate(CAPITALS)}元整"


@given(st.integers(0, 99_999_999))
def test_a_written_amount_is_read_back(yuan: int) -> None:
    assert capital_amount(written(yuan)) == yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("壹佰陆拾万元整", "1600000"),
        ("叁拾万零伍佰元伍角", "300500.5"),
        ("贰元零叁分", "2.03"),
        ("壹亿贰仟万圆", "120000000"),
        ("壹万亿元", "1000000000000"),
        ("拾元", "10"),
    ],
)
def test_amounts(text: str, amount: str) -> None:
    assert capital_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "元整", "壹佰", "一百元", "壹元五角"])
def test_what_is_no_amount(text: str) -> None:
    assert capital_amount(text) is None
