"""HTML → layout, by WeasyPrint."""

from __future__ import annotations

import contextlib
import gc
import shutil
from collections.abc import Generator, Mapping, Sequence
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from liulin_gazette.pdf.composition.fonts import ROLES
from liulin_gazette.pdf.typeset import closing_columns, continuation, kept_lines, line_grid, lines
from liulin_gazette.pdf.typeset.anchored_areas import anchored_areas
from liulin_gazette.pdf.typeset.face_folder import face_folder
from liulin_gazette.pdf.typeset.fetcher import LocalFetcher, watched_log
from liulin_gazette.pdf.typeset.layout import Bookmark, Layout, Link, Page, TypesettingError
from liulin_gazette.pdf.typeset.recording import RecordingStream, UsedFaces
from liulin_gazette.pdf.typeset.structure import StructureBuilder
from liulin_gazette.workers.shared_file import SharedFile

PT = 0.75
"""pt in one CSS px."""
FOLDOUT = "foldout"
"""The name in style sheets of the pages of leaves that fold out."""
FACE_NAMES = {role.family: f"F{index}" for index, role in enumerate(ROLES)}
"""Name of each role's face in drawings, by CSS font family."""


class Typesetter:
    """Typesets items in one style. The faces are loaded once."""

    _fonts: Any = None

    def __init__(self, style: str, faces: Sequence[SharedFile]) -> None:
        """Load the font files ``faces`` and ``style`` (CSS text).

        Raises UnreviewedUpgradeError if functions of WeasyPrint that are extended here have changed.
        """
        lines.install()
        kept_lines.install()
        line_grid.install()
        continuation.install()
        closing_columns.install()
        self._faces = tuple(faces)
        self._fonts = FontConfiguration()
        if folder := face_folder():
            self._fonts._folder = folder
        with watched_log():
            self._sheet: Any = CSS(
                string=style, font_config=self._fonts, url_fetcher=LocalFetcher(self._faces, {})
            )

    def __del__(self) -> None:
        """Remove the folder of the faces once nothing reads them any more.

        WeasyPrint does so while it still has them open, and Windows removes no file that is read.
        """
        folder = self._fonts and self._fonts._folder
        self._fonts = self._sheet = None
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def set(self, html: str, pictures: Mapping[str, bytes]) -> Layout:
        """Return the layout of ``html``; ``pictures`` are by project path.

        Raises TypesettingError if something would spoil the page.
        """
        with watched_log() as faults, _without_collection():
            layout = _recorded(self.render(html, pictures))
        if faults:
            raise TypesettingError("；".join(faults[:5]))
        return layout

    def render(self, html: str, pictures: Mapping[str, bytes]) -> Any:
        """Return WeasyPrint's document for ``html``: laid out, not yet drawn."""
        fetcher = LocalFetcher(self._faces, pictures)
        return HTML(string=html, base_url="content:/", url_fetcher=fetcher).render(
            stylesheets=[self._sheet], font_config=self._fonts
        )


@contextlib.contextmanager
def _without_collection() -> Generator[None]:
    """Switch the garbage collector off: visiting a million boxes, all in use, would take a quarter of the time."""
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
        page_links = _outermost(page.links)
        links = {id(box): number for number, (*_, box) in enumerate(page_links)}
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
        pages.append(_page(page, page_links, stream))
    glyphs = {
        name: {glyph: (face.widths[glyph], text) for glyph, text in sorted(face.to_unicode.items())}
        for name, face in sorted(faces.used.items())
    }
    return Layout(tuple(pages), builder.finish(numbers), tuple(bookmarks), glyphs, pictures)


def _outermost(links: Sequence[Any]) -> list[Any]:
    """Return ``links`` of a page without those inside another one: of what is in a link, WeasyPrint makes links too."""
    kept: list[Any] = []
    for link in links:
        _, target, (left, top, right, bottom), _ = link
        if kept and kept[-1][1] == target:
            outer = kept[-1][2]
            if outer[0] <= left and outer[1] <= top and outer[2] >= right and outer[3] >= bottom:
                continue
        kept.append(link)
    return kept


def _page(page: Any, links: Sequence[Any], stream: Any) -> Page:
    def up(y: float) -> float:
        return round((page.height - y) * PT, 2)

    is_foldout = page._page_box.page_type.name == FOLDOUT
    return Page(
        round(page.width * PT, 3),
        round(page.height * PT, 3),
        b"\n".join(_bytes(operator) for operator in stream.stream),
        stream.marks,
        tuple(
            Link(target, kind == "internal", (round(x1 * PT, 2), up(y2), round(x2 * PT, 2), up(y1)))
            for kind, target, (x1, y1, x2, y2), _ in links
        ),
        {name: (round(area[0] * PT, 2), up(area[1])) for name, area in page.anchors.items()},
        stream.sizes,
        page.width > page.height and not is_foldout,
        {
            name: tuple((round(x1 * PT, 2), up(y2), round(x2 * PT, 2), up(y1)) for x1, y1, x2, y2 in found)
            for name, found in anchored_areas(page._page_box).items()
        },
        is_foldout,
    )


def _bytes(operator: Any) -> bytes:
    if isinstance(operator, bytes):
        return operator
    return operator.encode() if isinstance(operator, str) else operator.data
