"""How the parts of a document are set: in two columns, over both, across a page that is turned, or on a leaf that folds out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnotes,
    Heading,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Parents,
    Roster,
    Signature,
    Table,
    assert_never,
    plain,
    walk,
)
from liulin_gazette.model.document import FullText
from liulin_gazette.pdf.composition.column_widths import column_widths, words_stand
from liulin_gazette.pdf.composition.page_format import PageFormat
from liulin_gazette.pdf.composition.short_texts import (
    MOST_NOTICE_LINES,
    MOST_UNSIGNED_LINES,
    is_few_lines_above_signatures,
    is_short_notice,
    is_short_text,
    text_lines,
)
from liulin_gazette.rendering.signatures import STACKED, SignatureForm, is_jointly_signed, rows_depth
from liulin_gazette.source.markdown.tables import column_needs
from liulin_gazette.text.display_lines import em_width

CELL_PADDING = {"": 10.5, "small": 8.5, "smallest": 6.5}
"""pt by which a cell is wider than its text, with its rules, by size of type: as other tables, small, or smallest."""
LEAST_SHARE = 2 / 3
"""How much of the width at which it reads well each column must have."""
LONG_CELL = 300
"""Characters; a longer cell fills so much of a column that the two columns cannot be balanced."""


_WHOLE_MEASURE = ("full", "full small", "across", "across small", "across smallest", "foldout")
"""Kinds of segments over both columns, or on a page of their own."""
_UNBALANCED_LINES = 3
"""Lines of a column that stand in the left column alone: two and two are the fewest that are divided."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive blocks of a document that are set in the same way."""

    kind: str
    """``columns``: in two columns; ``full``: over both columns; ``full notice``: a short text over both, which is a whole
    document with its signature or a few lines between wide tables; ``full running``: running text on a page of one column;
    ``title``: the title of an enclosed instrument; ``across``: on a turned page of its own (GB/T 9704-2012 §8 横排表格); ``foldout``: on a leaf two pages wide. ``small``
    or ``smallest`` is added where tables need smaller type to fit."""
    blocks: tuple[Block, ...]
    closing: int | None = None
    """pt that columns leave free below them for the signature of several issuers that follows, 0 if they end in it;
    None where they have nothing to do with one."""
    below: int = 0
    """pt of what closes the document below this segment, if that must not stand alone on the next page."""
    figure_depth: int = 0
    """pt that the figure of an annex may be high so that what closes the document stands below it; 0 where it does not matter."""


def segments(document: FullText, page: PageFormat, form: SignatureForm = STACKED) -> tuple[Segment, ...]:
    """Return ``document`` divided into what runs in columns and what spans them.

    The first segment runs in columns if there are addressees, which it begins with. Issuers that sign
    side by side do so over both columns. On a page of one column, that is the whole width.
    """
    parts = _in_columns(document, page, form)
    if page.columns > 1:
        return parts
    running = "full" if page.is_large else "full running"
    return tuple(replace(part, kind=part.kind.replace("columns", running)) for part in parts)


def signature_form(
    is_abreast: bool, documents: Sequence[FullText], pages: Mapping[str, PageFormat]
) -> SignatureForm:
    """Return how ``documents`` are signed on their ``pages``, by slug: some over both columns, each issuer on a line.

    Those are short notices, and what several issuers sign one of whose names is too long for a line of a column; and
    what is set in one column beside documents in two.
    """
    page = max(pages.values(), key=lambda each: each.columns)
    form = SignatureForm(is_abreast, page.characters - 2, math.floor(page.measure / page.scale.body))

    def is_across(document: FullText) -> bool:
        own = pages[document.slug]
        return own.columns < page.columns or _is_signed_across(document, own, form)

    return replace(form, across=frozenset(each.slug for each in documents if is_across(each)))


def _is_signed_across(document: FullText, page: PageFormat, form: SignatureForm) -> bool:
    if page.columns == 1:
        return False
    has_wide_name = any(em_width(issuer) > form.column for issuer in document.issuers)
    if is_jointly_signed(document):
        return has_wide_name and not form.is_abreast
    if has_wide_name and document.signatory is None:
        return True
    return any(
        part.kind == "full notice" and any(isinstance(block, Signature) for block in part.blocks)
        for part in segments(document, page, form)
    )


def _in_columns(document: FullText, page: PageFormat, form: SignatureForm) -> tuple[Segment, ...]:
    closing = None
    is_across, is_joint = document.slug in form.across, is_jointly_signed(document)
    is_short = is_short_notice(document, page.characters) or (
        is_across and not is_joint and is_short_text(document, page.characters)
    )
    if is_joint:
        closing = page.leading * rows_depth(document, form) if form.is_abreast or is_across else 0
    elif is_across and not is_short and any(em_width(issuer) > form.column for issuer in document.issuers):
        closing = page.leading * rows_depth(document, replace(form, is_abreast=False))
    found = tuple(_fitted(segment, page) for segment in unfitted_segments(document.blocks, page, closing))
    found = _with_short_texts_across(found, page, begins=not document.addressees)
    if is_across and is_few_lines_above_signatures(document, page.characters):
        return (replace(found[0], kind="full notice", closing=None), *found[1:])
    if found and found[0].kind == "columns" and is_short:
        return (replace(found[0], kind="full notice"), *found[1:])
    if document.addressees and (not found or found[0].kind != "columns"):
        return (Segment("columns", ()), *found)
    return found


def _with_short_texts_across(
    parts: tuple[Segment, ...], page: PageFormat, *, begins: bool
) -> tuple[Segment, ...]:
    """Return ``parts`` with few lines of text between tables over both columns set over both columns too.

    Such lines, of which a 统计公报 has some above each table, would stand in the left column alone. So would a line or
    two with which a document ``begins``, above its first table.
    """
    kinds = [part.kind for part in parts]
    after = [*kinds[1:], "full"]
    before = ["", *kinds[:-1]]

    def is_alone(above: str, part: Segment, below: str) -> bool:
        if above in _WHOLE_MEASURE and part is parts[-1] and _is_signed_alone(part):
            return _is_short_text(part, page, MOST_NOTICE_LINES, is_signed=True)
        if below not in _WHOLE_MEASURE:
            return False
        if above in _WHOLE_MEASURE:
            return _is_short_text(part, page, MOST_UNSIGNED_LINES)
        return begins and not above and len(parts) > 1 and _is_short_text(part, page, _UNBALANCED_LINES)

    return tuple(
        replace(part, kind="full notice") if is_alone(above, part, below) else part
        for above, part, below in zip(before, parts, after, strict=True)
    )


def _is_signed_alone(part: Segment) -> bool:
    """Tell whether ``part`` ends in the signature of one issuer or person."""
    return part.closing is None and any(isinstance(block, Signature) for block in part.blocks)


def _is_short_text(part: Segment, page: PageFormat, most: int, *, is_signed: bool = False) -> bool:
    """Tell whether ``part`` is running text of up to ``most`` lines of a column, with a signature or without."""
    has_signature = any(isinstance(block, Signature) for block in part.blocks)
    if part.kind != "columns" or has_signature != is_signed:
        return False
    lines = text_lines(part.blocks, page.characters)
    return lines is not None and 0 < lines <= most


def _fitted(segment: Segment, page: PageFormat) -> Segment:
    """Return ``segment`` with the columns of its tables as wide as suits its measure and its type."""
    size, measure = _type_and_measure(segment.kind, page)
    padding = CELL_PADDING[segment.kind.partition(" ")[2]]

    def fitted(block: Block) -> Block:
        match block:
            case Table():
                widths = column_widths(block, measure / size, padding / size)
                return replace(block, widths=widths)
            case Annex():
                return replace(block, blocks=tuple(map(fitted, block.blocks)))
            case _:
                return block

    return replace(segment, blocks=tuple(map(fitted, segment.blocks)))


def unfitted_segments(
    blocks: tuple[Block, ...], page: PageFormat, closing: int | None = None
) -> Iterator[Segment]:
    """Yield the segments of ``blocks``, the columns of tables as wide as on the site. Annexes stay whole; the blocks of an instrument follow its title.

    ``closing`` is the depth, in pt, of a signature of several issuers over both columns, 0 for one in a column, and None
    for any other signature.
    """
    running: list[Block] = []
    before: Parents = ()
    for block, parents in walk(blocks):
        if isinstance(block, Footnotes) or any(isinstance(parent, Annex) for parent in parents):
            continue  # A footnote is printed at its mark, an annex as a whole.
        is_wide_signature = bool(closing) and isinstance(block, Signature)
        kind = "full" if is_wide_signature else _kind(block, page)
        if running and (kind != "columns" or parents != before):
            yield _columns(running, closing, is_wide_signature)
            running = []
        if kind == "columns":
            running.append(block)
        else:
            yield Segment(kind, (block,))
        before = parents
    if running:
        yield _columns(running, closing, False)


def _columns(blocks: list[Block], closing: int | None, is_before_signature: bool) -> Segment:
    has_signature = any(isinstance(block, Signature) for block in blocks)
    return Segment("columns", tuple(blocks), closing if is_before_signature or has_signature else None)


def _kind(block: Block, page: PageFormat) -> str:
    match block:
        case Instrument():
            return "title"
        case Annex():
            tables = [part for part in block.blocks if isinstance(part, Table)]
            kind = _wide_kind(tables, page)
            marks = {_arrangement(part, page) for part in block.blocks if isinstance(part, Figure)}
            if "foldout" in marks:
                return kind.replace("full", "foldout").replace("across", "foldout")
            return kind.replace("full", "across") if "across" in marks else kind
        case Figure() if block.arrangement:
            return _arrangement(block, page)
        case Table():
            column = page.column
            is_narrow = (
                least_width(block) * page.scale.table <= column
                and longest_cell(block) <= LONG_CELL
                and not _is_squeezed(block, column / page.scale.table)
                and stands(block, "columns", page)
            )
            return "columns" if is_narrow else _wide_kind([block], page)
        case Paragraph() if block.role == "headnote":
            return "full"
        case (
            Heading()
            | Paragraph()
            | Article()
            | Figure()
            | Roster()
            | NameList()
            | Note()
            | Footnotes()
            | Signature()
        ):
            return "columns"
        case _:
            return assert_never(block)


def _arrangement(figure: Figure, page: PageFormat) -> str:
    """Return how ``figure`` is set; the large print, which offices and homes print on A4, turns what folds out."""
    return "across" if figure.arrangement == "foldout" and page.is_large else figure.arrangement


def _is_squeezed(table: Table, width: float) -> bool:
    """Tell whether a column of ``table`` gets much less than it needs when the table is ``width`` em wide."""
    return any(
        share / 100 * width < LEAST_SHARE * least
        for share, (least, _) in zip(table.widths, column_needs(table), strict=True)
    )


def _wide_kind(tables: Sequence[Table], page: PageFormat) -> str:
    """Return how ``tables`` are set: upright if they fit, else across, in the largest type in which no word is broken."""
    width = max(map(least_width, tables), default=0.0)
    for kind in ("full", "full small", "across", "across small"):
        size, measure = _type_and_measure(kind, page)
        if width * size <= measure and all(stands(table, kind, page) for table in tables):
            return kind
    return "across smallest"


def stands(table: Table, kind: str, page: PageFormat) -> bool:
    """Tell whether no number, date or name in ``table`` is broken in a segment of that kind."""
    size, measure = _type_and_measure(kind, page)
    return words_stand(table, measure / size, CELL_PADDING[kind.partition(" ")[2]] / size)


def _type_and_measure(kind: str, page: PageFormat) -> tuple[float, float]:
    """Return the size of type of tables in a segment of that kind, and its width, in pt."""
    place, _, small = kind.partition(" ")
    size = {"small": page.scale.small, "smallest": page.scale.smallest}.get(small, page.scale.table)
    return size, {"columns": page.column, "across": page.depth, "foldout": page.foldout_measure}.get(
        place, page.measure
    )


def longest_cell(table: Table) -> int:
    """Return how many characters the longest cell of ``table`` has."""
    return max((len(plain(cell.text)) for row in table.rows for cell in row), default=0)


def least_width(table: Table) -> float:
    """Return the width, in em of its type, at which ``table`` reads well."""
    return sum(least for least, _ in column_needs(table))
