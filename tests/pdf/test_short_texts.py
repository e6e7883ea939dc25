"""Short notices stand over both columns: balanced, their signature would stand opposite their text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from liulin_gazette.model.blocks import Block, Cell, Heading, Instrument, Paragraph, Signature, Span, Table
from liulin_gazette.model.gazette import PageSize
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition.flow import segments
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.composition.short_texts import lines_below_title

A4 = page_format(PageSize("A4", 210, 297))


def paragraph(length: int) -> Paragraph:
    return Paragraph("text", (Span("文" * length, False),), "p1", 1)


def table() -> Table:
    """Return a table that spans both columns."""
    row = tuple(Cell((Span("绝对数" * 4, False),), False, 1, 1, "", 1) for _ in range(5))
    return Table("", 1, 5, (row, row), "t", 1, (20.0,) * 5)


INSTRUMENT = Instrument("方案", ("方案",), (paragraph(40),), "i", 1)


@pytest.mark.parametrize(
    ("addressees", "blocks", "kind"),
    [
        ("", (paragraph(12 * 18 - 2), Signature(0)), "full notice"),
        ("", (paragraph(12 * 18 - 1), Signature(0)), "columns"),
        ("局属各单位：", (paragraph(11 * 18 - 2), Signature(0)), "full notice"),
        ("局属各单位：", (paragraph(12 * 18 - 2), Signature(0)), "columns"),
        ("局" * 19, (paragraph(11 * 18 - 2), Signature(0)), "columns"),
        ("", (*(paragraph(8) for _ in range(12)), Signature(0)), "full notice"),
        ("", (*(paragraph(8) for _ in range(13)), Signature(0)), "columns"),
        ("", (paragraph(6 * 18 - 2),), "full notice"),
        ("", (paragraph(6 * 18 - 1),), "columns"),
        ("", (paragraph(20), Signature(0), INSTRUMENT), "full notice"),
    ],
)
def test_twelve_lines_with_a_signature_make_a_short_notice(
    publication: Publication, addressees: str, blocks: tuple[Block, ...], kind: str
) -> None:
    document = replace(publication.issues[0].full_texts[0], addressees=addressees, blocks=blocks)
    assert segments(document, A4)[0].kind == kind


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        ((Heading(2, (Span("三、工业", False),), "h", 1), paragraph(60)), "full notice"),
        ((paragraph(6 * 18 - 1),), "columns"),
        ((paragraph(60), Signature(0)), "columns"),
    ],
)
def test_a_few_lines_between_wide_tables_are_set_over_both_columns(
    publication: Publication, between: tuple[Block, ...], kind: str
) -> None:
    blocks = (paragraph(200), table(), *between, table(), paragraph(30))
    document = replace(publication.issues[0].full_texts[0], addressees="", blocks=blocks)
    kinds = [each.kind for each in segments(document, A4)]
    assert kinds == ["columns", "full", kind, "full", "full notice"]


@pytest.mark.parametrize(
    ("addressees", "blocks", "lines"),
    [
        ("", (paragraph(90),), 2),
        ("局" * 19, (paragraph(90),), 4),
        ("各局：", (Heading(2, (Span("一、总体要求", False),), "h", 1), paragraph(90)), 4),
    ],
)
def test_a_title_is_kept_with_two_lines_and_what_comes_before_them(
    publication: Publication, addressees: str, blocks: tuple[Block, ...], lines: int
) -> None:
    document = replace(publication.issues[0].full_texts[0], addressees=addressees, blocks=blocks)
    assert lines_below_title(document, blocks, 18) == lines


def wide_table() -> Table:
    """Return a table that is set on a turned page."""
    row = tuple(Cell((Span("12,345,678.90", False),), False, 1, 1, "", 1) for _ in range(10))
    return Table("", 1, 10, (row, row), "w", 1, (10.0,) * 10)


@pytest.mark.parametrize("below", [table, wide_table])
@pytest.mark.parametrize(
    ("addressees", "length", "kind"),
    [("", 3 * 18 - 2, "full notice"), ("", 3 * 18 - 1, "columns"), ("各乡镇：", 20, "columns")],
)
def test_lines_that_would_stand_in_the_left_column_alone_begin_over_both(
    publication: Publication, addressees: str, length: int, kind: str, below: Callable[[], Table]
) -> None:
    """资金截至…，单位：万元。 above a table stood in half a line."""
    document = replace(
        publication.issues[0].full_texts[0], addressees=addressees, blocks=(paragraph(length), below())
    )
    parts = segments(document, A4)
    assert parts[0].kind == kind
    assert parts[1].kind.startswith("across") == (below is wide_table)
