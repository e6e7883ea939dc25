"""An independent count of an OFD file: each TextCode of each page, of its templates and of its annotations.

It looks for TextCode elements alone, in the order of the file, and knows nothing of their places; it shares with the
reader only the table of radicals.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from liulin_gazette.intake.account import SourceText
from liulin_gazette.intake.pdf_files.pdf_account import pieces_of_page


def count_ofd(content: bytes) -> Iterator[SourceText]:
    """Yield the pieces of text of an OFD file that has been opened before, page by page."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for number, words in _pages(_Trees(archive)):
            yield from pieces_of_page(number, words)


class _Trees:
    """The roots of the parts of an archive by their paths from its top, in small letters; each is parsed when asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {"/" + name.lower().lstrip("/"): name for name in archive.namelist()}

    def get(self, path: str) -> ElementTree.Element | None:
        """Return the root of the part at ``path``; None without one."""
        name = self._names.get(path)
        return ElementTree.fromstring(self._archive.read(name)) if name else None


def _pages(trees: _Trees) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for path in (_path("/", each.text) for each in _all(trees.get("/ofd.xml"), "DocRoot")):
        document, folder = trees.get(path), posixpath.dirname(path)
        templates = {
            each.get("ID"): _path(folder, each.get("BaseLoc")) for each in _all(document, "TemplatePage")
        }
        notes: dict[str | None, list[str]] = {}
        for listed in (_path(folder, each.text) for each in _all(document, "Annotations")):
            for page in _all(trees.get(listed), "Page"):
                locations = [_path(posixpath.dirname(listed), each.text) for each in _all(page, "FileLoc")]
                notes.setdefault(page.get("PageID"), []).extend(locations)
        for page in _all(document, "Page"):
            number += 1
            own = _path(folder, page.get("BaseLoc"))
            used = [
                (each.get("ZOrder"), templates.get(each.get("TemplateID"), ""))
                for each in _all(trees.get(own), "Template")
            ]
            order = [
                *(template for place, template in used if place != "Foreground"),
                own,
                *(template for place, template in used if place == "Foreground"),
                *notes.get(page.get("ID"), ()),
            ]
            yield number, [word for each in order for word in _words(trees.get(each))]


def _words(root: ElementTree.Element | None) -> Iterator[str]:
    for code in _all(root, "TextCode"):
        yield from (code.text or "").split()


def _path(folder: str, target: str | None) -> str:
    return posixpath.normpath(posixpath.join(folder, (target or "").strip().replace("\\", "/"))).lower()


def _all(root: ElementTree.Element | None, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in root.iter() if each.tag.split("}")[-1] == name) if root is not None else iter(())
