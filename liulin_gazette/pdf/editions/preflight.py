"""The preflight report (印前检查): what printers ask before they make plates, answered from the file itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from jinja2 import Environment

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import INSIDE_BACK, INSIDE_FRONT, MASTHEAD
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.press import SADDLE_STITCH, SPOT, TWO_PLATES, Press
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.page_format import BLEED, MM
from liulin_gazette.pdf.editions.bound_cover import SPINE_WITH_WORDS, THINNEST_SPINE, spine_width
from liulin_gazette.pdf.editions.foldouts import Foldout, Inserts, facing_pages
from liulin_gazette.pdf.editions.print_edition import SLUG, PressEdition, PressPage
from liulin_gazette.pdf.write.book import BookPage
from liulin_gazette.pdf.write.colour_profiles import CUSTOM, PressCondition, is_stand_in

MIN_RESOLUTION = 200
"""Pixels per inch below which a picture looks coarse on paper; printers ask for 300."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in the report; its fields are keys of the JSON file."""

    sheet: int
    """Number of the page (面) in binding order, from 1."""
    name: str
    side: str
    """右 or 左."""
    inks: str
    note: str
    total_ink: int
    """The most ink at one place, in percent."""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """The separate file of the cover of a perfect-bound issue; its fields are keys of the JSON file."""

    trim: str
    """The size of the whole cover, spread out."""
    spine: float
    """Width of the spine in mm, computed from the thickness of the papers."""
    has_words: bool
    """Whether the spine is wide enough for words."""
    inks: tuple[str, str]
    """Of the outside and the inside."""
    total_ink: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FoldoutLine:
    """A leaf that folds out (折页), a page of a file of its own; its fields are keys of the JSON file."""

    page: int
    """In its file, from 1."""
    place: str
    """Where it is put in."""
    trim: str
    folds: tuple[float, float]
    """mm from the edge where it is bound."""
    inks: str
    total_ink: int
    note: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """The report; its fields are the keys of the JSON file."""

    title: str
    total: int | None
    """总期号; None where the issue has none."""
    pages: int
    sheets: int
    """Sheets of four pages."""
    blank_pages: int
    trim: str
    bleed: str
    media: str
    gutter: str
    standard: str
    condition: str
    faces: tuple[str, ...]
    colour_pages: tuple[int, ...]
    black_pages: int
    lowest_resolution: int
    """Pixels per inch; 0 when there are no pictures."""
    binding: str
    paper: str
    sha256: str
    lines: tuple[PageLine, ...]
    warnings: tuple[str, ...]
    paper_kind: str
    """纸类: coated or uncoated."""
    ink_limit: int
    """The most ink that the paper takes at one place, in percent."""
    total_ink: int
    """The most ink at any place of the issue, in percent."""
    plates: tuple[str, ...]
    """The plates of the coloured pages."""
    red: str
    """How red is printed, in words."""
    is_perfect_bound: bool
    cover: CoverLine | None
    """None where the cover is in the file of the pages."""
    overprint: str
    contact: str
    """Whom the printers call."""
    foldouts: tuple[FoldoutLine, ...]
    foldouts_sha256: str
    """Of the file of the leaves that fold out; empty where there are none."""


def preflight_report(
    gazette: Gazette,
    issue: Issue,
    edition: PressEdition,
    cover: PressEdition | None = None,
    inserts: Inserts | None = None,
) -> Preflight:
    """Return the preflight report of ``edition``, of its ``cover`` where that is bound round it, and of its ``inserts``."""
    pages = edition.pages
    width, height = pages[0].trim
    printing, press = gazette.printing, gazette.printing.press
    leaves = inserts.edition.pages if inserts else ()
    every = (*pages, *(cover.pages if cover else ()), *leaves)
    resolutions = [picture.resolution for page in every for picture in page.pictures]
    return Preflight(
        title=f"{gazette.name} {issue_name(issue)}",
        total=issue.total,
        pages=len(pages),
        sheets=len(pages) // 4,
        blank_pages=sum(page.book_page.part.name == "blank" for page in pages),
        trim=_size(width, height),
        bleed=f"四边各 {round(BLEED / MM):g} mm",
        media=_size(width + 2 * SLUG, height + 2 * SLUG),
        gutter=f"版心离开订口 {printing.gutter_shift:g} mm",
        standard="PDF/X-4（ISO 15930-7）",
        condition=_condition_in_words(edition.condition),
        faces=edition.faces,
        colour_pages=tuple(number for number, page in enumerate(pages, 1) if _is_coloured(page)),
        black_pages=sum(page.inks == "K" and not page.has_spot for page in pages),
        lowest_resolution=min(resolutions, default=0),
        binding=printing.binding,
        paper=printing.paper,
        sha256=hashlib.sha256(edition.pdf).hexdigest(),
        lines=tuple(
            _line(number, page, _imprint_page(gazette, issue), press.spot_name)
            for number, page in enumerate(pages, 1)
        ),
        warnings=tuple(_warnings(gazette, edition, cover, leaves)),
        paper_kind=press.paper_kind,
        ink_limit=press.total_ink,
        total_ink=max(page.total_ink for page in every),
        plates=_plates(every, press),
        red=_red_in_words(press),
        is_perfect_bound=printing.is_perfect_bound,
        cover=_cover_line(cover, pages, press) if cover else None,
        overprint="没有设置叠印；没有做陷印（Trapped: False），由厂方按需要做",
        contact="，".join(filter(None, (gazette.publisher, gazette.back_cover.phone))),
        foldouts=tuple(_foldout_lines(inserts, pages, cover is not None, press.spot_name)) if inserts else (),
        foldouts_sha256=hashlib.sha256(inserts.edition.pdf).hexdigest() if inserts else "",
    )


def json_report(report: Preflight) -> bytes:
    """Return ``report`` as JSON, for programs."""
    return (json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n").encode()


def html_report(report: Preflight, environ: Environment) -> bytes:
    """Return ``report`` as a page to read and to print."""
    return environ.get_template("print/preflight.html").render(report=report).encode()


PART_NAMES = {
    "cover": "封面",
    "masthead": MASTHEAD,
    "contents": "目录",
    "back-cover": "封底",
    "blank": "空白",
}
IMPRINT_PAGES = {"inside-cover": INSIDE_FRONT, "inside-back": INSIDE_BACK, "masthead": MASTHEAD}


def _line(number: int, page: PressPage, imprint_page: str, spot_name: str) -> PageLine:
    book_page = page.book_page
    is_imprint = IMPRINT_PAGES.get(book_page.part.name) == imprint_page
    name = _page_name(book_page) + ("（版权页）" if is_imprint else "")
    notes = ["横排，表头在左"] if book_page.page.landscape else []
    notes += _picture_notes(page)
    side = "右" if number % 2 else "左"
    return PageLine(number, name, side, _inks(page, spot_name) or "—", "；".join(notes), page.total_ink)


def _page_name(page: BookPage) -> str:
    name = page.part.name
    numbered = f"第 {page.number} 页" if page.number else "图片页"
    return PART_NAMES.get(name) or IMPRINT_PAGES.get(name) or numbered


def foldout_place(leaf: Foldout, bound: Sequence[BookPage], has_own_cover: bool) -> str:
    """Return in words where ``leaf`` is put in; arguments as of ``facing_pages``.

    ``夹在第 2、3 页之间``; beyond the numbered pages with the numbers in the file: ``夹在第 16 页与第 19 面（封三）之间``.
    """
    left, right = facing_pages(leaf, bound, has_own_cover)
    if right < len(bound) and bound[left].number and bound[right].number:
        return f"夹在第 {bound[left].number}、{bound[right].number} 页之间"
    sides = [
        _page_name(page) if page.number else f"第 {index} 面（{_page_name(page)}）"
        for index, page in enumerate(bound[left : right + 1], left + 1)
    ]
    return f"夹在{'与'.join([*sides, '封面文件的封三'][:2])}之间"


def _picture_notes(page: PressPage) -> list[str]:
    return [f"图片 {picture.resolution} ppi" for picture in page.pictures] + [
        f"图片的墨原有 {picture.inks.asked}%，已降到 {picture.inks.total}%"
        for picture in page.pictures
        if picture.inks.asked > picture.inks.total
    ]


def _foldout_lines(
    inserts: Inserts, pages: Sequence[PressPage], has_own_cover: bool, spot_name: str
) -> Iterator[FoldoutLine]:
    bound = [page.book_page for page in pages]
    for number, (leaf, page) in enumerate(zip(inserts.leaves, inserts.edition.pages, strict=True), 1):
        first, second = leaf.folds
        yield FoldoutLine(
            number,
            foldout_place(leaf, bound, has_own_cover),
            _size(*page.trim),
            (round(first / MM, 1), round(second / MM, 1)),
            _inks(page, spot_name) or "—",
            page.total_ink,
            "；".join(_picture_notes(page)),
        )


def _inks(page: PressPage, spot_name: str) -> str:
    """``K``, ``CMYK``, ``K＋公文红``: the plates that ``page`` needs."""
    return "＋".join(filter(None, (page.inks, spot_name if page.has_spot else "")))


def _is_coloured(page: PressPage) -> bool:
    return bool(set(page.inks) - {"K"}) or page.has_spot


def _plates(pages: Iterable[PressPage], press: Press) -> tuple[str, ...]:
    pages = tuple(pages)
    names = {"C": "青", "M": "品红", "Y": "黄", "K": "黑"}
    process = (name for ink, name in names.items() if any(ink in page.inks for page in pages))
    return (*process, *((press.spot_name,) if any(page.has_spot for page in pages) else ()))


def _red_in_words(press: Press) -> str:
    if press.red == SPOT:
        return f"专色“{press.spot_name}”，替代色是四色值"
    return "品红和黄两块版" if press.red == TWO_PLATES else "四色"


def _condition_in_words(condition: PressCondition) -> str:
    """``FOGRA39``; ``FOGRA51（输出特性文件 press.icc：PSO Coated v3）``."""
    if not condition.own_file:
        return condition.identifier
    about = "：".join(filter(None, (f"输出特性文件 {condition.own_file}", condition.description)))
    return about if condition.identifier == CUSTOM else f"{condition.identifier}（{about}）"


def _cover_line(cover: PressEdition, pages: Sequence[PressPage], press: Press) -> CoverLine:
    spine = spine_width(len(pages), press)
    outside, inside = cover.pages
    return CoverLine(
        _size(*outside.trim),
        spine,
        spine >= SPINE_WITH_WORDS,
        (_inks(outside, press.spot_name) or "—", _inks(inside, press.spot_name) or "—"),
        max(page.total_ink for page in cover.pages),
        hashlib.sha256(cover.pdf).hexdigest(),
    )


def _imprint_page(gazette: Gazette, issue: Issue) -> str:
    """Return the page that has the imprint (版权页): 封二, 封三 or 刊头; empty where there is none."""
    has_imprint = gazette.printing.inside_cover or issue.faces.imprint
    return gazette.printing.imprint_page if has_imprint else ""


def _warnings(
    gazette: Gazette, edition: PressEdition, cover: PressEdition | None, leaves: Sequence[PressPage]
) -> Iterator[str]:
    pages = edition.pages
    named = [(f"第 {number} 面", page) for number, page in enumerate(pages, 1)]
    named += zip(("封面文件的外面", "封面文件的里面"), cover.pages if cover else (), strict=False)
    named += [(f"折页 {number} ", page) for number, page in enumerate(leaves, 1)]
    for name, page in named:
        for value in (picture.resolution for picture in page.pictures):
            if value < MIN_RESOLUTION:
                yield f"{name}有一幅图片只有 {value} ppi，印出来会模糊；请换成 300 ppi 以上的原图。"
    press = gazette.printing.press
    if cover:
        spine = spine_width(len(pages), press)
        if spine < THINNEST_SPINE:
            yield (
                f"内文 {len(pages)} 面，书脊只有 {spine:g} mm，胶订粘不住（至少 {THINNEST_SPINE:g} mm）；"
                "请把“印刷”的“装订”改为骑马订，或核对“纸厚”。"
            )
    elif len(pages) > press.most_stitched and SADDLE_STITCH in gazette.printing.binding:
        yield (
            f"共 {len(pages)} 面，骑马订太厚（最多 {press.most_stitched} 面），折口会鼓起、里外页错开；"
            "请与厂方商量改胶订（“印刷”的“装订”写“胶订”）。"
        )
    if press.profile and is_stand_in(edition.condition, press):
        yield (
            f"这一期发布时用的输出特性文件“{press.profile.file}”不在 content 文件夹里了，或换成了别的；"
            f"付印文件改用 {edition.condition.identifier}。要照原来的付印，把原来的文件放回去再生成。"
        )
    if gazette.site_url_is_placeholder:
        yield "封面和各篇的二维码还是占位网址，不能付印。"


def _size(width: float, height: float) -> str:
    return f"{width / MM:.1f} × {height / MM:.1f} mm"
