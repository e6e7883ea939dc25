"""本文目录: the outline at the head of a long document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Figure,
    Footnotes,
    Heading,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
    assert_never,
    plain,
    walk,
)
from liulin_gazette.model.document import FullText
from liulin_gazette.model.place_names import Places
from liulin_gazette.model.published_texts import CONTACT_ANCHOR
from liulin_gazette.web.document_places import shown_name


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A link in the outline, with the articles below it."""

    text: str
    """Empty before the first heading of a document whose articles stand under none."""
    anchor: str
    articles: tuple[tuple[str, str], ...] = ()
    """Label and anchor of each article, in order."""


def outline_of(document: FullText, places: Places) -> Iterator[OutlineEntry]:
    """Yield the outline: instruments, headings 一、 outside annexes, with their articles; annexes; 政策咨询 at the end."""
    entry = OutlineEntry("", "")
    for block, parents in walk(document.blocks):
        if any(isinstance(parent, Annex) for parent in parents):
            continue
        begun: OutlineEntry | None = None
        match block:
            case Heading():
                if block.level == 2:
                    text = plain(block.text).replace("\n", "")
                    begun = OutlineEntry(text, shown_name(places, block.anchor))
            case Instrument():
                begun = OutlineEntry(block.title, block.anchor)
            case Annex():
                begun = OutlineEntry(f"{block.label}　{block.title}".strip("　"), block.anchor)
            case Article():
                entry = replace(entry, articles=(*entry.articles, (block.label, block.anchor)))
            case (
                Paragraph() | Table() | Figure() | Roster() | NameList() | Note() | Footnotes() | Signature()
            ):
                pass
            case _:
                assert_never(block)
        if begun:
            if entry.text or entry.articles:
                yield entry
            entry = begun
    if entry.text or entry.articles:
        yield entry
    if document.contact:
        yield OutlineEntry("政策咨询", CONTACT_ANCHOR)
