"""The items of an issue: the parts that are typeset separately, each as HTML."""

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
"""Characters on a line of the contents (12 pt on A4), with room left for the leader and the page number."""
STYLE_SHEETS = ("tokens.css", "print/print.css")


@dataclass(frozen=True, slots=True)
class Item:
    """A part of an issue whose layout does not depend on the other parts."""

    name: str
    """``cover``, ``masthead``, ``contents``, ``inside-cover``, ``back-cover``, or the slug of a document;
    ``/furniture`` is added for the running heads and folios of a document's pages."""
    html: str
    pictures: tuple[str, ...] = ()
    """Project paths of its pictures."""


class Items:
    """Renders the items of an issue."""

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
        """Return the cover (封面)."""
        return self._item("cover", "cover", site_qr="qr:" + self._publication.site_url)

    def inside_cover(self) -> Item | None:
        """Return the imprint (版权页), or None when there is none."""
        if not self._publication.printing.inside_cover:
            return None
        return self._item("inside-cover", "inside-cover")

    def masthead(self) -> Item:
        """Return the masthead (刊头) with the distribution list (赠阅范围)."""
        return self._item("masthead", "masthead")

    def contents(self, first_pages: Mapping[str, int]) -> Item:
        """Return the contents (目录); ``first_pages`` has the page where each document begins, by slug."""
        measure = CONTENTS_MEASURE + 2 * (self._page.characters - 18)
        lines = {
            document.slug: joined_lines(document.title_lines, measure) for document in self._issue.documents
        }
        return self._item("contents", "contents", contents_lines=lines, first_pages=first_pages)

    def back_cover(self) -> Item:
        """Return the back cover (封底)."""
        return self._item("back-cover", "back-cover")

    def document(self, document: FullText) -> Item:
        """Return a document, from its title to the contact box."""
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
        """Return the running heads and folios of the pages ``first`` to ``first + count - 1``."""
        series = f"{self._publication.name} · {issue_name(self._issue)}"
        pages = [
            {"number": number, "running_head": document.title if number % 2 else series}
            for number in range(first, first + count)
        ]
        return self._item(f"{document.slug}/furniture", "furniture", pages=pages)


def style(publication: Publication, templates: Templates, faces: Sequence[Face]) -> str:
    """Return the CSS of printed pages of ``publication``'s size, set in ``faces``."""
    environ = environment(templates)
    page = page_format(publication.page_size)
    return "\n".join(
        (
            environ.get_template("print/faces.css").render(faces=faces),
            environ.get_template("print/page.css").render(page=page),
            *(templates.read_text(sheet) for sheet in STYLE_SHEETS),
        )
    )
