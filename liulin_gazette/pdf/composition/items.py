"""What is typeset by itself: each part of an issue as HTML, ready for the typesetter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from liulin_gazette.model.blocks import figures
from liulin_gazette.model.publication import Document, FullText, Issue, Publication
from liulin_gazette.pdf.composition.flow import segments
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment, issue_name
from liulin_gazette.source.titles import joined_lines
from liulin_gazette.web import addresses

CONTENTS_MEASURE = 34
"""Characters in one line of the contents at 12 pt on A4, with room for the leader and the page number."""
STYLE_SHEETS = ("tokens.css", "print/print.css")


@dataclass(frozen=True, slots=True)
class Item:
    """A part of an issue that is laid out without knowing of the others."""

    name: str
    """``cover``, ``masthead``, ``contents``, ``inside-cover``, ``back-cover``, a document's slug, or that
    with ``/furniture`` for the running heads and folios of its pages."""
    html: str
    pictures: tuple[str, ...] = ()
    """Project paths of the pictures in it."""


class Items:
    """Renders the items of one issue."""

    def __init__(self, publication: Publication, issue: Issue, templates: Templates) -> None:
        self._publication = publication
        self._issue = issue
        self._templates: Environment = environment(templates)
        self._page = page_format(publication.page_size)

    def _item(self, name: str, template: str, pictures: Sequence[str] = (), **values: object) -> Item:
        html = self._templates.get_template(f"print/{template}.html").render(
            publication=self._publication, issue=self._issue, **values
        )
        return Item(name, html, tuple(pictures))

    def cover(self) -> Item:
        """封面."""
        return self._item("cover", "cover", site_qr="qr:" + self._publication.site_url)

    def inside_cover(self) -> Item | None:
        """版权页, when there is one."""
        if not self._publication.printing.inside_cover:
            return None
        return self._item("inside-cover", "inside-cover")

    def masthead(self) -> Item:
        """刊头 and 赠阅范围."""
        return self._item("masthead", "masthead")

    def contents(self, first_pages: Mapping[str, int]) -> Item:
        """目录, with the printed page number on which each document (by slug) begins."""
        measure = CONTENTS_MEASURE + 2 * (self._page.characters - 18)
        lines = {
            document.slug: joined_lines(document.title_lines, measure) for document in self._issue.documents
        }
        return self._item("contents", "contents", contents_lines=lines, first_pages=first_pages)

    def back_cover(self) -> Item:
        """封底."""
        return self._item("back-cover", "back-cover")

    def document(self, document: FullText) -> Item:
        """One document, from its title to its contact box."""
        url = addresses.absolute(self._publication, addresses.document_page(self._issue, document))
        files = {figure.file: "content:/" + figure.file for figure in figures(document.blocks) if figure.file}
        return self._item(
            document.slug,
            "document",
            pictures=sorted(files),
            document=document,
            segments=segments(document, self._page),
            figures=files,
            document_url=url,
            document_qr="qr:" + url,
        )

    def furniture(self, document: Document, first: int, count: int) -> Item:
        """Running heads and folios of the pages ``first`` to ``first + count - 1``."""
        series = f"{self._publication.name} · {issue_name(self._issue)}"
        pages = [
            {"number": number, "running_head": document.title if number % 2 else series}
            for number in range(first, first + count)
        ]
        return self._item(f"{document.slug}/furniture", "furniture", pages=pages)


def style(publication: Publication, templates: Templates, faces: Sequence[Face]) -> str:
    """Return the CSS of the printed page for ``publication``'s page size and ``faces``."""
    environ = environment(templates)
    page = page_format(publication.page_size)
    return "\n".join(
        (
            environ.get_template("print/faces.css").render(faces=faces),
            environ.get_template("print/page.css").render(page=page),
            *(templates.read_text(sheet) for sheet in STYLE_SHEETS),
        )
    )
