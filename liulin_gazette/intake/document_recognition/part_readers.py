"""Readers for the parts after a document's head: addressees, signature, instrument, annexes, rosters, contact, text.

Each reader returns None for a part that is not its own. The first that returns a ``Reading`` has the part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.intake.document_recognition.annex_lines import is_like_title, read_annex, read_annex_note
from liulin_gazette.intake.document_recognition.contact_fields import (
    CONTACT_KEYS,
    contact_fields,
    is_contact_at_end,
    labelled_fields,
)
from liulin_gazette.intake.document_recognition.contents_lists import CONTENTS_TITLES, leave_out_contents
from liulin_gazette.intake.document_recognition.document_state import (
    DocumentState,
    Position,
    Reader,
    Reading,
    as_front_matter,
    as_markdown,
    left_out,
)
from liulin_gazette.intake.document_recognition.listed_names import (
    are_names,
    is_person_with_post,
    names_in,
    read_names,
)
from liulin_gazette.intake.document_recognition.origin_lines import read_origin
from liulin_gazette.intake.document_recognition.quoted_mail import leave_out_quoted_mail
from liulin_gazette.intake.document_recognition.signature_lines import (
    is_at_signature,
    read_minutes_line,
    read_signature,
)
from liulin_gazette.intake.drafts import (
    Conversion,
    doubt_marks,
    figure_markdown,
    paragraph_markdown,
    part_text,
    table_markdown,
    verification_mark,
    with_line_breaks,
)
from liulin_gazette.intake.line_kinds import (
    ARTICLE,
    COLOPHON,
    DIVISION,
    EDITION,
    INSTRUMENTS,
    LEVELS,
    NO_TEXT,
    NOTE_LINE,
    PAGE_NUMBER,
    ROSTER,
    RULE_LINE,
    TITLE,
    are_lines_of_units,
    division,
    heading_level,
    is_roster_line,
    is_short_heading,
    names_units,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Grid, Line, Part, Picture
from liulin_gazette.intake.marked_text import footnotes, marked, part_of, stripped
from liulin_gazette.intake.portal_lines import FOOT, is_line_of_portal
from liulin_gazette.source.markdown.foreign_marks import escaped

MAX_FIELD_LENGTH = 400
"""Characters. A longer part is body text, whatever words it begins with."""
MAX_ADDRESSEES = 120
"""Characters."""
_MAX_ADDRESS_LINES = 6
"""Lines over which 主送 may run."""
MAX_INSTRUMENT_TITLE = 80
"""Characters."""
_MAX_COPIES = 6
"""Lines over which 抄送 may run."""
MAX_LEVEL = 5
"""The lowest level of headings."""
MIN_LIST_LEVEL = 4
"""Short lines of this level (1.) and deeper (（1）) may be list items instead of headings."""
_INSTRUMENT = re.compile(
    rf"(?:{INSTRUMENTS}|.{{3}}[目名]录|责任分工|任务分解表?)(?:[（(](?:试行|暂行|修订)[）)])?$"
)

_LETTER = re.compile("(?:告知书|通知书|决定书|催告书|送达公告|函)$")
"""Ends of the titles of letters, which may be addressed to people without a number of their own."""
_DISTRIBUTION = re.compile(r"(?:发|送|报|印发|发送|主送)\s*[：:](?!.*\d)")
"""How the line begins that says at the end of minutes to whom they go."""
_REMARK = re.compile(r"[（(][^（()）]{2,40}[）)]")
"""A line in brackets, such as （本文有删减）, with which no title begins."""


def read_part(state: DocumentState, position: Position) -> Reading:
    """Read the part at ``position`` and those that belong to it."""
    part = position.part
    if isinstance(part, Grid):
        return _read_grid(state, part)
    if isinstance(part, Picture):
        return _read_picture(state, position, part)
    for reader in _LINE_READERS:
        reading = reader(state, position)
        if reading is not None:
            return reading
    return _read_text(state, position)


def _read_picture(state: DocumentState, position: Position, picture: Picture) -> Reading:
    """Leave out the seal on the signature; take over any other picture, with a mark if it lies on the signature."""
    is_on_signature = picture.is_over_text and is_at_signature(state, position)
    if is_on_signature and picture.is_of_seal_size:
        return left_out(state, picture, "压在落款上的图（印章），公报不印")
    name = f"图{len(state.pictures) + 1}{picture.suffix}"
    markdown = figure_markdown(picture, name)
    if is_on_signature:
        markdown += "\n\n" + verification_mark("浮在落款附近的图，核对是不是印章", picture.place)
    state = replace(state, pictures=(*state.pictures, (name, picture.content)))
    return as_markdown(state, picture, markdown)


def _read_addressees(state: DocumentState, position: Position) -> Reading | None:
    if state.has_text or state.addressees:
        return None
    lines: list[Part] = []
    for part in position.parts[position.index : position.index + _MAX_ADDRESS_LINES]:
        if not isinstance(part, Line):
            return None
        lines.append(part)
        if not part.text.strip().endswith(("，", "、", ",")):
            break
    words = "".join(part_text(part).strip() for part in lines)
    text = without_spaces(words)
    if not text.endswith(("：", ":")) or len(text) > MAX_ADDRESSEES:
        return None
    is_letter = bool(state.head.number) or bool(_LETTER.search(state.head.title))
    if heading_level(text) or not names_units(text, is_letter):
        return None
    if lines[1:] and not are_lines_of_units([without_spaces(part_text(part)) for part in lines], is_letter):
        return None
    readings = [as_front_matter(state, part, "主送") for part in lines]
    return Reading(replace(state, addressees=words), tuple(each.conversions[0] for each in readings))


def _read_release(state: DocumentState, position: Position) -> Reading | None:
    note = NOTE_LINE.match(without_spaces(position.text))
    if state.release or note is None:
        return None
    if choice := note["choice"]:
        return left_out(replace(state, release=choice), position.part, "公开方式取自这一行，由程序印出")
    return as_front_matter(replace(state, release=note["note"]), position.part, "公开方式")


def _leave_out_page_matter(state: DocumentState, position: Position) -> Reading | None:
    """Leave out what the page adds by itself, and the colophon."""
    text = without_spaces(position.text)
    if text in ("扫码阅读", "扫一扫"):
        return left_out(state, position.part, "二维码下的字，由程序印出")
    if COLOPHON.search(text) or _continues_colophon(position) or _is_distribution(state, position):
        return left_out(state, position.part, "版记")
    if RULE_LINE.match(text):
        return left_out(state, position.part, "用字符画的线")
    if PAGE_NUMBER.match(text):
        return left_out(state, position.part, "写在正文里的页码")
    if NO_TEXT.match(text):
        return left_out(state, position.part, "“此页无正文”，公报接着排，不印")
    if is_line_of_portal(position.text, state.has_text, len(position.parts) - position.index):
        return left_out(state, position.part, FOOT)
    return None


def _is_distribution(state: DocumentState, position: Position) -> bool:
    """Tell whether the line says at the end of minutes to whom they go: 发：县财政局 (GB/T 9704-2012 §10.3)."""
    left = len(position.parts) - position.index
    is_last = left == 1 or (left == 2 and COLOPHON.search(without_spaces(part_text(position.parts[-1]))))
    return bool("纪要" in state.head.title and is_last and _DISTRIBUTION.match(position.text))


def _continues_colophon(position: Position) -> bool:
    """Tell whether the line goes on with 抄送 above it: that breaks off, and this one ends it or 印发 follows."""
    before = position.parts[: position.index][::-1][:_MAX_COPIES]
    above = next((part for part in before if COLOPHON.match(without_spaces(part_text(part)))), None)
    if above is None or not isinstance(position.part, Line):
        return False
    between = [part_text(part).rstrip() for part in before[: before.index(above) + 1]]
    if any(text.endswith(("。", "发")) or RULE_LINE.match(without_spaces(text)) for text in between):
        return False
    following = part_text(position.following) if position.following else ""
    return all(text.endswith(("，", "、", "；", ",")) for text in between) or "印发" in following


def _read_contact(state: DocumentState, position: Position) -> Reading | None:
    """Read 政策咨询: its title, and lines that hold its fields."""
    part, text = position.part, part_text(position.part)
    if len(text) > MAX_FIELD_LENGTH:
        return None
    if without_spaces(text) == "政策咨询" and not state.has_contact_title:
        return as_front_matter(replace(state, has_contact_title=True), part, "政策咨询")
    if not state.has_contact_title and not is_contact_at_end(position):
        return None
    fields = contact_fields(text)
    if not fields or not position.text.startswith(tuple(key[0] for key in CONTACT_KEYS)):
        return None
    contact = dict(state.contact)
    for key, value in fields.items():
        words = without_spaces(value) if key == "责任人" else value
        if not value or contact.get(key, words) != words:  # Perhaps no field after all: the line stays text.
            return _read_text(replace(state, contact=contact), position)
        contact[key] = words
    return as_front_matter(replace(state, contact=contact), part, "政策咨询")


def _read_roster(state: DocumentState, position: Position) -> Reading | None:
    """Read two or more lines of posts and people as 名单; each of the first ones without a role is certainly a person."""
    conversions: list[Conversion] = []
    has_role = False
    for part in position.parts[position.index :]:
        if not isinstance(part, Line) or len(part.text) >= MAX_FIELD_LENGTH:
            break
        entry = ROSTER.match(part.text.strip())
        if entry is None or not is_roster_line(part.text.strip()):
            break
        if not conversions and not entry["role"] and not is_person_with_post(part.text):
            return None
        if conversions and not has_role and not is_person_with_post(part.text):
            break
        has_role = has_role or bool(entry["role"])
        conversions.append(Conversion(part.place, part.text, _roster_rows(entry)))
    if len(conversions) < 2:
        return None
    rows = [conversion.result for conversion in conversions]
    return Reading(state, tuple(conversions), ("\n".join(["::: 名单", *rows, ":::"]),))


def _roster_rows(entry: re.Match[str]) -> str:
    """Return the row of the person in ``entry``; further names in place of a post have rows of their own."""
    role = without_spaces(entry["role"] or "")
    name, post = (
        without_spaces(entry["name"]) + ("（兼）" if entry["also"] else ""),
        entry["post"] or entry["bracketed"] or "",
    )
    if are_names(post):
        return "\n".join([f"{role} | {name} |", *(f" | {each} |" for each in names_in(post))])
    return f"{role} | {name} | {without_spaces(post)}".rstrip()


def _read_instrument_title(state: DocumentState, position: Position) -> Reading | None:
    """Read the title of the 印发件, on one line or up to three."""
    if state.instrument or state.is_in_annex:
        return None
    for count in (1, 2, 3):
        lines = position.parts[position.index : position.index + count]
        if len(lines) < count or not all(isinstance(part, Line) and part_text(part) for part in lines):
            return None
        title = "".join(without_spaces(part_text(part)) for part in lines)
        following = position.parts[position.index + count : position.index + count + 1]
        is_instrument = _INSTRUMENT.search(title) or _is_named_before(state, position, title)
        if following and _is_named_before(state, position, title + without_spaces(part_text(following[0]))):
            continue  # The text names more than these lines have.
        if is_instrument and _is_instrument_title(state, title, lines, position):
            if following and EDITION.match(without_spaces(part_text(following[0]))):
                lines = (*lines, *following)
                title += without_spaces(part_text(following[0]))
            return Reading(
                replace(state, instrument=title),
                tuple(Conversion(part.place, part_text(part), f"# {title}") for part in lines),
                (f"# {escaped(title)}",),
            )
    return None


def _is_named_before(state: DocumentState, position: Position, title: str) -> bool:
    """Tell whether ``title`` is that of the text which an order names and puts into force."""
    if not state.head.is_order or "关于" not in title or len(title) > MAX_INSTRUMENT_TITLE:
        return False
    if not state.has_text and TITLE.match(title):
        return True  # The order consists of the text.
    text = "".join(part_text(part) for part in position.parts[: position.index])
    return _unmarked(title) in _unmarked(text)


def _unmarked(title: str) -> str:
    return re.sub(r"[《》〈〉（）()“”\"\s]", "", title)


def _is_instrument_title(state: DocumentState, title: str, lines: Sequence[Part], position: Position) -> bool:
    """Tell whether ``title`` is named in the document's title, or stands like a title after the signature."""
    is_contents = without_spaces(part_text(lines[-1])) in CONTENTS_TITLES
    if len(title) > MAX_INSTRUMENT_TITLE or "。" in title or heading_level(title) or is_contents:
        return False
    if len(lines) > 1 and _REMARK.fullmatch(without_spaces(part_text(lines[0]))):
        return False
    is_named = _unmarked(title) in _unmarked(state.head.title) or _is_named_before(state, position, title)
    return is_named or (state.is_signed and all(is_like_title(part) for part in lines))


def _is_list_item(position: Position) -> bool:
    """Tell whether a short numbered line is an item of a list, not the heading of what follows."""
    line, level = position.part, heading_level(position.text)
    if level < MIN_LIST_LEVEL or (isinstance(line, Line) and line.level):
        return False
    before, after = (
        part_text(part).strip() if part else "" for part in (position.previous, position.following)
    )
    label = next(pattern for pattern, number in LEVELS if number == level)
    return before.endswith(("：", ":")) or level == heading_level(before) or bool(label.match(after))


def _read_text(state: DocumentState, position: Position) -> Reading:
    """Read the line as a heading, an article or a paragraph."""
    line, text = position.part, position.text
    assert isinstance(line, Line)
    if state.has_contact_title and len(state.contact) == len(CONTACT_KEYS):
        line = replace(line, doubts=(*line.doubts, "在政策咨询之后，是不是正文"))
    level = 0 if _is_list_item(position) else heading_level(text) or _styled_level(line, text)
    level = state.numbered_levels.get(position.index) or level
    is_division = division(text) is not None
    line = stripped(line)
    if level or is_division:
        heading = _on_one_line(line, is_division)
        return as_markdown(state, line, f"{'#' * (level or 2)} {heading}{_after(line)}")
    if label := ARTICLE.match(text):
        start = len(text) - len(text[label.end() :].lstrip())
        words = marked(text[start:], marks=part_of(line.marks, start, len(text)))
        return as_markdown(state, line, f"{label[0]} {with_line_breaks(words)}{_after(line)}")
    strong = line.strong if _has_run_in_heading(line, text) or _is_partly_strong(line) else ()
    return as_markdown(state, line, paragraph_markdown(replace(line, strong=strong)))


def _styled_level(line: Line, text: str) -> int:
    """Return the level of a heading that only its style in the manuscript tells of: 2 for the highest; 0 for text."""
    if not line.level or not text or ARTICLE.match(text) or not is_short_heading(text):
        return 0
    return min(line.level + 1, MAX_LEVEL)


def _on_one_line(line: Line, is_division: bool) -> str:
    """Return the Markdown of a heading: a tab after its number and a line break are dropped, other tabs are spaces."""
    words = re.sub(r"(?<=[、.．）)])\t+", "", marked(line.text, marks=line.marks))
    if is_division:
        words = re.sub(r"[ 　\t\n]+", " ", words)
        label = DIVISION.match(words)
        return f"{label[0]} {words[label.end() :].lstrip()}" if label else words
    words = re.sub(r"(?<=[^ -~])[ 　]*\n[ 　]*|[ 　]*\n[ 　]*(?=[^ -~])", "", words)
    return re.sub(r"[\t\n]+", " ", words)


def _after(line: Line) -> str:
    """Return what follows the text of ``line``: its doubts and its footnotes."""
    return doubt_marks(line) + footnotes(line.marks)


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
        fields = contact_fields(" ".join(cell.replace("\n", " ") for cell in cells)) or labelled_fields(cells)
        if "责任单位" in fields and len(without_spaces(text)) < 200:
            return as_front_matter(replace(state, contact={**fields, **state.contact}), grid, "政策咨询")
    return as_markdown(state, grid, table_markdown(grid))


_LINE_READERS: tuple[Reader, ...] = (
    _read_addressees,
    _read_release,
    _leave_out_page_matter,
    leave_out_quoted_mail,
    _read_contact,
    read_minutes_line,
    read_origin,
    read_signature,
    read_annex_note,
    read_annex,
    leave_out_contents,
    read_names,
    _read_roster,
    _read_instrument_title,
)
"""Readers of lines, in the order in which they are asked."""
