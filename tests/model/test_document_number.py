"""发文字号."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.document_number import DocumentNumber, NumberFormatError, canonical_form, parse

CODES = ["柳政办发", "柳政办函", "柳工科字", "柳林发", "柳卫字", "柳医保发", "吕政办发", "国办发"]
numbers = st.builds(DocumentNumber, st.sampled_from(CODES), st.integers(1949, 2099), st.integers(1, 9999))


@given(numbers)
def test_canonical_form_reads_back(number: DocumentNumber) -> None:
    assert parse(str(number)) == number
    assert canonical_form(str(number)) == number


@given(numbers, st.sampled_from(["[]", "【】", "（）", "()", "［］", "〈〉", "„‟"]))
def test_wrong_brackets_are_named(number: DocumentNumber, brackets: str) -> None:
    text = str(number).replace("〔", brackets[0]).replace("〕", brackets[1])
    with pytest.raises(NumberFormatError) as caught:
        parse(text)
    assert "六角括号" in caught.value.message
    assert caught.value.offset == len(number.code)
    assert str(number) in caught.value.hint


@given(numbers, st.sampled_from(["〔", "〕", "〔〕"]), st.sampled_from(["", "第", "0", " "]))
def test_a_number_without_brackets_keeps_its_year_and_serial(
    number: DocumentNumber, dropped: str, slip: str
) -> None:
    text = str(number).replace("〕", "〕" + slip).translate({ord(bracket): None for bracket in dropped})
    assert canonical_form(text) == number


@given(
    numbers,
    st.sampled_from(
        [
            ("〕", "〕第"),
            ("〕", "〕0"),
            ("〕", "〕 "),
            ("〔", " 〔"),
            ("号", ""),
            ("号", " 号"),
            ("〔", "【"),
            ("〕", "年〕"),
        ]
    ),
)
def test_every_common_slip_is_refused_with_what_was_meant(
    number: DocumentNumber, slip: tuple[str, str]
) -> None:
    text = str(number).replace(*slip)
    with pytest.raises(NumberFormatError) as caught:
        parse(text)
    assert canonical_form(text) == number
    assert str(number) in caught.value.hint


@pytest.mark.parametrize(
    ("text", "message", "meant"),
    [
        ("柳政办发〔26〕3号", "四位", "柳政办发〔2026〕3号"),
        ("柳政办发〔２０２６〕３号", "全角数字", "柳政办发〔2026〕3号"),
        ("柳政办发〔2o26〕3号", "“零”", "柳政办发〔2026〕3号"),
        ("柳政办发〔二〇二六〕3号", "“零”", "柳政办发〔2026〕3号"),
        ("〔2026〕3号", "机关代字", None),
        ("柳政办发〔2026〕3号印发", "之后还有文字", None),
        ("第三号公告", "不是规范", None),
        ("柳政办发〔2026〕0号", "虚位", None),
        ("柳政办发20263号", "不是规范", "柳政办发〔2026〕3号"),
        ("柳政办发2026 3号", "空格", "柳政办发〔2026〕3号"),
        ("柳政办发202612号", "不是规范", "柳政办发〔2026〕12号"),
        ("柳政办发〔20263号", "不是规范", "柳政办发〔2026〕3号"),
        ("柳政办发26〕3号", "不是规范", "柳政办发〔2026〕3号"),
        ("柳政办发〔98〕3号", "四位", "柳政办发〔1998〕3号"),
        ("柳政办发263号", "不是规范", None),
        ("柳政办发〔263号", "不是规范", None),
        ("柳政办发12345号", "不是规范", None),
        ("柳政办发2026号", "不是规范", None),
    ],
)
def test_slips_by_example(text: str, message: str, meant: str | None) -> None:
    with pytest.raises(NumberFormatError) as caught:
        parse(text)
    assert message in caught.value.message
    assert (str(canonical_form(text)) if canonical_form(text) else None) == meant


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_named_fault(text: str) -> None:
    canonical_form(text)
    try:
        assert str(parse(text)) == text
    except NumberFormatError as error:
        assert error.message and error.hint and 0 <= error.offset <= len(text)


@given(numbers)
def test_slugs_are_safe_addresses(number: DocumentNumber) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+-\d{4}-\d+", number.slug)


@given(numbers, numbers)
def test_slugs_differ_where_numbers_do(one: DocumentNumber, other: DocumentNumber) -> None:
    assert (one.slug == other.slug) == (one == other)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("柳政办发〔2026〕3号", "liu-zheng-ban-fa-2026-3"),
        ("柳医保发〔2026〕2号", "liu-yi-bao-fa-2026-2"),
        ("吕自然资函〔2025〕612号", "lv-zi-ran-zi-han-2025-612"),
    ],
)
def test_slug_is_what_a_reader_would_guess(text: str, slug: str) -> None:
    assert parse(text).slug == slug


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("2026年第1号", "题注"),
        ("第1号", "题注"),
        ("第十二号", "题注"),
        ("SXDR-2026-001-0003", "统一登记号"),
        ("〔2026〕第5期", "题注"),
    ],
)
def test_what_is_no_document_number_is_told_its_place(text: str, field: str) -> None:
    with pytest.raises(NumberFormatError) as caught:
        parse(text)
    assert f"“{field}”" in caught.value.hint
