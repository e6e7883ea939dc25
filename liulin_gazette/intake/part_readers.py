"""Readers for the parts after a document's head: addressees, signature, instrument, annexes, rosters, contact, text.

Each reader returns None for a part that is not its own. The first that returns a ``Reading`` has the part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from liulin_gazette.intake.drafts import (
    Conversion,
    Head,
    doubt_marks,
    escape,
    figure_markdown,
    paragraph_markdown,
    part_text,
    table_markdown,
)
from liulin_gazette.intake.line_kinds import (
    ANNEX,
    ANNEX_NOTE,
    ARTICLE,
    DATE_LINE,
    DIVISION,
    INSTRUMENTS,
    LEVELS,
    NOTE_LINE,
    ROSTER,
    heading_level,
    is_roster_line,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Grid, Line, Part, Picture
from liulin_gazette.text.numerals import chinese_number

CONTACT_KEYS = ("责任单位", "责任股室", "责任人", "电话")
"""Fields of 政策咨询, in the order of ``model.publication.Contact``."""
MAX_FIELD_LENGTH = 400
"""Characters. A longer part is body text, whatever words it begins with."""
MIN_LIST_LEVEL = 4
"""Short lines of this level (1.) and deeper (（1）) may be list items instead of headings."""
CONTACT_TAIL = 8
"""Fields of 政策咨询 without a title above them are looked for among this many last parts only."""
_CONTACT_FIELD = re.compile(
    r"(责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]\s*(.*?)(?=\s*(?:责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]|$)",
    re.DOTALL,
)
_INSTRUMENT = re.compile(rf"(?:{INSTRUMENTS})(?:[（(](?:试行|暂行|修订)[）)])?$")
_COLOPHON = re.compile(r"^(?:抄送|抄报|主题词)\s*[：:]|年\d{1,2}月\d{1,2}日印发$")
_ZEROS = str.maketrans("〇○零", "〇〇〇")


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of a document after some of its parts have been read."""

    head: Head
    issuer: str
    """From the title; empty if the title names none."""
    has_text: bool = False
    """Whether the draft has any Markdown yet."""
    addressees: str = ""
    release: str = ""
    """公开方式."""
    date: str = ""
    """成文日期 as ``2026-01-12``."""
    is_signed: bool = False
    instrument: str = ""
    """Title of the 印发件 that has begun."""
    is_in_annex: bool = False
    has_contact_title: bool = False
    contact: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields of 政策咨询 by their names in ``CONTACT_KEYS``."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """File names and contents."""


@dataclass(frozen=True, slots=True)
class Position:
    """A part among all parts of its document."""

    parts: Sequence[Part]
    index: int

    @property
    def part(self) -> Part:
        """The part itself."""
        return self.parts[self.index]

    @property
    def text(self) -> str:
        """The text of the part, without spaces around it."""
        return part_text(self.part).strip()

    @property
    def previous(self) -> Part | None:
        """The part before it."""
        return self.parts[self.index - 1] if self.index else None

    @property
    def following(self) -> Part | None:
        """The part after it."""
        return self.parts[self.index + 1] if self.index + 1 < len(self.parts) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one part, or several that belong together, became."""

    state: DocumentState
    """The state after them."""
    conversions: tuple[Conversion, ...]
    """One for each part read."""
    markdown: tuple[str, ...] = ()
    """Paragraphs and blocks for the draft."""


Reader = Callable[[DocumentState, Position], Reading | None]


def read_part(state: DocumentState, position: Position) -> Reading:
    """Read the part at ``position`` and those that belong to it."""
    part = position.part
    if isinstance(part, Grid):
        return _read_grid(state, part)
    if isinstance(part, Picture):
        name = f"图{len(state.pictures) + 1}{part.suffix}"
        state = replace(state, pictures=(*state.pictures, (name, part.content)))
        return _as_markdown(state, part, figure_markdown(part, name))
    for reader in _LINE_READERS:
        reading = reader(state, position)
        if reading is not None:
            return reading
    return _read_text(state, position)


def _as_markdown(state: DocumentState, part: Part, markdown: str) -> Reading:
    return Reading(state, (Conversion(part.place, part_text(part), markdown),), (markdown,))


def _as_front_matter(state: DocumentState, part: Part, key: str) -> Reading:
    return Reading(state, (Conversion(part.place, part_text(part), f"文首·{key}"),))


def _left_out(state: DocumentState, part: Part, reason: str) -> Reading:
    return Reading(state, (Conversion(part.place, part_text(part), "", reason),))


def _read_addressees(state: DocumentState, position: Position) -> Reading | None:
    text = without_spaces(position.text)
    if state.has_text or state.addressees or not text.endswith(("：", ":")) or len(text) > 120:
        return None
    return _as_front_matter(replace(state, addressees=position.text), position.part, "主送")


def _read_release(state: DocumentState, position: Position) -> Reading | None:
    note = NOTE_LINE.match(without_spaces(position.text))
    if state.release or note is None:
        return None
    return _as_front_matter(replace(state, release=note["note"]), position.part, "公开方式")


def _leave_out_page_matter(state: DocumentState, position: Position) -> Reading | None:
    """Leave out what the page adds by itself, and the colophon."""
    text = without_spaces(position.text)
    if text in ("扫码阅读", "扫一扫"):
        return _left_out(state, position.part, "二维码下的字，由程序印出")
    if _COLOPHON.search(text):
        return _left_out(state, position.part, "版记")
    return None


def _read_contact(state: DocumentState, position: Position) -> Reading | None:
    """Read 政策咨询: its title, and lines that hold its fields."""
    part, text = position.part, part_text(position.part)
    if len(text) > MAX_FIELD_LENGTH:
        return None
    if without_spaces(text) == "政策咨询":
        return _as_front_matter(replace(state, has_contact_title=True), part, "政策咨询")
    if not state.has_contact_title and position.index < len(position.parts) - CONTACT_TAIL:
        return None
    fields = _contact_fields(text)
    if not fields or not position.text.startswith(tuple(key[0] for key in CONTACT_KEYS)):
        return None
    contact = dict(state.contact)
    for key, value in fields.items():
        if not value:  # Perhaps no field after all: the line stays text.
            return _read_text(replace(state, contact=contact), position)
        contact.setdefault(key, without_spaces(value) if key == "责任人" else value)
    return _as_front_matter(replace(state, contact=contact), part, "政策咨询")


def _contact_fields(text: str) -> dict[str, str]:
    """Return the fields of 政策咨询 in ``text`` by their names in ``CONTACT_KEYS``; values may be empty."""
    return {
        "电话" if "话" in key else key: re.split(r"\t|扫码阅读", value.strip())[0].rstrip("，,；; ")
        for key, value in _CONTACT_FIELD.findall(text)
        if not re.search(r"[。]", value)
    }


def _read_signature(state: DocumentState, position: Position) -> Reading | None:
    """Read issuer and date, which the page prints from the front matter."""
    if state.is_signed:
        return None
    text = without_spaces(position.text)
    if date := DATE_LINE.match(text):
        iso_date = _iso_date(date["year"], date["month"], date["day"])
        return _as_front_matter(replace(state, date=iso_date, is_signed=True), position.part, "成文日期")
    following = position.following
    is_issuer = text == without_spaces(state.issuer)
    if is_issuer and isinstance(following, Line) and DATE_LINE.match(without_spaces(following.text)):
        return _as_front_matter(state, position.part, "发文机关")
    return None


def _read_annex(state: DocumentState, position: Position) -> Reading | None:
    """Read the label of an annex, with the title on the next line if it is there."""
    text, part, following = position.text, position.part, position.following
    annex = ANNEX.match(text)
    if annex is None or ANNEX_NOTE.match(text) or not (state.is_signed or state.instrument):
        return None
    if len(text) > 60 or text.endswith(("。", "；")):
        return None
    title = annex["title"].strip()
    title_part = following if not title and _is_like_title(following) else None
    if title_part is not None:
        title = part_text(title_part).strip()
    opening = " ".join(filter(None, ("::: " + annex["label"], annex["number"], without_spaces(title))))
    conversions = [Conversion(part.place, part_text(part), opening)]
    if title_part is not None:
        conversions.append(Conversion(title_part.place, part_text(title_part), "附件标题"))
    return Reading(
        replace(state, is_in_annex=True),
        tuple(conversions),
        (":::", opening) if state.is_in_annex else (opening,),
    )


def _read_roster(state: DocumentState, position: Position) -> Reading | None:
    """Read two or more lines of posts and people as 名单."""
    conversions: list[Conversion] = []
    for part in position.parts[position.index :]:
        if not isinstance(part, Line) or len(part.text) >= MAX_FIELD_LENGTH:
            break
        entry = ROSTER.match(part.text.strip())
        if entry is None or not is_roster_line(part.text.strip()):
            break
        if not conversions and not entry["role"]:
            return None
        conversions.append(Conversion(part.place, part.text, _roster_row(entry)))
    if len(conversions) < 2:
        return None
    rows = [conversion.result for conversion in conversions]
    return Reading(state, tuple(conversions), ("\n".join(["::: 名单", *rows, ":::"]),))


def _roster_row(entry: re.Match[str]) -> str:
    role = without_spaces(entry["role"] or "")
    name = without_spaces(entry["name"]) + ("（兼）" if entry["also"] else "")
    post = without_spaces(entry["post"] or "")
    return f"{role} | {name} | {post}".rstrip()


def _read_instrument_title(state: DocumentState, position: Position) -> Reading | None:
    """Read the title of the 印发件, on one line or up to three."""
    for count in (1, 2, 3):
        lines = position.parts[position.index : position.index + count]
        if len(lines) < count or not all(isinstance(part, Line) for part in lines):
            return None
        title = "".join(without_spaces(part_text(part)) for part in lines)
        if _INSTRUMENT.search(title) and _is_instrument_title(state, title, lines):
            return Reading(
                replace(state, instrument=title),
                tuple(Conversion(part.place, part_text(part), f"# {title}") for part in lines),
                (f"# {escape(title)}",),
            )
    return None


def _is_instrument_title(state: DocumentState, title: str, lines: Sequence[Part]) -> bool:
    """Tell whether ``title`` is named in the document's title, or stands like a title after the signature."""
    if state.instrument or len(title) > 80 or "。" in title or heading_level(title):
        return False
    marks = r"[《》（）()“”\"]"
    is_named = re.sub(marks, "", title) in re.sub(marks, "", state.head.title)
    return is_named or (state.is_signed and all(_is_like_title(part) for part in lines))


def _is_list_item(position: Position) -> bool:
    """Tell whether a short numbered line is an item of a list, not the heading of what follows."""
    line, level = position.part, heading_level(position.text)
    if level < MIN_LIST_LEVEL or (isinstance(line, Line) and line.level):
        return False
    before, after = (
        part_text(part).strip() if part else "" for part in (position.previous, position.following)
    )
    return before.endswith(("：", ":")) or level in (heading_level(before), heading_level(after))


def _read_text(state: DocumentState, position: Position) -> Reading:
    """Read the line as a heading, an article or a paragraph."""
    line, text = position.part, position.text
    assert isinstance(line, Line)
    if state.has_contact_title and len(state.contact) == len(CONTACT_KEYS):
        line = replace(line, doubts=(*line.doubts, "在政策咨询之后，是不是正文"))
    level = 0 if _is_list_item(position) else heading_level(text)
    is_division = bool(DIVISION.match(text)) and len(text) <= 30
    if level or is_division:
        title = re.sub(r"[ 　\t]+", " ", text).strip() if is_division else text
        return _as_markdown(state, line, f"{'#' * (level or 2)} {escape(title)}{doubt_marks(line)}")
    if label := ARTICLE.match(text):
        words = text[label.end() :].strip()
        return _as_markdown(state, line, f"{label[0]} {escape(words)}{doubt_marks(line)}")
    strong = line.strong if _has_run_in_heading(line, text) or _is_partly_strong(line) else ()
    markdown = paragraph_markdown(Line(line.text.strip(), line.place, strong=strong, doubts=line.doubts))
    return _as_markdown(state, line, markdown)


def _has_run_in_heading(line: Line, text: str) -> bool:
    """Tell whether a paragraph begins with a numbered heading in strong type."""
    return bool(line.strong) and line.strong[0][0] == 0 and any(label.match(text) for label, _ in LEVELS)


def _is_partly_strong(line: Line) -> bool:
    """Tell whether the line is worth strong type: not if all of a long line is strong."""
    return bool(line.strong) and not (line.strong == ((0, len(line.text)),) and len(line.text) > 40)


def _read_grid(state: DocumentState, grid: Grid) -> Reading:
    """Read a table; a small one with the fields of 政策咨询 goes into the front matter."""
    cells = [cell.text for row in grid.rows for cell in row]
    text = "\n".join(cells)
    if len(text) <= MAX_FIELD_LENGTH:
        fields = _contact_fields(" ".join(cell.replace("\n", " ") for cell in cells))
        if "责任单位" in fields and len(without_spaces(text)) < 200:
            return _as_front_matter(replace(state, contact={**fields, **state.contact}), grid, "政策咨询")
    return _as_markdown(state, grid, table_markdown(grid))


def _is_like_title(part: Part | None) -> bool:
    return (
        isinstance(part, Line)
        and (part.centred or part.level > 0 or bool(part.strong) or len(part.text) <= 40)
        and not part.text.strip().endswith(("。", "；", "：", "，"))
    )


def _iso_date(year: str, month: str, day: str) -> str:
    """Return a written date as ``2026-01-12``. The parts may be in Chinese numerals."""
    if not year.isdigit():
        year = "".join(str("〇一二三四五六七八九".index(digit)) for digit in year.translate(_ZEROS))
    numbers = [int(part) if part.isdigit() else chinese_number(part) for part in (month, day)]
    return f"{year}-{numbers[0]:02}-{numbers[1]:02}"


_LINE_READERS: tuple[Reader, ...] = (
    _read_addressees,
    _read_release,
    _leave_out_page_matter,
    _read_contact,
    _read_signature,
    _read_annex,
    _read_roster,
    _read_instrument_title,
)
"""Readers of lines, in the order in which they are asked."""
