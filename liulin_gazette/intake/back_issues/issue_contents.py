"""The 目录 at the front of an issue: its sections, and title, number and printed page of each document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.intake.document_recognition.titles_of_heads import number_in
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import UNIT, without_spaces
from liulin_gazette.intake.manuscript import Grid, Line, Part

MIN_ENTRIES = 2
"""Entries from which lines after the word 目录 are a 目录."""
MAX_LINES_WITHOUT_PAGE = 6
"""Lines of an entry and of the section above it; more lines without a page number come after the 目录."""
MAX_SECTION = 16
"""Characters of the name of a section."""
_HEADING = re.compile(r"^(?:本期)?(?:总)?目[录次](?:CONTENTS)?$|^CONTENTS$", re.IGNORECASE)
_LEADER = r"[.．·・•…‥⋯_。]{2,}|[-—–―─]{3,}"
_DOTS = re.compile(rf"[\t ]*(?:{_LEADER})[\t ]*")
_PAGE = r"(?P<page>\d{1,3})(?:[-—–~～]\d{1,3})?"
_LONE = re.compile(rf"[（(]?{_PAGE}[）)]?")
_DOTS_LAST = re.compile(rf"(?:{_LEADER})\s*$")
_LED = re.compile(
    rf"\s*(?:{_LEADER}|(?<!第)[\t 　]+(?=\d{{1,3}}[^\d\s年月日号期次届个条项名万亿%]))[\s.．·・…]*[（(]?\s*{_PAGE}\s*[）)]?(?![\d年月日号期])"
)
"""A page number after a row of dots; more than one may stand in a paragraph that was joined from lines."""
_LAST = re.compile(rf"\s*(?:[\t 　]+|[/／]\s*|(?=[（(]))[（(]?\s*{_PAGE}\s*[）)]?\s*$")
"""A page number at the end of a line without such a row."""
_NUMBER = re.compile(r"[（(](?P<number>[^（）()]{2,14}[〔\[［【（(]\d{4}[〕\]］】）)]第?\d{1,5}号)[）)]\s*$")
_BRACKETS = re.compile(r"^[【\[〔［◆●■★▲◎○※*\s]+|[】\]〕］◆●■★▲◎○※*\s]+$")


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A document as the 目录 has it."""

    section: str
    """The name of its section; empty where the 目录 has no sections."""
    title: str
    number: str
    """发文字号 as printed; empty where it has none."""
    page: int
    """The printed page on which it begins."""
    place: str


@dataclass(frozen=True, slots=True)
class IssueContents:
    """The 目录 of an issue, and the range of parts (start, end) that it takes."""

    entries: tuple[ContentsEntry, ...]
    start: int
    end: int


def contents_of(parts: Sequence[Part], sections: Sequence[str] = ()) -> IssueContents | None:
    """Return the 目录 of an issue; None if ``parts`` have none before the first document number.

    ``sections`` are names of sections that the gazette has had.
    """
    for start, part in enumerate(parts):
        text = part_text(part)
        if isinstance(part, Line) and number_in(text):
            return None  # The 目录 of a plan further on is one of a document.
        if _HEADING.match(without_spaces(text)):
            contents = _read(parts, start, frozenset(map(without_spaces, sections)))
            if len(contents.entries) >= MIN_ENTRIES:
                return contents
    return None


def _read(parts: Sequence[Part], start: int, known: frozenset[str]) -> IssueContents:
    """Return the entries after the word 目录 at index ``start``, up to the last line with a page number."""
    entries: list[ContentsEntry] = []
    section, pending, without_page = "", list[str](), 0
    end = start + 1
    for index in range(start + 1, len(parts)):
        for words, number, is_led in _pieces(parts[index]):
            text, page = words, number
            if (
                page is None
                and pending
                and _DOTS_LAST.search(pending[-1])
                and (lone := _LONE.fullmatch(text))
            ):
                page = int(lone["page"])  # The number alone on the line below the dots.
                text = ""
            if page is None:
                without_page += 1
                pending.append(text)
                continue
            if entries and page < entries[-1].page and not is_led:
                return IssueContents(tuple(entries), start, end)
            section, pending = _split(section, pending, text, known)
            entries.append(_entry(section, "".join((*pending, text)), page, parts[index]))
            pending, without_page, end = [], 0, index + 1
        if without_page > MAX_LINES_WITHOUT_PAGE:
            break
    return IssueContents(tuple(entries), start, end)


def _pieces(part: Part) -> Iterator[tuple[str, int | None, bool]]:
    """Yield the texts of ``part`` before each page number, with that number and whether dots lead to it.

    A text after the last number has None.
    """
    if isinstance(part, Grid):
        for row in part.rows:
            yield from _pieces_of_line("\t".join(cell.text.strip() for cell in row if cell.text.strip()))
    elif isinstance(part, Line):
        for line in part.text.split("\n"):
            yield from _pieces_of_line(line)


def _pieces_of_line(line: str) -> Iterator[tuple[str, int | None, bool]]:
    at = 0
    for match in _LED.finditer(line):
        if words := line[at : match.start()].strip():
            yield words, int(match["page"]), True
            at = match.end()
    rest = line[at:].strip()
    if not rest:
        return
    last = _LAST.search(rest)
    if last and rest[: last.start()].strip():
        yield rest[: last.start()].strip(), int(last["page"]), False
    else:
        yield rest, None, False


def _split(section: str, pending: Sequence[str], text: str, known: frozenset[str]) -> tuple[str, list[str]]:
    """Return the section that holds for the entry ending in ``text``, and those ``pending`` lines that are of its title."""
    rest = list(pending)
    while rest:
        name = _BRACKETS.sub("", rest[0])
        following = rest[1] if len(rest) > 1 else text
        if not _is_section(rest[0], name, following, known):
            break
        section = without_spaces(name)
        rest.pop(0)
    return section, rest


def _is_section(line: str, name: str, following: str, known: frozenset[str]) -> bool:
    """Tell whether ``line`` is the ``name`` of a section and not the first line of the title that goes on in ``following``."""
    bare = without_spaces(name)
    if bare in known or (name != line.strip() and bare):
        return True
    if not bare or len(bare) > MAX_SECTION or "关于" in bare or bare.endswith(("）", ")")):
        return False
    is_issuer = bool(UNIT.search(bare)) and without_spaces(following).startswith(
        ("关于", "印发", "转发", "公告")
    )
    return not is_issuer


def _entry(section: str, words: str, page: int, part: Part) -> ContentsEntry:
    # The dots beside a title of two lines stand between them where the lines were joined.
    words = without_spaces(_DOTS.sub("", words))
    match = _NUMBER.search(words)
    title = words[: match.start()] if match else words
    return ContentsEntry(section, title, match["number"] if match else "", page, part.place)
