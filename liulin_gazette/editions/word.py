"""Each document of an issue as a Word file in the layout of GB/T 9704-2012, for offices that issue or file it again.

The file says what the document says and nothing else. What a printed page does not show either (索引号, 有效期, 日程 …)
is in the properties of the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from liulin_gazette.editions.carried_characters import CODE, uncarried
from liulin_gazette.editions.docx_document import docx_document
from liulin_gazette.editions.edition import EditionFiles, EditionSource
from liulin_gazette.editions.held_pictures import HeldPicture, held_picture
from liulin_gazette.editions.zip_package import package
from liulin_gazette.model.blocks import figures
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses

PICTURE_TYPES = ("png", "jpg", "gif")
"""The types that every version of Word shows; other bitmaps become PNG."""


def word_files(source: EditionSource) -> EditionFiles:
    """Return the Word file of each document; none, but the reason (S090), for one that Word cannot carry.

    A picture that Word cannot hold, which is an SVG, is told too (S090): its description stands in its place.
    """
    assets: list[Asset] = []
    found: list[Diagnostic] = []
    for document in source.issue.full_texts:
        if faults := tuple(uncarried((document,), "Word")):
            found += faults
            continue
        pictures = _pictures(document, source.read_bytes)
        found += (
            Diagnostic(
                CODE,
                Severity.WARNING,
                Place(document.path, figure.line, 1),
                f"Word 装不下 SVG 图片“{figure.file.rpartition('/')[2]}”，图的位置写着它的内容说明。",
                "要在 Word 里也有图，改用 PNG；网页、PDF、EPUB 里都有这幅图。",
            )
            for figure in figures(document.blocks)
            if figure.file and figure.file not in pictures
        )
        content = _repacked(docx_document(document, pictures), document)
        assets.append(Asset(addresses.document_docx(source.issue, document), content))
    return EditionFiles(tuple(assets), tuple(found))


def _pictures(document: FullText, read_bytes: Callable[[str], bytes]) -> dict[str, HeldPicture]:
    """Return the pictures of ``document`` that Word can hold, by project path."""
    held: dict[str, HeldPicture] = {}
    for figure in figures(document.blocks):
        if figure.file and (picture := held_picture(figure.file, read_bytes(figure.file), PICTURE_TYPES)):
            held[figure.file] = picture
    return held


def _repacked(content: bytes, document: FullText) -> bytes:
    """Return the Word file ``content`` with the date of ``document`` in place of that of today."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return package(members, document.date)
