"""The texts of a draft for the account, in the order in which the manuscript has them.

These are the published texts of its body, and between them, each where it was read, what became a value of the front
matter and what the report tells as left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from liulin_gazette.intake.accounting.account_pools import bare, shown
from liulin_gazette.intake.accounting.front_matter_values import letters_in_front_matter
from liulin_gazette.intake.drafts import MARK_START, Conversion, Draft
from liulin_gazette.model.published_texts import PublishedText, Role, body_lines
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.markdown_blocks import read_blocks

_MARK = re.compile(rf"{MARK_START}：[^】]*】")
_PROSE = frozenset({Role.HEADING, Role.PARAGRAPH, Role.ARTICLE, Role.NOTE, Role.CELL})
"""Texts whose signs are those of the manuscript: a 名单 writes other ones."""
_NOT_OF_MANUSCRIPTS = frozenset({Role.ALTERNATIVE, Role.PICTURE})
_SHORT = "附"
_SHORT_LABEL = re.compile(rf"{_SHORT}\s*(?:[：:]|$)")
PICTURE = "（图"
"""How the report names a picture, which has no text."""


class Origin(Enum):
    """Where the characters of a text are."""

    BODY = "正文"
    FRONT_MATTER = "文首"
    LEFT_OUT = "没有转入"


@dataclass(frozen=True, slots=True, eq=False)
class DraftText:
    """A text of a draft, or one that was left out of it."""

    draft: int
    """Index of the draft."""
    line: int
    """Its line in the body, from 1; for a text that is not in the body that of the text before it, 0 for none."""
    exact: str
    """Without spaces."""
    letters: str
    places: tuple[int, ...]
    """Where each letter stands in ``exact``."""
    is_prose: bool
    is_note: bool
    is_cell: bool
    origin: Origin

    def between(self, first: int, last: int) -> str:
        """Return the exact text from the letter ``first`` to the letter ``last``, with the signs on both sides."""
        start = self.places[first - 1] + 1 if first else 0
        end = self.places[last + 1] if last + 1 < len(self.places) else len(self.exact)
        return self.exact[start:end]


def without_verification_marks(body: str) -> str:
    """Return the Markdown ``body`` without its 待核 marks, its lines the same in number."""
    return _MARK.sub("", body)


def draft_texts(draft: Draft, index: int) -> tuple[DraftText, ...]:
    """Return the texts of ``draft``, the one at ``index``, in the order of the manuscript."""
    body = without_verification_marks(draft.document.body)
    short = _short_labels(draft, body)
    blocks = read_blocks(body, "content/draft.md", Folder("content"), FindingCollector())
    placed = [
        (float(text.line), 1, _published(replace(text, label=_SHORT) if text.line in short else text, index))
        for line in body_lines(blocks)
        for text in line
        if text.role not in _NOT_OF_MANUSCRIPTS
    ]
    placed += ((before, 0, text) for before, text in _beside_body(draft, index, body))
    return tuple(text for _, _, text in sorted(placed, key=lambda each: each[:2]))


def _short_labels(draft: Draft, body: str) -> frozenset[int]:
    """Return the lines of ``body`` with the heading of an annex that the manuscript labels 附, and the draft 附件."""
    rows = zip(draft.conversions, _lines_of(draft.conversions, body), strict=True)
    return frozenset(
        line
        for row, line in rows
        if row.result.startswith(":::") and _SHORT_LABEL.match(row.original.strip())
    )


def left_out_text(text: str, draft: int, line: int = 0) -> DraftText:
    """Return ``text``, which was left out after this ``line`` of the body of ``draft``."""
    return _draft_text(draft, line, shown(text), Origin.LEFT_OUT)


def _beside_body(draft: Draft, index: int, body: str) -> Iterator[tuple[float, DraftText]]:
    """Yield what the rows of ``draft`` say became front matter or was left out, each with the line that follows it."""
    front = letters_in_front_matter(draft)
    waiting: list[DraftText] = []
    last = 0
    for number, (row, line) in enumerate(
        zip(draft.conversions, _lines_of(draft.conversions, body), strict=True)
    ):
        if row.reason:
            waiting += [] if row.original.startswith(PICTURE) else [left_out_text(row.original, index, last)]
        elif letters := front.get(number):
            is_whole = letters == bare(row.original)
            exact = shown(row.original) if is_whole else letters
            waiting.append(_draft_text(index, last, exact, Origin.FRONT_MATTER))
        elif line:
            yield from ((line, text) for text in waiting)
            waiting, last = [], line
    yield from ((math.inf, text) for text in waiting)


def _lines_of(rows: Iterable[Conversion], body: str) -> Iterator[int]:
    """Yield the line of ``body`` on which what each of ``rows`` became begins; 0 where it is not in the body."""
    lines = "\n" + body
    at, line, before = 0, 1, ""
    for row in rows:
        words = "\n" + without_verification_marks(row.result).strip()
        start = at if words == before else at + 1
        found = lines.find(words, start if at else 0) if words.strip() and not row.reason else -1
        if found >= 0:
            line += lines.count("\n", at, found)
            at, before = found, words
        yield line if found >= 0 else 0


def _published(text: PublishedText, index: int) -> DraftText:
    label = "" if text.role is Role.FOOTNOTE else text.label
    exact = shown(label + text.text)
    return _draft_text(index, text.line, exact, Origin.BODY, text.role)


def _draft_text(draft: int, line: int, exact: str, origin: Origin, role: Role | None = None) -> DraftText:
    places = tuple(at for at, character in enumerate(exact) if bare(character))
    letters = "".join(exact[at] for at in places)
    return DraftText(
        draft, line, exact, letters, places, role in _PROSE, role is Role.FOOTNOTE, role is Role.CELL, origin
    )
