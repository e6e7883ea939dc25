"""The items of an issue: the parts that are typeset separately, each as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor

from jinja2 import Environment

from liulin_gazette.model.blocks import Footnote, Footnotes, figures, walk
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import (
    HIGHLIGHTS_COVER,
    INSIDE_BACK,
    INSIDE_FRONT,
    MASTHEAD,
    PICTURE_COVER,
    Imprint,
    InsidePage,
    merged_imprint,
)
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition import cover_places, picture_space
from liulin_gazette.pdf.composition.closing_parts import closing_at, with_room_for_closing
from liulin_gazette.pdf.composition.display_type import (
    MastheadType,
    back_cover_type,
    cover_type,
    masthead_type,
)
from liulin_gazette.pdf.composition.document_columns import pages_of_documents
from liulin_gazette.pdf.composition.document_runs import runs_annexes_on
from liulin_gazette.pdf.composition.flow import Segment, segments, signature_form
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.framed_cover import (
    CAPTION_DEPTH,
    PICTURE_SPACE,
    cover_frame,
    full_width_picture_depth,
    highlights,
    picture_depth_above_list,
    style_of_cover,
)
from liulin_gazette.pdf.composition.page_format import LINE_HEIGHT, PageFormat, page_format
from liulin_gazette.pdf.composition.printed_titles import broken_notes, subtitle_measure, with_titles_on_page
from liulin_gazette.pdf.composition.short_texts import lines_below_title
from liulin_gazette.pdf.composition.spine_type import LEADING, spine_type
from liulin_gazette.rendering.signatures import SignatureForm
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import NAME_CELLS, NAME_GAP, environment
from liulin_gazette.text.title_lines import filled_lines
from liulin_gazette.web import addresses

CONTENTS_LEADER = 4
"""em of a line of the contents that are left for the leader and the page number."""
MASTHEAD_CONTENTS_HEAD, CONTENTS_SECTION = 64, 44
"""pt: the heading of the contents on the masthead with the space around it, and the name of a section."""
MOST_IMPRINT_LINES = 20
"""Lines of an imprint that fit at the foot of a page for certain; more of them begin at its head."""
STYLE_SHEETS = ("tokens.css", "print/print.css")
LARGE_NAME = "（大字版）"


@dataclass(frozen=True, slots=True)
class Item:
    """A part of an issue whose layout does not depend on the other parts."""

    name: str
    """``cover``, ``inside-cover``, ``masthead``, ``contents``, ``pictures-1``, ``inside-back``, ``back-cover``, ``spine``,
    or the slug of a document; ``/run`` is added where others follow it on its pages, ``/furniture`` for the running
    heads and folios of a document's pages."""
    html: str
    pictures: tuple[str, ...] = ()
    """Project paths of its pictures."""


@dataclass(frozen=True, slots=True)
class _Article:
    """A document as its template shows it."""

    document: FullText
    segments: tuple[Segment, ...]
    held_depth: int
    """pt of its text that stand below its title on the same page; 0 where it begins a page."""
    annexes_follow: bool
    closing_at: int | None
    """Index of the segment below which 来源 and 政策咨询 stand; None where they stand at the end."""
    printed_footnotes: Mapping[str, Footnote]
    """By mark."""
    url: str
    qr: str
    """Its address as a picture."""
    column: int
    """Characters in a line of its columns."""
    original: tuple[int, int] | None
    """Its first and last page in the printed issue, where the pages are those of the large print."""


class Items:
    """Renders the items of an issue."""

    def __init__(
        self,
        gazette: Gazette,
        issue: Issue,
        templates: Templates,
        originals: Mapping[str, tuple[int, int]] | None = None,
    ) -> None:
        """``originals`` are the first and last page of each document in the printed issue, by slug, for the large print."""
        self._gazette = gazette
        self._issue = issue
        self._templates: Environment = environment(templates)
        self._page = page_format(gazette.page_size, gazette.body)
        self._originals = originals or {}

    def _item(self, name: str, template: str, pictures: Sequence[str] = (), **values: object) -> Item:
        html = self._templates.get_template(f"print/{template}.html").render(
            publication=self._gazette, issue=self._issue, is_large=self._page.is_large, **values
        )
        return Item(name, html, tuple(pictures))

    def cover(self, first_pages: Mapping[str, int]) -> Item:
        """Return the cover (封面) in its style; ``first_pages`` has the page where each document begins, by slug."""
        style = style_of_cover(self._gazette, self._issue)
        if style == HIGHLIGHTS_COVER:
            return self._highlights_cover(first_pages)
        return self._picture_cover() if style == PICTURE_COVER else self._plain_cover()

    def _plain_cover(self) -> Item:
        publication, faces, page = self._gazette, self._issue.faces, self._page
        display = cover_type(publication, page)
        lines, picture = publication.printing.cover_lines, faces.cover_picture
        permit = faces.permit or publication.printing.permit
        return self._item(
            "cover",
            "cover",
            pictures=[picture.file] if picture else [],
            site_qr="qr:" + publication.site_url,
            type=display,
            shows_total="总期号" in lines and self._issue.total is not None,
            shows_date="出版日期" in lines,
            permit=permit,
            permit_names_itself="准印证" in permit,
            picture=picture,
            picture_top=picture_space.cover_picture_top(display, page, bool(lines)),
            picture_depth=picture_space.cover_picture_depth(
                display, page, bool(lines), bool(picture and picture.caption)
            ),
        )

    def _highlights_cover(self, first_pages: Mapping[str, int]) -> Item:
        picture, frame = self._issue.faces.cover_picture, cover_frame(self._gazette, self._page)
        has_caption = bool(picture and picture.caption)
        depth = picture_depth_above_list(self._page, has_caption)
        room = frame.room(self._page)
        if picture:
            room -= depth + (CAPTION_DEPTH if has_caption else 0) + 2 * PICTURE_SPACE
        listed = highlights(self._issue, first_pages, self._page, room)
        return self._framed_cover("cover-highlights", listed=listed, picture_depth=depth)

    def _picture_cover(self) -> Item:
        picture, frame = self._issue.faces.cover_picture, cover_frame(self._gazette, self._page)
        depth = full_width_picture_depth(frame, self._page, bool(picture and picture.caption))
        return self._framed_cover("cover-picture", picture_depth=depth)

    def _framed_cover(self, template: str, **values: object) -> Item:
        publication, faces = self._gazette, self._issue.faces
        picture = faces.cover_picture
        permit = faces.permit or publication.printing.permit
        return self._item(
            "cover",
            template,
            pictures=[picture.file] if picture else [],
            site_qr="qr:" + publication.site_url,
            frame=cover_frame(publication, self._page),
            permit=permit,
            permit_names_itself="准印证" in permit,
            picture=picture,
            **values,
        )

    def inside_cover(self) -> Item | None:
        """Return the inside of the cover (封二), or None when it is blank."""
        return self._inside_page("inside-cover", INSIDE_FRONT, self._issue.faces.inside_front)

    def inside_back(self) -> Item | None:
        """Return the inside of the back cover (封三), or None when it is blank."""
        return self._inside_page("inside-back", INSIDE_BACK, self._issue.faces.inside_back)

    def _inside_page(self, name: str, place: str, content: InsidePage) -> Item | None:
        """Return an inside page with its ``content``, and with the imprint (版权页) where that has its ``place``."""
        printing = self._gazette.printing
        imprint = merged_imprint(printing.inside_cover, self._issue.faces.imprint)
        if printing.imprint_page != place:
            imprint = ()
        if content.is_empty and not imprint:
            return None
        return self._item(
            name,
            "inside-cover",
            pictures=[content.picture.file] if content.picture else [],
            content=content,
            imprint=imprint,
            is_filled=not content.is_empty or len(imprint) > MOST_IMPRINT_LINES,
            picture_depth=picture_space.inside_picture_depth(content, imprint, self._page),
        )

    def picture_pages(self) -> tuple[Item, ...]:
        """Return the pages of pictures (图片页)."""
        return tuple(
            self._item(
                f"pictures-{number}",
                "pictures",
                pictures=[picture.file for picture in content.pictures],
                content=content,
                anchor=f"pictures-{number}",
                rows=picture_space.picture_rows(content),
                picture_depth=picture_space.row_picture_depth(content, self._page),
            )
            for number, content in enumerate(self._issue.faces.picture_pages, 1)
        )

    def masthead(self, first_pages: Mapping[str, int]) -> Item:
        """Return the masthead (刊头) with the distribution list (赠阅范围), and what the settings place there.

        That is the imprint (版权页), and the contents, for which ``first_pages`` has the first page of each document.
        """
        return self._item(
            "masthead",
            "masthead",
            type=self._masthead_type,
            imprint=self._masthead_imprint,
            with_contents=self.contents_are_on_masthead,
            contents_lines=self._contents_lines,
            first_pages=first_pages,
        )

    @cached_property
    def _masthead_imprint(self) -> Imprint:
        printing = self._gazette.printing
        if printing.imprint_page != MASTHEAD:
            return ()
        return merged_imprint(printing.inside_cover, self._issue.faces.imprint)

    @cached_property
    def _masthead_type(self) -> MastheadType:
        depth = picture_space.imprint_depth(self._masthead_imprint, self._page)
        return masthead_type(self._gazette, self._page, depth)

    @cached_property
    def contents_are_on_masthead(self) -> bool:
        """Whether the contents stand on the masthead: in large print; else where 目录位置 says so and all find room."""
        if self._page.is_large:
            return True
        if self._gazette.printing.contents_place != MASTHEAD:
            return False
        depth = MASTHEAD_CONTENTS_HEAD + sum(
            CONTENTS_SECTION
            + sum(len(self._contents_lines[each.slug]) * LINE_HEIGHT + 6 for each in section.documents)
            for section in self._issue.sections
        )
        return depth <= self._masthead_type.room

    @cached_property
    def _contents_lines(self) -> dict[str, tuple[str, ...]]:
        """The lines of each document in the contents, by slug."""
        measure = floor(self._page.measure / self._page.front_type) - CONTENTS_LEADER
        return {
            document.slug: tuple(
                line for name in _contents_names(document) for line in filled_lines(name, measure)
            )
            for document in self._issue.documents
        }

    def contents(self, first_pages: Mapping[str, int]) -> Item:
        """Return the contents (目录); ``first_pages`` has the page where each document begins, by slug."""
        return self._item(
            "contents", "contents", contents_lines=self._contents_lines, first_pages=first_pages
        )

    def back_cover(self) -> Item:
        """Return the back cover (封底)."""
        return self._item("back-cover", "back-cover", type=back_cover_type(self._gazette, self._page))

    def spine(self) -> Item | None:
        """Return the words on the spine (书脊), or None where the binding has none."""
        if not self._gazette.printing.is_perfect_bound:
            return None
        size = spine_type(self._gazette, self._issue)
        return self._item("spine", "spine", size=size, leading=round(size * LEADING, 2))

    def document(self, document: FullText) -> Item:
        """Return a document on pages of its own, from its title to the contact box."""
        return self._documents(document.slug, (document,))

    def run(self, documents: Sequence[FullText]) -> Item:
        """Return ``documents``, one below the other on their pages where there are several (接排)."""
        name = documents[0].slug
        return self._documents(name if len(documents) == 1 else f"{name}/run", documents)

    def _documents(self, name: str, documents: Sequence[FullText]) -> Item:
        pages = pages_of_documents(self._gazette, self._issue, documents)
        form = signature_form(self._gazette.signatures_abreast, documents, pages)
        files = {
            figure.file: "content:/" + figure.file
            for document in documents
            for figure in figures(document.blocks)
            if figure.file
        }
        return self._item(
            name,
            "document",
            pictures=sorted(files),
            articles=[
                self._article(document, pages[document.slug], form, is_following=index > 0)
                for index, document in enumerate(documents)
            ],
            signature_form=form,
            figures=files,
            subtitle_measure=subtitle_measure(self._page),
            note_lines=broken_notes(documents, self._page),
        )

    def _article(
        self, document: FullText, page: PageFormat, form: SignatureForm, is_following: bool
    ) -> _Article:
        url = addresses.absolute(self._gazette, addresses.document_page(self._issue, document))
        printed = with_titles_on_page(document, page)
        parts = with_room_for_closing(document, segments(printed, page, form), page)
        measure = page.characters if parts and parts[0].kind == "columns" else page.columns * page.characters
        held = lines_below_title(document, parts[0].blocks if parts else (), measure) if is_following else 0
        return _Article(
            printed,
            parts,
            held * page.leading,
            runs_annexes_on(self._issue, document),
            closing_at(parts),
            {
                note.mark: note
                for block, _ in walk(document.blocks)
                if isinstance(block, Footnotes)
                for note in block.notes
            },
            url,
            "qr:" + url,
            page.characters,
            self._originals.get(document.slug),
        )

    def furniture(self, part: str, heads: Sequence[tuple[int, str]]) -> Item:
        """Return the running heads and folios of the pages of ``part``, which is named like its item.

        ``heads`` has the printed number of each page, and the title at its head.
        """
        series = (
            f"{self._gazette.name} · {issue_name(self._issue)}{LARGE_NAME if self._page.is_large else ''}"
        )
        pages = [
            {"number": number, "running_head": head if number % 2 else series, "folio": f"— {number} —"}
            for number, head in heads
        ]
        return self._item(f"{part}/furniture", "furniture", pages=pages)

    def furniture_alone(self, document: Document, count: int, first: int, last: int) -> Item:
        """Return the running heads of a document on ``count`` pages of its own that shares pages in the issue.

        They say on which pages of the issue it stands, ``first`` to ``last``.
        """
        printed = f"第{first}页" if first == last else f"第{first}—{last}页"
        head = f"{self._gazette.name} · {issue_name(self._issue)}　{printed}"
        pages = [{"number": number, "running_head": head, "folio": ""} for number in range(1, count + 1)]
        return self._item(f"{document.slug}/furniture", "furniture", pages=pages)


def _contents_names(document: Document) -> tuple[str, ...]:
    """Return the title of ``document``; that of an order, of which many have one title, with its number and instruments."""
    if document.order:
        return (f"{document.title}（{document.order_number}）", *document.instruments)
    return (document.title,)


def style(gazette: Gazette, templates: Templates, faces: Sequence[Face]) -> str:
    """Return the CSS of printed pages of ``gazette``'s size, set in ``faces``."""
    environ = environment(templates)
    page = page_format(gazette.page_size, gazette.body)
    return "\n".join(
        (
            environ.get_template("print/faces.css").render(faces=faces),
            environ.get_template("print/page.css").render(
                page=page, cover=cover_places, name_cells=NAME_CELLS, name_gap=NAME_GAP
            ),
            *(templates.read_text(sheet) for sheet in STYLE_SHEETS),
            *(() if page.has_usual_type else [environ.get_template("print/body.css").render(page=page)]),
            *([templates.read_text("print/large.css")] if page.is_large else ()),
        )
    )
