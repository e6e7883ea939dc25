"""The poster (张贴页): the documents of an issue on one page for a notice board, as large as they fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from liulin_gazette.model.document import Contact
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.composition.page_format import MM
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.text.title_lines import filled_lines
from liulin_gazette.web import addresses

MEASURE, COLUMN_GAP, BESIDE_CODE = 180 * MM, 18, 8
"""pt: the width of the type area, the space between two columns, and that between a title and its code."""
NAME_MEASURE, NAME_SIZE = 400.0, 30
"""pt: the width that the name of the gazette has beside the code, and its largest size."""
FLOOR = 10.5
"""pt (五号): what nobody can read from where a passer-by stands is not set smaller."""


@dataclass(frozen=True, slots=True)
class PosterType:
    """How the documents are set on a poster."""

    size: float
    """pt of their titles."""
    columns: int
    code: float
    """mm: width and height of their QR codes, never below 14, which a telephone reads at arm's length."""

    @property
    def detail(self) -> float:
        """Pt of what stands below a title."""
        return max(FLOOR, 0.75 * self.size)


POSTER_TYPES = (
    PosterType(40, 1, 70),
    PosterType(34, 1, 60),
    PosterType(30, 1, 50),
    PosterType(28, 1, 45),
    PosterType(26, 1, 40),
    PosterType(24, 1, 36),
    PosterType(22, 1, 32),
    PosterType(20, 1, 28),
    PosterType(18, 1, 24),
    PosterType(16, 1, 21),
    PosterType(16, 2, 21),
    PosterType(15, 2, 20),
    PosterType(14, 2, 19),
    PosterType(13, 2, 18),
    PosterType(12, 2, 17),
    PosterType(11, 2, 15),
    PosterType(FLOOR, 2, 14),
)
"""The largest first; a poster is set in the first that fits on one page."""
CODES_DEPTH = 239
"""mm of a page of A4 that are left below the head of a poster, at most: its margins take 28, the code in its head 30."""


@dataclass(frozen=True, slots=True)
class PosterEntry:
    """What a poster says of a document: nothing that the document does not say itself."""

    lines: tuple[str, ...]
    """Of the title, broken by its sense."""
    numbers: tuple[str, ...]
    """文号, and the number of an order."""
    issuers: tuple[str, ...]
    contact: Contact | None
    """政策咨询, as the document has it in print."""
    url: str


def types_for(documents: int) -> tuple[PosterType, ...]:
    """Return those of ``POSTER_TYPES`` in which a poster of ``documents`` may be one page, and the last of all.

    In the others their codes alone, which stand one below another, are deeper than the page.
    """
    *others, last = POSTER_TYPES
    return (
        *(each for each in others if ceil(documents / each.columns) * each.code <= CODES_DEPTH),
        last,
    )


def poster_item(gazette: Gazette, issue: Issue, templates: Templates, setting: PosterType) -> Item:
    """Return the poster of ``issue``, set as ``setting`` says."""
    html = (
        environment(templates)
        .get_template("print/poster.html")
        .render(
            publication=gazette,
            issue=issue,
            issue_name=issue_name(issue),
            issue_url=addresses.absolute(gazette, addresses.issue_page(issue)),
            entries=tuple(_entries(gazette, issue, setting)),
            setting=setting,
            name_size=min(NAME_SIZE, int(NAME_MEASURE / max(1, len(gazette.name)))),
        )
    )
    return Item("poster", html)


def poster_style(templates: Templates) -> str:
    """Return the CSS that a poster has beside that of every printed page."""
    return templates.read_text("print/poster.css")


def _entries(gazette: Gazette, issue: Issue, setting: PosterType) -> Iterator[PosterEntry]:
    column = (MEASURE - (setting.columns - 1) * COLUMN_GAP) / setting.columns
    measure = floor((column - setting.code * MM - BESIDE_CODE) / setting.size)
    for document in issue.documents:
        numbers = (str(document.number or ""), document.order_number if document.order else "")
        yield PosterEntry(
            tuple(filled_lines(document.title, measure)),
            tuple(filter(None, numbers)),
            document.issuers,
            document.contact,
            addresses.absolute(gazette, addresses.document_page(issue, document)),
        )
