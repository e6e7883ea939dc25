"""HTML → layout, by WeasyPrint."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator, Mapping, Sequence
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from liulin_gazette.pdf.composition.fonts import ROLES, Face
from liulin_gazette.pdf.typeset import continuation, lines
from liulin_gazette.pdf.typeset.fetcher import LocalFetcher, watched_log
from liulin_gazette.pdf.typeset.layout import Bookmark, Layout, Link, Page, TypesettingError
from liulin_gazette.pdf.typeset.recording import RecordingStream, UsedFaces
from liulin_gazette.pdf.typeset.structure import StructureBuilder

PT = 0.75
"""pt in one CSS px."""
FACE_NAMES = {role.family: f"F{index}" for index, role in enumerate(ROLES)}
"""The name of each role's face in a drawing, by the family that CSS calls it."""


class Typesetter:
    """Sets items in one style; keeps the faces loaded between them."""

    def __init__(self, style: str, faces: Sequence[Face]) -> None:
        """Load ``faces`` and ``style`` (CSS text).

        Raises UnreviewedUpgradeError when WeasyPrint has changed where it is extended.
        """
        lines.install()
        continuation.install()
        self._faces = tuple(faces)
        self._fonts: Any = FontConfiguration()
        with watched_log():
            self._sheet: Any = CSS(
                string=style, font_config=self._fonts, url_fetcher=LocalFetcher(self._faces, {})
            )

    def set(self, html: str, pictures: Mapping[str, bytes]) -> Layout:
        """Return the layout of ``html`` with its ``pictures``, by project path.

        Raises TypesettingError for what would spoil the page.
        """
        with watched_log() as faults, _without_collection():
            layout = _recorded(self.render(html, pictures))
        if faults:
            raise TypesettingError("；".join(faults[:5]))
        return layout

    def render(self, html: str, pictures: Mapping[str, bytes]) -> Any:
        """Return WeasyPrint's own document of ``html``, laid out and not yet drawn."""
        fetcher = LocalFetcher(self._faces, pictures)
        return HTML(string=html, base_url="content:/", url_fetcher=fetcher).render(
            stylesheets=[self._sheet], font_config=self._fonts
        )


@contextlib.contextmanager
def _without_collection() -> Generator[None]:
    """Spare the collector a walk over a million boxes that are all in use: a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _recorded(document: Any) -> Layout:
    builder, faces = StructureBuilder(), UsedFaces(FACE_NAMES)
    pages: list[Page] = []
    numbers: list[dict[int, int]] = []
    pictures: dict[str, bytes] = {}
    bookmarks: list[Bookmark] = []
    for index, page in enumerate(document.pages):
        links = {id(box): number for number, (*_, box) in enumerate(page.links)}
        owners = builder.add_page(page._page_box, index, links, page.height)
        stream: Any = RecordingStream(faces, owners)
        stream.transform(d=-1, f=page.height * PT)
        page.paint(stream, PT)
        numbers.append(stream.numbers)
        pictures.update(stream.pictures)
        bookmarks.extend(
            Bookmark(level, label, index, round((page.height - y) * PT, 2))
            for level, label, (_, y), _ in page.bookmarks
        )
        pages.append(_page(page, stream))
    glyphs = {
        name: {glyph: (face.widths[glyph], text) for glyph, text in sorted(face.to_unicode.items())}
        for name, face in sorted(faces.used.items())
    }
    return Layout(tuple(pages), builder.finish(numbers), tuple(bookmarks), glyphs, pictures)


def _page(page: Any, stream: Any) -> Page:
    def up(y: float) -> float:
        return round((page.height - y) * PT, 2)

    return Page(
        round(page.width * PT, 3),
        round(page.height * PT, 3),
        b"\n".join(_bytes(operator) for operator in stream.stream),
        stream.marks,
        tuple(
            Link(target, kind == "internal", (round(x1 * PT, 2), up(y2), round(x2 * PT, 2), up(y1)))
            for kind, target, (x1, y1, x2, y2), _ in page.links
        ),
        {name: (round(area[0] * PT, 2), up(area[1])) for name, area in page.anchors.items()},
        stream.sizes,
        page.width > page.height,
    )


def _bytes(operator: Any) -> bytes:
    if isinstance(operator, bytes):
        return operator
    return operator.encode() if isinstance(operator, str) else operator.data
