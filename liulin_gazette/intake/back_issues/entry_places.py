"""Where the documents that a 目录 lists stand in the body: their titles as whole lines, first on the page it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liulin_gazette.intake.back_issues.issue_contents import ContentsEntry
from liulin_gazette.intake.document_recognition.issuers_of_heads import is_line_of_issuers
from liulin_gazette.intake.manuscript import Line, Part

MAX_LINES = 8
"""Lines of a title."""
MIN_ALIKE = 0.85
"""How alike two titles are at least, from 0 to 1, that are the same one with a misprint or a misread character."""
MIN_SAFE = 6
"""Characters from which a title is certain on another page than the 目录 gives."""
_SIGNS = re.compile(r"[\s《》“”‘’\"'〈〉（）()\[\]【】〔〕·•・,，、。.：:；;—–―─－-]")
_ORDER = re.compile(r"^(?P<order>.{2,60}?令(?:第?[\d一二三四五六七八九十]+号)?)(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """The lines of the title of an entry: the range (start, end) of parts."""

    entry: ContentsEntry
    start: int
    end: int
    is_exact: bool
    """Whether the title is the same to the character, signs aside."""


def comparable(text: str) -> str:
    """Return ``text`` without white space and signs, with half-width figures, for comparisons."""
    return _SIGNS.sub("", text).translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def places_of(
    entries: Sequence[ContentsEntry], parts: Sequence[Part], pages: Sequence[int], body: int
) -> dict[int, EntryPlace]:
    """Return the place of each of ``entries`` that the ``parts`` from index ``body`` on have, by its index.

    ``pages`` has the printed page of each part, 0 where it is not known. Titles on their page are found first, the
    others between these.
    """
    keys = [comparable(part.text) if isinstance(part, Line) else "" for part in parts]
    found: dict[int, EntryPlace] = {}
    cursor = body
    for index, entry in enumerate(entries):
        on_page = (
            each
            for each in _exact(_forms(entry.title), keys, range(cursor, len(keys)))
            if pages[each[0]] == entry.page
        )
        if (first := next(on_page, None)) is not None:
            found[index] = EntryPlace(entry, _with_issuers(parts, first[0], cursor), first[1], is_exact=True)
            cursor = first[1]
    cursor = body
    for index, entry in enumerate(entries):
        if index not in found:
            following = (found[later].start for later in range(index + 1, len(entries)) if later in found)
            place = _elsewhere(entry, parts, keys, pages, range(cursor, next(following, len(keys))))
            if place is None:
                continue
            found[index] = place
        cursor = found[index].end
    return dict(sorted(found.items()))


def _elsewhere(
    entry: ContentsEntry, parts: Sequence[Part], keys: Sequence[str], pages: Sequence[int], within: range
) -> EntryPlace | None:
    """Return the place of ``entry`` among the parts ``within``: on another page, or with a title that is much alike."""
    wanted = _forms(entry.title)
    for start, end in _exact(wanted, keys, within):
        if len(wanted[0]) >= MIN_SAFE or not pages[start]:
            return EntryPlace(entry, _with_issuers(parts, start, within.start), end, is_exact=True)
    near = [index for index in within if not pages[index] or abs(pages[index] - entry.page) <= 1]
    alike = max(_alike(wanted, keys, near, within.stop), default=None)
    if alike is None or alike[0] < MIN_ALIKE:
        return None
    _, start, end = alike
    return EntryPlace(entry, start, end, is_exact=False)


def _forms(title: str) -> list[str]:
    """Return what ``title`` may be in the body: whole; an order without what it publishes; without the issuers before 关于."""
    whole = comparable(title)
    forms = [whole]
    if (order := _ORDER.match(whole)) and order["rest"]:
        forms.append(order["order"])
    _, about, rest = whole.partition("关于")
    if about and len(rest) >= MIN_SAFE:
        forms.append(about + rest)
    return forms


def _exact(wanted: Sequence[str], keys: Sequence[str], within: range) -> Iterator[tuple[int, int]]:
    """Yield the ranges of whole lines ``within`` that are one of the forms ``wanted``, those of the first form first."""
    for form in wanted:
        for start in within:
            rest = form
            for end in range(start, min(start + MAX_LINES, within.stop)):
                if not keys[end] or not rest.startswith(keys[end]):
                    break
                rest = rest[len(keys[end]) :]
                if not rest:
                    yield start, end + 1
                    break
            if len(form) >= MIN_SAFE and keys[start].endswith(form) and keys[start] != form:
                before = keys[start].removesuffix(form)
                if is_line_of_issuers(before):
                    yield start, start + 1


def _with_issuers(parts: Sequence[Part], start: int, cursor: int) -> int:
    """Return the index of the first line of issuers right above a title that begins with 关于 at ``start``."""
    first = parts[start]
    while (
        isinstance(first, Line)
        and first.text.strip().startswith("关于")
        and start > cursor
        and isinstance(above := parts[start - 1], Line)
        and is_line_of_issuers(above.text)
    ):
        start -= 1
    return start


def _alike(
    wanted: Sequence[str], keys: Sequence[str], starts: Sequence[int], stop: int
) -> Iterator[tuple[float, int, int]]:
    """Yield how alike the lines before ``stop`` from each of ``starts`` and one of the forms ``wanted`` are, and their range."""
    for form in wanted:
        if len(form) < MIN_SAFE:
            continue
        matcher = SequenceMatcher(b=form, autojunk=False)
        for start in starts:
            for text, end in _joined_lines(keys, start, stop, 1.3 * len(form)):
                if len(text) < 0.75 * len(form):
                    continue
                matcher.set_seq1(text)
                if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= MIN_ALIKE:
                    yield matcher.ratio(), start, end


def _joined_lines(keys: Sequence[str], start: int, stop: int, longest: float) -> Iterator[tuple[str, int]]:
    """Yield the lines from ``start`` on, one, two, … of them joined, up to ``longest`` characters, and where they end."""
    text = ""
    for end in range(start, min(start + MAX_LINES, stop)):
        text += keys[end]
        if not keys[end] or len(text) > longest:
            return
        yield text, end + 1
