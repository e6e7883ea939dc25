"""Rules about what stands twice, and about articles that are not there (codes C044–C046)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Article, Table, grid, plain
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.text.numerals import chinese_number

_OWN_ARTICLE = re.compile(
    "本(?:办法|条例|规定|细则|制度|规则|章程|规范|规程|决定)第(?P<number>[一二三四五六七八九十百零〇]{1,7})条"
)
_NEXT_LENGTH, _DISTANT_LENGTH = 20, 60
"""Characters of a paragraph that is not the same as another by chance, next to it and farther away."""
_LEAST_FILLED = 3
"""Filled cells of a row that is not the same as the next by chance."""
_WORDS = re.compile("[一-鿿]{2}")


def own_articles_exist(annotated: AnnotatedDocument) -> Findings:
    """C044: an article of 本办法 that the text refers to is one of its articles."""
    numbers = {block.number for block in annotated.blocks if isinstance(block, Article)}
    if not numbers:
        return
    for passage, match in annotated.matches(_OWN_ARTICLE, annotated.running):
        number = chinese_number(match["number"].replace("〇", "零"))
        if number > max(numbers) and not is_quoted(passage.text, match.start()):
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”不存在，全文到第{max(numbers)}条为止。",
                "核对所说的条；原件如此的照印，写明豁免理由。",
                match[0],
            )


def paragraphs_stand_once(annotated: AnnotatedDocument) -> Findings:
    """C045: no paragraph stands twice; farther away it may be meant, so that it is a note."""
    seen: dict[str, int] = {}
    for index, passage in enumerate(annotated.body):
        if passage.kind not in ("text", "article") or len(passage.text) < _NEXT_LENGTH:
            continue
        before = seen.get(passage.text)
        seen[passage.text] = index
        if before is None:
            continue
        is_next = before == index - 1
        if is_next or len(passage.text) >= _DISTANT_LENGTH:
            yield Finding(
                passage.at(),
                f"这一段与第{annotated.body[before].line}行的一字不差：“{passage.text[:12]}……”。",
                "核对原件，看是不是录了两遍。",
                passage.text,
                None if is_next else Severity.NOTE,
            )


def rows_stand_once(annotated: AnnotatedDocument) -> Findings:
    """C046: no row of a table stands twice in a row, but for its 序号."""
    for table in annotated.tables:
        yield from _repeated_rows(annotated, table)


def _repeated_rows(annotated: AnnotatedDocument, table: Table) -> Findings:
    before: tuple[str, ...] = ()
    for row in list(grid(table))[table.head_rows :]:
        is_whole = len(row) == table.columns and all(
            cell.rowspan == 1 and cell.colspan == 1 for _, cell in row
        )
        texts = tuple(plain(cell.text).strip() for _, cell in row)
        told = texts[1:] if texts and texts[0].isdecimal() else texts
        if (
            is_whole
            and told == before
            and sum(map(bool, told)) >= _LEAST_FILLED
            and sum(_WORDS.search(text) is not None for text in told) >= 2
        ):
            cell = row[0][1]
            yield Finding(
                Passage("cell", plain(cell.text), annotated.document.path, cell.line, field=0).at(),
                f"这一行与上一行的内容一样：“{'｜'.join(told)[:20]}”。",
                "核对原件，看是不是录了两遍；原件如此的照印，写明豁免理由。",
                "｜".join(told),
            )
        before = told if is_whole else ()
