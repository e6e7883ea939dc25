"""The files of one back issue → the drafts of its documents: as its 目录 lists them, and as they stand in its body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.intake.account import SourceText
from liulin_gazette.intake.accounting.account_marks import with_account
from liulin_gazette.intake.accounting.reconciliation import account_of
from liulin_gazette.intake.back_issues.entry_places import EntryPlace, comparable, places_of
from liulin_gazette.intake.back_issues.issue_contents import ContentsEntry, IssueContents, contents_of
from liulin_gazette.intake.back_issues.issue_evidence import Clue, clue_of_cover, clue_of_heads
from liulin_gazette.intake.back_issues.paper_pages import (
    page_of,
    pages_with_number,
    paper_pages,
    running_lines,
)
from liulin_gazette.intake.document_recognition.document_draft import document_draft
from liulin_gazette.intake.document_recognition.document_heads import heads_of, start_of_red_head
from liulin_gazette.intake.document_recognition.recognition import prepared_parts, with_recognition_mark
from liulin_gazette.intake.document_recognition.titles_of_heads import number_in
from liulin_gazette.intake.drafts import Draft, Head, Intake, part_text, verification_mark
from liulin_gazette.intake.line_kinds import RULE_LINE, SERIAL_LINE, without_spaces
from liulin_gazette.intake.manuscript import Line, Manuscript, Omission, Part
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.source.markdown.foreign_marks import escaped

MAX_COVER_LINE = 60
"""Characters of a line that says which issue it is; a longer one is text."""
MAX_IMPRINT = 30
"""Lines of an imprint at the end of an issue."""
_IMPRINT = re.compile(
    r"^(?:主管|主办|承办|编辑|编印|出版|印刷|承印|印制|准印证|赠阅|发送对象|主编|副主编|责任编辑|编委|刊号|国内统一|内部资料|印数|投稿|邮编|邮政编码|网址)"
)
_COVER, _TAIL, _CONTENTS = "封面、刊头，不是公文", "封底、版权页，不是公文", "目录，由程序按各份公文编出"


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document of a back issue, as the report lists it."""

    title: str
    number: str
    """发文字号 as printed; empty where none was found."""
    section: str
    first_page: int
    """Of the issue on paper; 0 where it is not known."""
    last_page: int
    place: str
    """Where it begins in the file."""
    in_contents: bool
    doubts: tuple[str, ...] = ()
    """What the 目录 and the body say differently, in Chinese."""


@dataclass(frozen=True, slots=True)
class IssueReading:
    """What was found in the files of a back issue."""

    intake: Intake
    clues: tuple[Clue, ...]
    sections: tuple[str, ...]
    """Of the 目录, in its order."""
    documents: tuple[FoundDocument, ...]
    """Those of the drafts, in their order."""
    missing: tuple[ContentsEntry, ...]
    """Entries of the 目录 of which the body has no document."""
    has_contents: bool


@dataclass(frozen=True, slots=True)
class _Body:
    """The parts of all files of an issue, one file after another."""

    parts: tuple[Part, ...]
    files: tuple[int, ...]
    """The file that each part is of, from 0."""
    pages: tuple[int, ...]
    """The printed page of each part, 0 where it is not known."""
    is_numbered: tuple[bool, ...]
    """Whether the page of each part bears a number, as covers and imprints do not."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A document in the body: its head, and the range (start, end) of its parts."""

    head: Head
    """With indexes of the body."""
    end: int
    place: EntryPlace | None


def recognise_issue(
    name: str, manuscripts: Sequence[Manuscript], known_sections: Sequence[str] = ()
) -> IssueReading:
    """Return the documents in ``manuscripts``, the files of the issue that is called ``name`` here."""
    body = _body(manuscripts)
    contents = contents_of(body.parts, known_sections)
    entries = contents.entries if contents else ()
    after = contents.end if contents else 0
    places = places_of(entries, body.parts, body.pages, after) if entries else {}
    spans = _spans(body, places, contents, after)
    spans, tail = _without_imprint(body, spans)
    found = [_document(body, span) for span in spans]
    begin = spans[0].head.start if spans else len(body.parts)
    cover = [
        index for index in range(begin) if contents is None or not contents.start <= index < contents.end
    ]
    listed = range(contents.start, contents.end) if contents else range(0)
    omissions = [each for manuscript in manuscripts for each in manuscript.omissions]
    omissions += _omitted(body, tail, _TAIL)
    before = [
        omission
        for index in sorted((*cover, *listed))
        for omission in _omitted(body, [index], _CONTENTS if index in listed else _COVER)
    ]
    remarks = tuple(each for manuscript in manuscripts for each in manuscript.remarks)
    drafts = tuple(draft for draft, _ in found)
    intake = Intake(name, drafts, (*omissions, *before), remarks)
    if count := _count(manuscripts):
        intake = with_account(intake, account_of(count, drafts, omissions, before))
    if any(each.is_recognised for each in manuscripts):
        intake = with_recognition_mark(intake)
    heads = [text for manuscript in manuscripts for _, text in running_lines(manuscript.omissions)]
    clues = (
        clue_of_cover("封面", _short_lines(body, cover)),
        clue_of_heads(heads),
        clue_of_cover("版权页", _short_lines(body, tail)),
    )
    return IssueReading(
        intake,
        tuple(filter(None, clues)),
        tuple(dict.fromkeys(entry.section for entry in entries if entry.section)),
        tuple(document for _, document in found),
        tuple(entry for index, entry in enumerate(entries) if index not in places),
        contents is not None,
    )


def _body(manuscripts: Sequence[Manuscript]) -> _Body:
    parts: list[Part] = []
    files: list[int] = []
    pages: list[int] = []
    is_numbered: list[bool] = []
    for number, manuscript in enumerate(manuscripts):
        own = prepared_parts(manuscript)
        lines = running_lines(manuscript.omissions)
        of_file = [page_of(part.place) for part in own]
        printed = paper_pages(lines, max((*of_file, *(page for page, _ in lines)), default=0))
        with_number = pages_with_number(lines)
        parts += own
        files += [number] * len(own)
        pages += [printed.get(page, 0) for page in of_file]
        is_numbered += [page in with_number for page in of_file]
    return _Body(tuple(parts), tuple(files), tuple(pages), tuple(is_numbered))


def _count(manuscripts: Sequence[Manuscript]) -> tuple[SourceText, ...]:
    """Return the independent counts of the files; none unless each has one."""
    counts = [each.count for each in manuscripts]
    return tuple(text for count in counts for text in count or ()) if all(counts) else ()


def _spans(
    body: _Body, places: dict[int, EntryPlace], contents: IssueContents | None, after: int
) -> list[_Span]:
    """Return the documents: those of the 目录, the ones between them that have heads of their own, and whole files."""
    names = (
        frozenset(comparable(entry.section) for entry in contents.entries) if contents else frozenset[str]()
    )
    starts: dict[int, EntryPlace | None] = {}
    previous = after
    for place in places.values():
        starts[_start(body, place, previous, names)] = place
        previous = place.end
    for index in range(after, len(body.parts)):
        if index == 0 or body.files[index] != body.files[index - 1]:
            has_place = any(body.files[start] == body.files[index] for start in starts)
            if not has_place and (contents is None or index > contents.end):
                starts.setdefault(index, None)
    if not starts:
        starts = {after: None}
    ordered = sorted(starts)
    spans: list[_Span] = []
    for start, end in zip(ordered, [*ordered[1:], len(body.parts)], strict=True):
        spans += _of_segment(body, start, end, starts[start])
    return spans


def _start(body: _Body, place: EntryPlace, previous: int, sections: frozenset[str]) -> int:
    """Return the index where the head begins that has its title at ``place``: number, 版头 and 栏目 above it are of it."""
    start = place.start
    while previous < start and body.pages[previous] != body.pages[start]:
        previous += 1  # What stands on an earlier page is the signature of the document before.
    while start > previous and body.files[start - 1] == body.files[place.start]:
        text = part_text(body.parts[start - 1])
        is_number = number_in(text) and start - 1 != previous
        if not (is_number or comparable(text) in sections or RULE_LINE.match(without_spaces(text))):
            break
        start -= 1
    return start_of_red_head(body.parts, start, previous)


def _of_segment(body: _Body, start: int, end: int, place: EntryPlace | None) -> Iterator[_Span]:
    """Yield the documents between ``start`` and ``end``, the first of which has its title at ``place``."""
    heads = [_moved(head, start) for head in heads_of(body.parts[start:end])]
    if place is not None:
        title = comparable("".join(part_text(part) for part in body.parts[place.start : place.end]))
        first = heads[0]
        own = comparable(first.title), comparable(first.title + first.serial)
        if first.title and title.endswith(own):
            heads[0] = replace(first, start=start, doubt="")
        else:
            heads = [_head_at(body, start, end, place), *(head for head in heads if head.start >= place.end)]
        heads = [heads[0], *(head for head in heads[1:] if head.number or head.serial)]
    ends = [*(head.start for head in heads[1:]), end]
    for index, (head, last) in enumerate(zip(heads, ends, strict=True)):
        yield _Span(head, last, place if index == 0 else None)


def _moved(head: Head, by: int) -> Head:
    return replace(
        head,
        start=head.start + by,
        end=head.end + by,
        title_start=head.title_start + by,
        title_end=head.title_end + by,
    )


def _head_at(body: _Body, start: int, end: int, place: EntryPlace) -> Head:
    """Return the head with the title at ``place``, and a number or a serial right above or below it."""
    title = "".join(without_spaces(part_text(part)) for part in body.parts[place.start : place.end])
    number, serial, after = "", "", place.end
    below = part_text(body.parts[after]) if after < end else ""
    above = [part_text(part) for part in body.parts[start : place.start]]
    if number := number_in(below):
        after += 1
    elif SERIAL_LINE.match(without_spaces(below)) and title.endswith("令"):
        serial = without_spaces(below).strip("（）()")
        after += 1
    else:
        number = next((found for text in reversed(above) if (found := number_in(text))), "")
    return Head(start, after, title, number, serial, title_start=place.start, title_end=place.end)


def _without_imprint(body: _Body, spans: list[_Span]) -> tuple[list[_Span], range]:
    """Return ``spans`` without the imprint after the last document, and the range of its parts."""
    if not spans:
        return spans, range(0)
    last = spans[-1]
    numbered = [index for index in range(last.head.end, last.end) if body.is_numbered[index]]
    begin = numbered[-1] + 1 if numbered else max(last.head.end, last.end - MAX_IMPRINT)
    if not any(body.is_numbered):
        begin = max(last.head.end, last.end - MAX_IMPRINT)
    for index in range(begin, last.end):
        if _IMPRINT.match(without_spaces(part_text(body.parts[index]))):
            cut = begin if numbered else index
            return [*spans[:-1], replace(last, end=cut)], range(cut, last.end)
    return spans, range(0)


def _document(body: _Body, span: _Span) -> tuple[Draft, FoundDocument]:
    """Return the draft of ``span`` with its printed pages, its section, and marks where 目录 and body differ."""
    head, entry = span.head, span.place.entry if span.place else None
    parts = body.parts
    draft = document_draft(head, parts[head.start : head.end], parts[head.end : span.end])
    first, last = _pages(body, span)
    doubts = tuple(_doubts(span, first))
    document = draft.document
    title = document.title
    if span.place and not span.place.is_exact:
        title += verification_mark(f"目录写作“{escaped(span.place.entry.title)}”", span.place.entry.place)
    number = document.number
    if entry and _number_differs(entry, head):
        number += verification_mark(f"目录写作“{escaped(entry.number)}”", entry.place)
    fields = dict(document.fields)
    pages = f"{first}—{last}" if last > first else str(first) if first else ""
    if entry and not first:
        pages = f"{entry.page}" + verification_mark(
            "首页取自目录，来稿里看不出页码，对照原件补上末页", entry.place
        )
    elif entry and first and entry.page != first:
        pages += verification_mark(f"目录写作第{entry.page}页", entry.place)
    fields["印刷页码"] = pages
    draft = replace(
        draft,
        document=replace(document, title=title, number=number, fields=fields),
        section=entry.section if entry else "",
    )
    found = FoundDocument(
        head.title,
        head.number or head.serial,
        draft.section,
        first or (entry.page if entry else 0),
        last,
        parts[head.start].place if head.start < len(parts) else "",
        entry is not None,
        doubts,
    )
    return draft, found


def _pages(body: _Body, span: _Span) -> tuple[int, int]:
    """Return the first and last printed page of ``span``; zeros where they are not known."""
    begin = span.place.start if span.place else span.head.start
    pages = [page for page in body.pages[begin : span.end] if page]
    if not pages:
        return 0, 0
    first, last = pages[0], max(pages)
    following = body.pages[span.end] if span.end < len(body.parts) else 0
    # The last paragraph of a document may begin a page before the one on which it ends.
    return first, max(last, following - 1) if following - last == 2 else last


def _doubts(span: _Span, first: int) -> Iterator[str]:
    if span.place is None:
        yield "目录里没有这一份" if span.head.title else "没有认出标题"
        return
    entry = span.place.entry
    if not span.place.is_exact:
        yield f"标题与目录不同，目录写作“{entry.title}”"
    if _number_differs(entry, span.head):
        yield f"文号与目录不同，目录写作“{entry.number}”"
    if first and first != entry.page:
        yield f"页码与目录不同，目录写作第{entry.page}页"


def _number_differs(entry: ContentsEntry, head: Head) -> bool:
    if not entry.number:
        return False
    return canonical_form(entry.number) != (canonical_form(head.number) if head.number else None)


def _omitted(body: _Body, indexes: Sequence[int], reason: str) -> Iterator[Omission]:
    for index in indexes:
        part = body.parts[index]
        yield Omission(part_text(part), part.place, reason)


def _short_lines(body: _Body, indexes: Sequence[int]) -> Iterator[str]:
    for index in indexes:
        part = body.parts[index]
        for line in re.split(r"[\n\t]", part_text(part)):
            if isinstance(part, Line) and len(line) <= MAX_COVER_LINE:
                yield line
