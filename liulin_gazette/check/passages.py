"""The published texts of a document as rules read them, and the place of each character in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from liulin_gazette.model.blocks import Annex, Block, Instrument, assert_never
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document import FullText
from liulin_gazette.model.published_texts import PublishedText, Role, published_texts
from liulin_gazette.text.raised_characters import may_be_written

_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_MARKUP = frozenset("*\\ 　\n\t#:|\"'")
_BLANKS = " \n　"
_INLINE_MARK = re.compile(r"\[\^[^\[\]]*\]|\[[上下][:：]|\]")
"""The mark of a footnote, and what surrounds a raised or lowered text."""
FRONT, UNOFFICIAL = "front", "unofficial"
"""Kinds of passages: values of the front matter, and texts that are public but not official."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A published text of a document, with its place in the source file."""

    kind: str
    """``front``, ``heading``, ``text``, ``article``, ``note``, ``cell``, ``roster``, ``title`` (of an instrument
    or annex), ``caption``, ``alternative`` (of a figure) or ``unofficial``."""
    text: str
    path: str
    line: int
    column: int = 1
    field: int = -1
    """Which field between ``|`` of its line it is, from 0; -1 where lines have no fields."""
    skip: str = ""
    """What stands before it on its line and is not part of it: 第一条, 附件1."""
    name: str = ""
    """The key in the front matter."""
    block: Block | None = None
    annex: bool = False
    """Whether it is in an annex."""
    enclosed: bool = False
    """Whether it is in an enclosed instrument or an annex."""

    def at(self, offset: int = 0) -> Spot:
        """Return the spot of the character at ``offset``."""
        return Spot(self, offset)


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a passage; its place in the source is computed only when it is asked for."""

    passage: Passage
    offset: int

    def place(self, source: tuple[str, ...]) -> Place:
        """Return where the character stands in the lines of its ``source`` file.

        Where source and text disagree, this is its line as a whole: a fix must not change a character that the finding
        is not about.
        """
        passage = self.passage
        line, column = passage.line, passage.column - 1
        if passage.field >= 0 and line <= len(source):
            column = _field_start(source[line - 1], passage.field)
        wanted = passage.skip + passage.text
        target = min(len(passage.skip) + self.offset, len(wanted) - 1)
        if wanted[target : target + 1] in _BLANKS:  # It may not be written, as where a line ends.
            matches = dict(_matches(wanted, source, line - 1, column, target))
        else:
            matches = _all_matches(wanted, source, line - 1, column)
        if target not in matches:
            return Place(passage.path, line)
        row, found = matches[target]
        return Place(passage.path, row + 1, found + 1)


def _field_start(line: str, field: int) -> int:
    """Return the column (from 0) where a field of ``line`` begins; a pipe at the start opens the first field."""
    starts = [found.end() for found in _UNESCAPED_PIPE.finditer(line)]
    if not line.lstrip().startswith("|"):
        starts.insert(0, 0)
    return starts[field] if field < len(starts) else 0


@lru_cache(maxsize=2)
def _all_matches(
    wanted: str, source: tuple[str, ...], row: int, column: int
) -> Mapping[int, tuple[int, int]]:
    """Return what ``_matches`` yields for all of ``wanted``: a long text may have a thousand spots."""
    return dict(_matches(wanted, source, row, column, len(wanted)))


def _matches(
    wanted: str, source: Sequence[str], row: int, column: int, target: int
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield each character of ``wanted`` up to ``target`` with its row and column, all from 0, until text and source disagree.

    ``wanted`` begins at ``row`` and ``column`` of ``source``. Markup there (marks of weight, escapes, line ends) is
    skipped; a blank before ``target`` need not be there.
    """
    at = 0
    for number in range(row, min(row + 2000, len(source))):
        line = source[number]
        end_of_mark = 0
        for x in range(column if number == row else 0, len(line)):
            if x < end_of_mark:
                continue
            while at < target and wanted[at] in _BLANKS and line[x] != wanted[at]:
                at += 1
            if at < len(wanted) and may_be_written(wanted[at], line[x]):
                yield at, (number, x)
                if at >= target:
                    return
                at += 1
            elif mark := _INLINE_MARK.match(line, x):
                end_of_mark = mark.end()
            elif line[x] not in _MARKUP:
                return
        while at < target and wanted[at] in _BLANKS:
            at += 1


def passages(document: FullText) -> Iterator[Passage]:
    """Yield the published texts of ``document`` as passages, in the order of its page, unofficial ones last."""
    for text in published_texts(document):
        if text.text:
            yield passage_of(text, document.path)


def passage_of(text: PublishedText, path: str) -> Passage:
    """Return ``text`` of the document at the project path ``path`` as a passage."""
    around = (text.block, *text.parents)
    is_in_annex = any(isinstance(each, Annex) for each in around)
    return Passage(
        kind_of(text.role),
        text.text,
        path,
        text.line,
        text.column,
        text.field,
        text.before,
        text.key,
        text.block,
        is_in_annex,
        any(isinstance(each, Annex | Instrument) for each in around),
    )


def kind_of(role: Role) -> str:
    """Return the kind of the passages that texts in ``role`` are."""
    match role:
        case (
            Role.TITLE
            | Role.KIND
            | Role.NUMBER
            | Role.ORDER
            | Role.HEADNOTE
            | Role.SOURCE
            | Role.POST
            | Role.SIGNATORY
            | Role.ISSUER
            | Role.INDEX
            | Role.TOPIC
            | Role.DATE
            | Role.RELEASED
            | Role.VALIDITY
            | Role.EFFECTIVE
            | Role.EXPIRES
            | Role.TERM
            | Role.REPEALED
            | Role.REGISTRATION
            | Role.EVENT_DATE
            | Role.EVENT
            | Role.RELATION
            | Role.ERRATUM_PLACE
            | Role.ERRATUM_RIGHT
            | Role.ADDRESSEES
            | Role.RELEASE
            | Role.UNIT
            | Role.OFFICE
            | Role.PERSON
            | Role.PHONE
        ):
            return FRONT
        case Role.HEADING:
            return "heading"
        case Role.PARAGRAPH:
            return "text"
        case Role.ARTICLE:
            return "article"
        case Role.NOTE | Role.FOOTNOTE:
            return "note"
        case Role.CELL:
            return "cell"
        case Role.CAPTION:
            return "caption"
        case Role.ALTERNATIVE:
            return "alternative"
        case Role.ROSTER_ROLE | Role.ROSTER_NAME | Role.ROSTER_POST:
            return "roster"
        case Role.NAME_GROUP | Role.LISTED_NAME:
            return "roster"
        case Role.INSTRUMENT | Role.ANNEX:
            return "title"
        case Role.WAIVER_REASON | Role.REMARK | Role.PICTURE:
            return UNOFFICIAL
        case Role.ERRATUM_WRONG:
            return UNOFFICIAL  # It is quoted because it is wrong, so that no rule about wording looks at it.
        case _:
            return assert_never(role)
