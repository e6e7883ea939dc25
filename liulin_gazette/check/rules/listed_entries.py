"""Rules about entries of lists and tables: listed twice, or without the post that all others have (C059, C060)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Cell, Table, grid, plain
from liulin_gazette.model.diagnostics import Severity

_WORDS = re.compile("[一-鿿]{2}")
_NAME_HEAD = re.compile("姓[ 　]*名|负责人|联系人|责任人|成员")
_POST_HEAD = re.compile("职[ 　]*务|职[ 　]*称|单[ 　]*位|岗[ 　]*位")
_LEAST_FILLED, _LEAST_WITH_POST = 3, 3
"""Filled cells of a row that is not repeated by chance; entries with a post beside one without."""


def entries_stand_once(annotated: AnnotatedDocument) -> Findings:
    """C059: nobody stands twice under one role of a roster; no whole row of a table comes again farther down."""
    for roster in annotated.rosters:
        seen: set[tuple[str, str]] = set()
        role = ""
        for entry in roster.entries:
            role = entry.role or role
            name = entry.name.replace(" ", "").replace("　", "")
            if (role, name) in seen:
                yield Finding(
                    Passage(
                        "roster",
                        entry.name,
                        annotated.document.path,
                        entry.line,
                        field=1 if entry.role else 0,
                    ).at(),
                    f"“{name}”在{role or '名单里'}列了两次。",
                    "核对原件，看是不是录了两遍；确是同名两人的，写明豁免理由。",
                    name,
                )
            seen.add((role, name))
    for table in annotated.tables:
        yield from _rows_again(annotated, table)


def _rows_again(annotated: AnnotatedDocument, table: Table) -> Findings:
    """Yield a note for each row that is the same as an earlier one, but not the one before it (that is C046)."""
    first: dict[tuple[str, ...], int] = {}
    rows = [row for row in list(grid(table))[table.head_rows :] if _is_whole(table, row)]
    for index, row in enumerate(rows):
        texts = tuple(plain(cell.text).strip() for _, cell in row)
        told = texts[1:] if texts and texts[0].isdecimal() else texts
        worded = sum(_WORDS.search(text) is not None for text in told)
        before = first.setdefault(told, index)
        if before < index - 1 and sum(map(bool, told)) >= _LEAST_FILLED and worded >= 2:
            cell = row[0][1]
            yield Finding(
                Passage("cell", plain(cell.text), annotated.document.path, cell.line, field=0).at(),
                f"这一行与第{rows[before][0][1].line}行的内容一样：“{'｜'.join(told)[:20]}”。",
                "核对原件，看是不是录了两遍。",
                "｜".join(told),
                Severity.NOTE,
            )


def _is_whole(table: Table, row: list[tuple[int, Cell]]) -> bool:
    return len(row) == table.columns and all(cell.rowspan == 1 and cell.colspan == 1 for _, cell in row)


def people_have_a_post(annotated: AnnotatedDocument) -> Findings:
    """C060: where all others of a roster, or of a column 职务, have a post, one person has one too."""
    for roster in annotated.rosters:
        without = [entry for entry in roster.entries if entry.name and not entry.post.strip()]
        posts = sum(bool(entry.post.strip()) for entry in roster.entries)
        if len(without) == 1 and posts >= _LEAST_WITH_POST and not without[0].name.endswith("（兼）"):
            entry = without[0]
            passage = Passage(
                "roster", entry.name, annotated.document.path, entry.line, field=1 if entry.role else 0
            )
            yield _without_post(passage, entry.name)
    for table in annotated.tables:
        for names, posts_of in _columns(table):
            empty = [name for name, post in zip(names, posts_of, strict=True) if not plain(post.text).strip()]
            if len(empty) == 1 and len(names) - 1 >= _LEAST_WITH_POST:
                name, (column, cell) = plain(empty[0][1].text).strip(), empty[0]
                yield _without_post(
                    Passage("cell", plain(cell.text), annotated.document.path, cell.line, field=column), name
                )


def _columns(table: Table) -> Iterator[tuple[list[tuple[int, Cell]], list[Cell]]]:
    """Yield, for each column of posts beside one of names, the cells with names and the posts beside them."""
    rows = list(grid(table))
    heads = [(x, plain(cell.text)) for row in rows[: table.head_rows] for x, cell in row if cell.colspan == 1]
    named = [x for x, head in heads if _NAME_HEAD.search(head)]
    held = [x for x, head in heads if _POST_HEAD.search(head) and not _NAME_HEAD.search(head)]
    body = [dict(row) for row in rows[table.head_rows :] if _is_whole(table, list(row))]
    if len(named) != 1:
        return
    for post in held:
        both = [
            (row[named[0]], row[post])
            for row in body
            if named[0] in row and post in row and plain(row[named[0]].text).strip()
        ]
        yield [(named[0], name) for name, _ in both], [held_post for _, held_post in both]


def _without_post(passage: Passage, name: str) -> Finding:
    return Finding(
        passage.at(),
        f"“{name}”没有职务、单位，别的人都有。",
        "核对原件，看是否漏录；原件如此的照印，写明豁免理由。",
        name,
    )
