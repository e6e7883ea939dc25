"""The covers 要目 and 图片 of 封面样式: the name and the data of the issue above, the publisher below, content between.

From above: the name in red with its romanisation, a thick rule over a thin one, a line with number, 总期号 and date,
and a thin rule; at the foot the publisher beside the QR code, below a thin rule. A4 is the design; on a smaller page all
of it is in proportion. All measures are in pt.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import HIGHLIGHTS_COVER, PICTURE_COVER
from liulin_gazette.model.publication import Issue, Section
from liulin_gazette.pdf.composition.display_type import (
    DESIGN_MEASURE,
    Display,
    cover_name,
    cover_romanisation,
    publisher_beside,
)
from liulin_gazette.pdf.composition.page_format import MM, PageFormat
from liulin_gazette.text.title_lines import joined_lines, title_lines

_TOP, _LEAST_TOP = 62, 50
"""From the upper edge to the name, on A4 and on the smallest page: above it stands 准印证号."""
_RULES, _BAND = 26, 47
"""The space of the double rule, and of the line with the data of the issue and the rule below it."""
_ROMANISED_SPACE = 4
_FOOT_BOTTOM, _FOOT_PADDING, _QR, _QR_LABEL = 15 * MM, 12, 20 * MM, 14
_LIST_SPACE = 30
"""Around the list of main documents."""
_HEADING = 46
"""The heading 本期要目 with the space below it."""
_SECTION_SPACE = 9
_MORE = 26
"""The line that tells how many documents the list has no room for."""
_PAGE_NUMBER = 4
"""Characters of a line that the leader and the page number take."""
_STEPS = ((14.0, 23.0, 9.0), (12.0, 20.0, 6.0), (10.5, 17.0, 5.0))
"""Size, leading and space between entries: the largest at which the whole list has room is chosen."""
_PICTURE_SHARE = 0.24
"""The part of the page's height that a picture above the list of main documents may take."""
CAPTION_DEPTH, PICTURE_SPACE = 20, 18
"""The caption of a picture, and the space above and below the picture."""
LEAST_PICTURE = 90


@dataclass(frozen=True, slots=True)
class CoverFrame:
    """The parts of a cover around its content."""

    title: Display
    romanised: Display
    publisher: Display
    scale: float
    """1 on A4, less on a smaller page."""
    top: float
    """From the upper edge to the name."""
    bottom: float
    """From the foot to the lower edge."""
    qr: float
    """Width of the QR code."""
    head_depth: float
    """From the upper edge to the end of the rule below the data of the issue."""
    foot_depth: float
    """From the rule above the publisher to the lower edge."""

    def room(self, page: PageFormat) -> float:
        """Return the height between head and foot."""
        return page.height - self.head_depth - self.foot_depth


def cover_frame(gazette: Gazette, page: PageFormat) -> CoverFrame:
    """Return the frame of a cover of ``gazette``."""
    scale = min(1.0, page.measure / DESIGN_MEASURE)
    title, romanised = cover_name(gazette, page), cover_romanisation(gazette, page)
    qr = round(_QR * max(scale, 0.8), 2)
    publisher = publisher_beside(gazette, page.measure - qr - 24 * scale)
    top = max(_LEAST_TOP, _TOP * scale)
    head = top + title.depth + _ROMANISED_SPACE + romanised.depth + (_RULES + _BAND) * scale
    foot = _FOOT_BOTTOM + _FOOT_PADDING + max(qr + _QR_LABEL, publisher.depth)
    return CoverFrame(
        title,
        romanised,
        publisher,
        round(scale, 4),
        round(top, 2),
        round(_FOOT_BOTTOM, 2),
        qr,
        round(head, 2),
        round(foot, 2),
    )


def style_of_cover(gazette: Gazette, issue: Issue) -> str:
    """Return 封面样式 as it holds for ``issue``: one of 图片 without a picture has the main documents."""
    style = gazette.printing.cover_style
    return HIGHLIGHTS_COVER if style == PICTURE_COVER and not issue.faces.cover_picture else style


@dataclass(frozen=True, slots=True)
class HighlightEntry:
    """A document in the list of main documents."""

    slug: str
    lines: tuple[str, ...]
    page: int
    """The printed number of its first page."""


@dataclass(frozen=True, slots=True)
class HighlightGroup:
    """The documents of a section (栏目) in the list of main documents."""

    name: str
    """Empty where the editor has chosen the documents, or there is one section only."""
    entries: tuple[HighlightEntry, ...]


@dataclass(frozen=True, slots=True)
class Highlights:
    """The list of main documents (要目) on a cover."""

    groups: tuple[HighlightGroup, ...]
    size: float
    leading: float
    space: float
    """Between two entries."""
    drop: float
    """Space above the list, where it fills little of the page."""
    left_out: int
    """How many documents of the issue it does not have."""


def highlights(issue: Issue, first_pages: Mapping[str, int], page: PageFormat, room: float) -> Highlights:
    """Return the main documents of ``issue`` that have ``room``, which is the height between head and foot.

    Those that issue.toml names are listed in its order; otherwise all, and where there are too many, the first ones of
    each section in turn. ``first_pages`` has the page where each document begins, by slug.
    """
    sections = _chosen(issue) or issue.sections
    scale = min(1.0, page.measure / DESIGN_MEASURE)
    whole = sum(len(section.documents) for section in issue.sections)
    space = room - _LIST_SPACE - _HEADING * scale
    for size, leading, gap in _STEPS:
        found = _set(sections, first_pages, page, (size * scale, leading * scale, gap * scale))
        listed = sum(len(group.entries) for group in found.groups)
        left = space - _depth(found) - (_MORE * scale if listed < whole else 0)
        if left >= 0:
            return _placed(found, whole - listed, left)
    smallest = tuple(measure * scale for measure in _STEPS[-1])
    space -= _MORE * scale
    counts = [0] * len(sections)
    best = _set((), first_pages, page, smallest)
    for index in _turns(sections):
        counts[index] += 1
        some = tuple(
            Section(section.name, section.documents[:count])
            for section, count in zip(sections, counts, strict=True)
            if count
        )
        found = _set(some, first_pages, page, smallest)
        if _depth(found) > space:
            break
        best = found
    listed = sum(len(group.entries) for group in best.groups)
    return _placed(best, whole - listed, space - _depth(best))


def _placed(found: Highlights, left_out: int, left: float) -> Highlights:
    """Return ``found`` with a little of the height that is ``left`` above it."""
    return Highlights(
        found.groups, found.size, found.leading, found.space, round(min(54.0, left / 5), 2), left_out
    )


def _chosen(issue: Issue) -> tuple[Section, ...]:
    """Return the documents that issue.toml names (要目) as one section without a name; empty if it names none."""
    by_name = {document.path.rpartition("/")[2]: document for document in issue.documents}
    documents = tuple(by_name[name] for name in issue.faces.highlights if name in by_name)
    return (Section("", documents),) if documents else ()


def _turns(sections: Sequence[Section]) -> list[int]:
    """Return the index of a section for each document, the first ones of all sections first."""
    return [
        index
        for _, index in sorted(
            (position, index)
            for index, section in enumerate(sections)
            for position in range(len(section.documents))
        )
    ]


def _set(
    sections: Sequence[Section],
    first_pages: Mapping[str, int],
    page: PageFormat,
    measures: Sequence[float],
) -> Highlights:
    """Return the documents of ``sections`` in the size, leading and space ``measures``."""
    size, leading, space = measures
    measure = max(8, math.floor(page.measure / size) - _PAGE_NUMBER)
    has_names = len(sections) > 1
    groups = tuple(
        HighlightGroup(
            section.name if has_names else "",
            tuple(
                HighlightEntry(document.slug, _lines(document, measure), first_pages[document.slug])
                for document in section.documents
            ),
        )
        for section in sections
    )
    return Highlights(groups, round(size, 2), round(leading, 2), round(space, 2), 0, 0)


def _lines(document: Document, measure: int) -> tuple[str, ...]:
    """Return the title of ``document`` in lines; the number of an order follows, since many orders have one title."""
    title = document.title + (f"（{document.order_number}）" if document.order else "")
    anew = title_lines(title, measure=measure)
    lines = joined_lines(document.title_lines, measure)
    if document.order or len(lines) > len(anew) or max(map(len, lines)) > measure:
        return anew
    return lines


def _depth(found: Highlights) -> float:
    """Return the height of the list."""
    depth = 0.0
    for group in found.groups:
        depth += (found.leading + _SECTION_SPACE) if group.name else 0
        depth += sum(len(entry.lines) * found.leading + found.space for entry in group.entries)
    return depth


def picture_depth_above_list(page: PageFormat, has_caption: bool) -> float:
    """Return the greatest height of a picture above the list of main documents."""
    return round(_PICTURE_SHARE * page.height - (CAPTION_DEPTH if has_caption else 0), 2)


def full_width_picture_depth(frame: CoverFrame, page: PageFormat, has_caption: bool) -> float:
    """Return the height of the picture that reaches from edge to edge, between head and foot."""
    caption = CAPTION_DEPTH if has_caption else 0
    return round(max(LEAST_PICTURE, frame.room(page) - PICTURE_SPACE - caption), 2)
