"""The text of one document after its head: addressees, signature, instrument, annexes, rosters, contact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.drafts import Draft, Head, Row, doubtful, escaped, figure, marked_up, table, words
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
    TITLE,
    heading_level,
    is_roster_line,
    squeezed,
)
from liulin_gazette.intake.manuscript import Grid, Line, Part, Picture
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.model.publication import Contact
from liulin_gazette.text.numerals import chinese_number

CONTACT = ("责任单位", "责任股室", "责任人", "电话")
_CONTACT = re.compile(
    r"(责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]\s*(.*?)(?=\s*(?:责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]|$)",
    re.DOTALL,
)
LONGEST_FIELD = 400
"""A part of more characters is text, whatever words begin it."""
ITEM_FROM = 4
"""Short lines numbered 1. or （1） may be items of a list."""
CONTACT_FROM_END = 8
"""Without its title, 政策咨询 is looked for in so many last parts."""
_INSTRUMENT = re.compile(rf"(?:{INSTRUMENTS})(?:[（(](?:试行|暂行|修订)[）)])?$")
_COLOPHON = re.compile(r"^(?:抄送|抄报|主题词)\s*[：:]|年\d{1,2}月\d{1,2}日印发$")
_DIGITS = str.maketrans("〇○零", "〇〇〇")


def draft(head: Head, head_parts: Sequence[Part], parts: Sequence[Part]) -> Draft:
    """Return the draft of the document with ``head`` and the ``parts`` after it."""
    body = _Body(head)
    for part in head_parts:
        body.rows.append(Row(part.place, words(part), "文首"))
    body.read(parts)
    return body.draft()


class _Body:
    """Reads the parts in order; keeps the lines of the draft and what became of each part."""

    def __init__(self, head: Head) -> None:
        self._head = head
        found = TITLE.match(head.title)
        self._issuer = found["issuer"] if found else ""
        self.rows: list[Row] = []
        self._lines: list[str] = []
        self._pictures: list[tuple[str, bytes]] = []
        self._addressees = self._date = self._release = ""
        self._contact: dict[str, str] = {}
        self._instrument = ""
        self._annex_opened = self._is_signed = self._is_contact = False

    def read(self, parts: Sequence[Part]) -> None:
        at = 0
        while at < len(parts):
            written = len(self._lines)
            used = self._one(parts, at)
            became = "".join(self._lines[written:])
            doubts = "".join(_doubts(part) for part in parts[at : at + used] if isinstance(part, Line))
            if doubts and doubts not in became:
                self._lines.append(doubts)
            at += used
        if self._annex_opened:
            self._lines.append(":::")

    def draft(self) -> Draft:
        """Return what was read, with a mark where something is missing."""
        number = canonical_form(self._head.number) if self._head.number else None
        missing = "来稿里没有找到"
        contact = Contact(*(self._contact.get(key, "") or doubtful(missing) for key in CONTACT))
        document = NewDocument(
            title=self._head.title or doubtful(missing),
            number=str(number) if number else doubtful(missing),
            issuer=self._issuer or doubtful(missing),
            date=self._date or doubtful(missing),
            addressees=self._addressees,
            release=self._release or doubtful(missing),
            contact=contact,
            body="\n\n".join(self._lines),
        )
        return Draft(document, tuple(self.rows), tuple(self._pictures))

    def _one(self, parts: Sequence[Part], at: int) -> int:
        """Read the part at ``at`` and return how many parts were read."""
        part = parts[at]
        if isinstance(part, Grid):
            return self._grid(part)
        if isinstance(part, Picture):
            name = f"图{len(self._pictures) + 1}{part.ending}"
            self._pictures.append((name, part.content))
            return self._put(part, figure(part, name))
        text = part.text.strip()
        bare = squeezed(text)
        return (
            self._of_the_frame(part, bare)
            or self._contact_at(parts, at)
            or self._signature(parts, at, bare)
            or self._annex(parts, at)
            or self._roster(parts, at)
            or self._title_of_instrument(parts, at)
            or self._text(part, text, self._is_item(parts, at, text))
        )

    def _put(self, part: Part, became: str) -> int:
        self._lines.append(became)
        self.rows.append(Row(part.place, words(part), became))
        return 1

    def _front(self, part: Part, key: str) -> int:
        self.rows.append(Row(part.place, words(part), f"文首·{key}"))
        return 1

    def _leave_out(self, part: Part, reason: str) -> int:
        self.rows.append(Row(part.place, words(part), "", reason))
        return 1

    def _of_the_frame(self, line: Line, bare: str) -> int:
        """Read addressees and note; leave out what the page adds."""
        if not self._lines and not self._addressees and bare.endswith(("：", ":")) and len(bare) <= 120:
            self._addressees = line.text.strip()
            return self._front(line, "主送")
        if not self._release and (found := NOTE_LINE.match(bare)):
            self._release = found["note"]
            return self._front(line, "公开方式")
        if bare in ("扫码阅读", "扫一扫"):
            return self._leave_out(line, "二维码下的字，由程序印出")
        if _COLOPHON.search(bare):
            return self._leave_out(line, "版记")
        return 0

    def _contact_at(self, parts: Sequence[Part], at: int) -> int:
        """Read 政策咨询: its title, and the lines with names of fields."""
        text = words(parts[at])
        if len(text) > LONGEST_FIELD:
            return 0
        if squeezed(text) == "政策咨询":
            self._is_contact = True
            return self._front(parts[at], "政策咨询")
        if not self._is_contact and at < len(parts) - CONTACT_FROM_END:
            return 0
        fields = self._fields(text)
        if not fields or not text.strip().startswith(tuple(key[0] for key in CONTACT)):
            return 0
        for key, value in fields.items():
            if not value:
                return 0
            self._contact.setdefault(key, squeezed(value) if key == "责任人" else value)
        return self._front(parts[at], "政策咨询")

    def _fields(self, text: str) -> dict[str, str]:
        return {
            "电话" if "话" in key else key: re.split(r"\t|扫码阅读", value.strip())[0].rstrip("，,；; ")
            for key, value in _CONTACT.findall(text)
            if not re.search(r"[。]", value)
        }

    def _signature(self, parts: Sequence[Part], at: int, bare: str) -> int:
        """Read issuer and date, which the page prints from the front matter."""
        if self._is_signed:
            return 0
        if found := DATE_LINE.match(bare):
            self._date = _iso_date(found["year"], found["month"], found["day"])
            self._is_signed = True
            return self._front(parts[at], "成文日期")
        following = parts[at + 1] if at + 1 < len(parts) else None
        is_issuer = bare == squeezed(self._issuer)
        if is_issuer and isinstance(following, Line) and DATE_LINE.match(squeezed(following.text)):
            return self._front(parts[at], "发文机关")
        return 0

    def _annex(self, parts: Sequence[Part], at: int) -> int:
        line = parts[at]
        text = words(line).strip()
        found = ANNEX.match(text)
        if found is None or ANNEX_NOTE.match(text) or not (self._is_signed or self._instrument):
            return 0
        if len(text) > 60 or text.endswith(("。", "；")):
            return 0
        title, used = found["title"].strip(), 1
        following = parts[at + 1] if at + 1 < len(parts) else None
        if not title and isinstance(following, Line) and _is_titular(following):
            title, used = following.text.strip(), 2
        if self._annex_opened:
            self._lines.append(":::")
        self._annex_opened = True
        opening = " ".join(filter(None, ("::: " + found["label"], found["number"], squeezed(title))))
        self._put(line, opening)
        if used == 2 and following is not None:
            self.rows.append(Row(following.place, words(following), "附件标题"))
        return used

    def _roster(self, parts: Sequence[Part], at: int) -> int:
        """Read two lines or more of posts and people as 名单."""
        rows: list[tuple[Line, str]] = []
        for part in parts[at:]:
            found = (
                ROSTER.match(part.text.strip())
                if isinstance(part, Line) and len(part.text) < LONGEST_FIELD
                else None
            )
            if not isinstance(part, Line) or found is None or not is_roster_line(part.text.strip()):
                break
            if not rows and not found["role"]:
                return 0
            name = squeezed(found["name"]) + ("（兼）" if found["also"] else "")
            post = re.sub(r"\s+", "", found["post"] or "")
            rows.append(
                (
                    part,
                    f"{squeezed(found['role'] or '')} | {name} | {post}".rstrip()
                    if post
                    else f"{squeezed(found['role'] or '')} | {name} |",
                )
            )
        if len(rows) < 2:
            return 0
        self._lines.append("\n".join(["::: 名单", *(text for _, text in rows), ":::"]))
        self.rows += [Row(line.place, line.text, text) for line, text in rows]
        return len(rows)

    def _title_of_instrument(self, parts: Sequence[Part], at: int) -> int:
        """Read the title of the 印发件, on one line or two."""
        for used in (1, 2, 3):
            taken = parts[at : at + used]
            if len(taken) < used or not all(isinstance(part, Line) for part in taken):
                return 0
            text = "".join(squeezed(words(part)) for part in taken)
            if _INSTRUMENT.search(text) and self._is_issued(text, taken):
                self._instrument = text
                self._lines.append(f"# {escaped(text)}")
                self.rows += [Row(part.place, words(part), f"# {text}") for part in taken]
                return used
        return 0

    def _is_issued(self, text: str, taken: Sequence[Part]) -> bool:
        if self._instrument or len(text) > 80 or "。" in text or heading_level(text):
            return False
        bare = re.sub(r"[《》（）()“”\"]", "", text)
        title = re.sub(r"[《》（）()“”\"]", "", self._head.title)
        return bare in title or (self._is_signed and all(_is_titular(part) for part in taken))

    def _is_item(self, parts: Sequence[Part], at: int, text: str) -> bool:
        """Tell whether the short numbered line at ``at`` is one of a list, not the heading of what follows."""
        level = heading_level(text)
        line = parts[at]
        if level < ITEM_FROM or (isinstance(line, Line) and line.level):
            return False
        before = words(parts[at - 1]).strip() if at else ""
        after = words(parts[at + 1]).strip() if at + 1 < len(parts) else ""
        return before.endswith(("：", ":")) or level in (heading_level(before), heading_level(after))

    def _text(self, line: Line, text: str, is_item: bool) -> int:
        if self._is_contact and len(self._contact) == len(CONTACT):
            line = replace(line, doubts=(*line.doubts, "在政策咨询之后，是不是正文"))
        level = 0 if is_item else heading_level(text)
        divided = bool(DIVISION.match(text)) and len(text) <= 30
        if level or divided:
            words_of_it = re.sub(r"[ 　\t]+", " ", text).strip() if divided else text
            return self._put(line, f"{'#' * (level or 2)} {escaped(words_of_it)}{_doubts(line)}")
        if ARTICLE.match(text):
            label = ARTICLE.match(text)
            rest = text[label.end() :].strip() if label else ""
            return self._put(line, f"{label[0] if label else ''} {escaped(rest)}{_doubts(line)}")
        runs_in = (
            bool(line.strong) and line.strong[0][0] == 0 and any(pattern.match(text) for pattern, _ in LEVELS)
        )
        strong = line.strong if runs_in or _is_part(line) else ()
        became = marked_up(Line(line.text.strip(), line.place, strong=strong, doubts=line.doubts))
        return self._put(line, became)

    def _grid(self, grid: Grid) -> int:
        text = "\n".join(cell.text for row in grid.rows for cell in row)
        if len(text) > LONGEST_FIELD:
            return self._put(grid, table(grid))
        fields = self._fields(" ".join(cell.text.replace("\n", " ") for row in grid.rows for cell in row))
        if "责任单位" in fields and len(squeezed(text)) < 200:
            for key, value in fields.items():
                self._contact.setdefault(key, value)
            return self._front(grid, "政策咨询")
        return self._put(grid, table(grid))


def _doubts(line: Line) -> str:
    return "".join(doubtful(doubt, line.place) for doubt in line.doubts)


def _is_part(line: Line) -> bool:
    """Tell whether the strong stretches are not simply the whole of a long line."""
    return bool(line.strong) and not (line.strong == ((0, len(line.text)),) and len(line.text) > 40)


def _is_titular(part: Part) -> bool:
    return (
        isinstance(part, Line)
        and (part.centred or part.level > 0 or bool(part.strong) or len(part.text) <= 40)
        and not part.text.strip().endswith(("。", "；", "：", "，"))
    )


def _iso_date(year: str, month: str, day: str) -> str:
    """Return a written date as ``2026-01-12``; Chinese numerals are read."""
    if not year.isdigit():
        year = "".join(str("〇一二三四五六七八九".index(digit)) for digit in year.translate(_DIGITS))
    numbers = [int(part) if part.isdigit() else chinese_number(part) for part in (month, day)]
    return f"{year}-{numbers[0]:02}-{numbers[1]:02}"
