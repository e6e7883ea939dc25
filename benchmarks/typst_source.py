"""An issue in Typst's own language, with the paper, measures, faces and content that the gazette has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Cell,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
)
from liulin_gazette.model.document import FullText
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.page_format import page_format


def typst_source(publication: Publication, issue: Issue, families: dict[str, str], root: Path) -> str:
    """Return the Typst source of ``issue``; ``families`` maps roles to the names inside the font files."""
    page = page_format(publication.gazette.page_size)
    song, hei = _string(families["宋体"]), _string(families["黑体"])
    kai, title = _string(families["楷体"]), _string(families["小标宋"])
    parts = [
        f"#set page(width: {page.width}pt, height: {page.height}pt, "
        f"margin: (x: {page.side}pt, y: {page.head}pt), numbering: none)",
        f'#set text(font: {song}, size: 12pt, lang: "zh", region: "cn")',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 8pt, spacing: 8pt)",
        f"#let hei = {hei}\n#let kai = {kai}\n#let title = {title}",
        "#let head(size, face, body) = align(center, text(size: size, font: face, body))",
        "#set table(stroke: 0.5pt, inset: 5pt)",
        f"#v(12%)#head(48pt, title, text(fill: red, {_string(publication.gazette.name)}))",
        f"#head(15pt, {song}, {_string(publication.gazette.romanised_name)})#v(12%)",
        f'#head(46pt, title, "{issue.year} · {issue.number}")#v(1fr)'
        f"#head(18pt, title, {_string(publication.gazette.publisher)})#pagebreak()",
        f"#head(36pt, title, {_string(publication.gazette.name)})#head(14pt, {song}, {_string(issue_name(issue))})#v(1fr)"
        f"{_code(publication.gazette.distribution)}#pagebreak()",
        "#outline(title: [目　录], depth: 1)#pagebreak()",
        '#set page(numbering: "1")\n#counter(page).update(1)',
        "#show heading: set text(size: 12pt, weight: 400)",
        *(_document(document, root) for document in issue.full_texts),
        f"#head(34pt, title, {_string(' '.join(publication.gazette.back_cover.slogan))})",
    ]
    return "\n".join(parts)


def _string(text: str) -> str:
    """Return ``text`` as a Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _code(text: str) -> str:
    """Return ``text`` as Typst markup, in which nothing of it is taken for syntax."""
    return f"#{_string(text)}"


def _inline(inline: Inline) -> str:
    return "".join(
        f"#text(font: hei, {_string(span.text)})" if span.strong else _code(span.text) for span in inline
    )


def _document(document: FullText, root: Path) -> str:
    body = [block for block in document.blocks if not isinstance(block, Annex)]
    annexes = [block for block in document.blocks if isinstance(block, Annex)]
    contact = document.contact
    box = (
        "#block(stroke: 0.75pt, inset: 10pt, width: 100%)["
        f"{_code(contact.unit)} {_code(contact.office)} {_code(contact.person)} {_code(contact.phone)}]"
        if contact
        else ""
    )
    return "\n".join(
        (
            f"#align(center)[= {_code(document.title)}]",
            f"#head(14pt, kai, {_string(str(document.number))})",
            f"#columns(2, gutter: 24pt)[{_code(document.addressees)}",
            *(_block(block, document, root) for block in body),
            "]",
            *(_block(block, document, root) for block in annexes),
            box,
            "#pagebreak()",
        )
    )


def _block(block: Block, document: FullText, root: Path) -> str:
    if isinstance(block, Heading):
        return f"\n{'=' * block.level} {_inline(block.text)}\n"
    if isinstance(block, (Paragraph, Note)):
        return f"\n{_inline(block.text)}\n"
    if isinstance(block, Article):
        return f"\n#text(font: hei, {_string(block.label)}) {_inline(block.text)}\n"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        if not block.file:
            return f"\n#rect(width: 100%, height: 300pt)[{_code(block.alternative)}]\n"
        file = _string("/" + Path(root / block.file).relative_to(root).as_posix())
        return f"\n#image({file}, alt: {_string(block.alternative)})\n"
    if isinstance(block, Roster):
        rows = ", ".join(
            f"{_string(entry.role)}, {_string(entry.name)}, {_string(entry.post)}" for entry in block.entries
        )
        return f"\n#grid(columns: (5em, 4em, 1fr), row-gutter: 8pt, {rows})\n"
    if isinstance(block, NameList):
        names = "　".join(name.text for group in block.groups for name in group.names)
        return f"\n{_code(names)}\n"
    if isinstance(block, Footnotes):
        return "".join(f"\n{_code(note.mark)}{_inline(note.text)}\n" for note in block.notes)
    if isinstance(block, Signature):
        return f"\n#align(right)[{_code(document.issuer)}#linebreak(){_code(document.date.isoformat())}]\n"
    if isinstance(block, Instrument):
        return f"\n#head(18pt, title, {_string(block.title)})\n{_blocks(block.blocks, document, root)}"
    return (
        f"\n#pagebreak(weak: true){_code(block.label)}#head(18pt, title, {_string(block.title)})\n"
        f"{_blocks(block.blocks, document, root)}"
    )


def _blocks(blocks: Sequence[Block], document: FullText, root: Path) -> str:
    return "\n".join(_block(block, document, root) for block in blocks)


def _table(table: Table) -> str:
    widths = ", ".join(f"{width:.3f}fr" for width in table.widths)
    head, body = table.rows[: table.head_rows], table.rows[table.head_rows :]
    header = f"table.header({_cells(head)}), " if head else ""
    return f"\n#text(size: 10.5pt, table(columns: ({widths},), {header}{_cells(body)}))\n"


def _cells(rows: Sequence[Sequence[Cell]]) -> str:
    return ", ".join(
        f"table.cell(rowspan: {cell.rowspan}, colspan: {cell.colspan})[{_inline(cell.text)}]"
        for row in rows
        for cell in row
    )
