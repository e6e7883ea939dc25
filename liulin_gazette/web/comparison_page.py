"""The page that has two printed texts of one instrument side by side, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from liulin_gazette.model.published_texts import CONTACT_ANCHOR
from liulin_gazette.rendering.product import Product
from liulin_gazette.text.paragraph_pairs import Piece, paragraph_pairs, pieces
from liulin_gazette.web.metadata import list_metadata
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.search.pair_index import SEPARATOR, Unit
from liulin_gazette.web.version_history import TextVersion

LONGEST_SAME = 3
"""Paragraphs that are the same and stand in a row: more of them are folded."""


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of one of the texts."""

    anchor: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs beside each other; None where a text has none."""

    before: Side | None
    after: Side | None

    @property
    def is_same(self) -> bool:
        """Whether both texts have the paragraph, to the character."""
        return (
            self.before is not None
            and self.after is not None
            and not any(piece.is_other for piece in (*self.before.pieces, *self.after.pieces))
        )


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that are all the same, or all different."""

    is_same: bool
    rows: tuple[Row, ...]

    @property
    def is_folded(self) -> bool:
        """Whether it is folded away."""
        return self.is_same and len(self.rows) > LONGEST_SAME


def comparison_page(
    renderer: Renderer, before: TextVersion, after: TextVersion, texts: tuple[Sequence[Unit], Sequence[Unit]]
) -> Product:
    """Return the page with ``before`` and ``after`` side by side; ``texts`` are the units of both documents."""
    runs = tuple(
        Run(is_same, tuple(rows)) for is_same, rows in groupby(_rows(*texts), key=lambda row: row.is_same)
    )
    return renderer.page(
        "comparison",
        after.comparison,
        list_metadata(renderer.gazette, "文本对照"),
        before=before,
        after=after,
        runs=runs,
        changed=sum(not row.is_same for run in runs for row in run.rows),
    )


def _rows(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Row]:
    old, new = _paragraphs(before), _paragraphs(after)
    for pair in paragraph_pairs([text for _, text in old], [text for _, text in new]):
        if pair.before is None:
            yield Row(None, _alone(new[pair.after or 0]))
        elif pair.after is None:
            yield Row(_alone(old[pair.before]), None)
        else:
            (anchor, one), (other_anchor, other) = old[pair.before], new[pair.after]
            own, others = pieces(one, other)
            yield Row(Side(anchor, own), Side(other_anchor, others))


def _alone(unit: Unit) -> Side:
    return Side(unit[0], (Piece(unit[1], True),))


def _paragraphs(units: Sequence[Unit]) -> list[Unit]:
    """Return the paragraphs of the body: without the head, which has no anchor, and 政策咨询."""
    return [
        (anchor, text.replace(SEPARATOR, "　"))
        for anchor, text in units
        if anchor not in ("", CONTACT_ANCHOR)
    ]
