"""A document as Akoma Ntoso 3.0 (OASIS LegalDocML): its structure and metadata in the form that legal software reads.

Every block becomes an element of the hierarchy with the anchor of the page as its eId; headings hold what follows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, SubElement, tostring

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
    assert_never,
    footnotes,
)
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.place_names import Places
from liulin_gazette.model.publication import Issue
from liulin_gazette.rendering.product import Asset
from liulin_gazette.text.chinese_dates import chinese_date
from liulin_gazette.web import addresses
from liulin_gazette.web.document_places import data_name, places_of
from liulin_gazette.web.identifiers import expression_uri, work_uri
from liulin_gazette.web.metadata import in_beijing_time, publication_time

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_WITHOUT_TEXT = ("num", "heading")
"""Children of an element of the hierarchy that are no content."""


def akoma_ntoso(gazette: Gazette, issue: Issue, document: FullText) -> Asset:
    """Return ``document`` as Akoma Ntoso; ``gazette`` has the settings of ``issue``."""
    root = Element("akomaNtoso", xmlns=NAMESPACE)
    whole = SubElement(root, "doc", name=document.type_name, contains="originalVersion")
    _meta(SubElement(whole, "meta"), gazette, issue, document)
    _preface(SubElement(whole, "preface"), document)
    body = SubElement(whole, "mainBody")
    if document.addressees:
        SubElement(_container(body, "addressees"), "p").text = document.addressees
    _sequence(body, document.blocks, document, places_of(issue, document))
    _end(body, document)
    _fill(body)
    anchors = {note.mark: note.anchor for note in footnotes(document.blocks)}
    for mark in body.iter("noteRef"):
        mark.set("href", f"#{anchors[mark.get('marker', '')]}")
    content = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "utf-8", xml_declaration=False)
    return Asset(addresses.document_xml(issue, document), content + b"\n")


def _meta(meta: Element, gazette: Gazette, issue: Issue, document: Document) -> None:
    day = document.date.isoformat()
    published = in_beijing_time(publication_time(issue, document)).date().isoformat()
    author = "#issuer-1" if document.issuers else "#gazette"
    identification = SubElement(meta, "identification", source="#gazette")
    work, expression = work_uri(issue, document), expression_uri(issue, document)
    of_work = _frbr(identification, "FRBRWork", work, work, day, author)
    SubElement(of_work, "FRBRcountry", value="cn")
    if document.identifier:
        SubElement(of_work, "FRBRnumber", value=document.identifier)
    SubElement(of_work, "FRBRname", value=document.title)
    of_expression = _frbr(identification, "FRBRExpression", expression, expression, published, "#gazette")
    SubElement(of_expression, "FRBRlanguage", language="zho")
    file = f"{expression}.xml"
    of_file = _frbr(identification, "FRBRManifestation", file, file, published, "#gazette")
    SubElement(of_file, "FRBRformat", value="application/akn+xml")
    SubElement(
        meta,
        "publication",
        name=gazette.name,
        showAs=gazette.name,
        date=published,
        number=issue_name(issue),
    )
    references = SubElement(meta, "references", source="#gazette")
    for number, issuer in enumerate(document.issuers, 1):
        _organisation(references, f"issuer-{number}", issuer)
    _organisation(references, "gazette", gazette.publisher)


def _frbr(parent: Element, kind: str, this: str, uri: str, day: str, author: str) -> Element:
    element = SubElement(parent, kind)
    SubElement(element, "FRBRthis", value=f"{this}/!main")
    SubElement(element, "FRBRuri", value=uri)
    SubElement(element, "FRBRdate", date=day, name="publication" if kind != "FRBRWork" else "generation")
    SubElement(element, "FRBRauthor", href=author)
    return element


def _organisation(references: Element, identifier: str, name: str) -> None:
    href = f"/akn/ontology/organization/cn/{identifier}"
    SubElement(references, "TLCOrganization", eId=identifier, href=href, showAs=name)


def _preface(preface: Element, document: Document) -> None:
    SubElement(SubElement(preface, "p"), "docTitle").text = document.title
    if document.number:
        SubElement(SubElement(preface, "p"), "docNumber").text = str(document.number)
    if document.order:
        SubElement(SubElement(preface, "p"), "docNumber").text = document.order_number
    for line in document.headnote:
        SubElement(preface, "p").text = line


def _end(body: Element, document: Document) -> None:
    """Append what stands after the text: 附注, 来源 and 政策咨询."""
    if document.release:
        SubElement(_container(body, "release"), "p").text = document.release
    if document.source:
        SubElement(_container(body, "source"), "p").text = document.source
    if contact := document.contact:
        content = _container(body, "contact")
        for words in (contact.unit, contact.office, contact.person, contact.phone):
            if words:
                SubElement(content, "p").text = words


def _container(parent: Element, name: str, anchor: str = "") -> Element:
    """Return the content of a new element of the hierarchy that has a ``name`` of its own."""
    attributes = {"name": name, "eId": anchor} if anchor else {"name": name}
    return SubElement(SubElement(parent, "hcontainer", attributes), "content")


def _sequence(parent: Element, blocks: Iterable[Block], document: FullText, places: Places) -> None:
    """Append ``blocks`` to ``parent``; a heading holds what follows it up to the next of its level or a higher one.

    An article holds its 款 and 项. The signature, enclosed instruments and annexes stand under no heading.
    """
    open_levels: list[tuple[int, Element]] = [(0, parent)]
    article: tuple[Article, Element] | None = None
    for block in blocks:
        if isinstance(block, Heading):
            while open_levels[-1][0] >= block.level:
                open_levels.pop()
            level = SubElement(open_levels[-1][1], "level", eId=data_name(places, block.anchor))
            _inline(SubElement(level, "heading"), block.text)
            open_levels.append((block.level, level))
        elif article and isinstance(block, Paragraph) and _is_part(block, article[0], places):
            _block(_with_paragraphs(article[1]), block, document, places)
            continue
        else:
            if isinstance(block, Signature | Instrument | Annex):
                del open_levels[1:]
            _block(open_levels[-1][1], block, document, places)
        article = (block, open_levels[-1][1][-1]) if isinstance(block, Article) else None


def _is_part(paragraph: Paragraph, article: Article, places: Places) -> bool:
    """Return whether ``paragraph`` is a 款 or 项 of ``article``: it is cited as such."""
    whole, part = (
        places[each.anchor].citation if each.anchor in places else "" for each in (article, paragraph)
    )
    return bool(whole) and part.startswith(whole)


def _with_paragraphs(article: Element) -> Element:
    """Return ``article`` with its own text as its first 款."""
    content = article[-1]
    if content.tag == "content":
        article.remove(content)
        first = SubElement(article, "paragraph", eId=f"{article.get('eId')}-para-1")
        first.append(content)
    return article


def _block(parent: Element, block: Block, document: FullText, places: Places) -> None:
    match block:
        case Heading():
            raise AssertionError("a heading opens a level")
        case Paragraph():
            paragraph = SubElement(parent, "paragraph", eId=data_name(places, block.anchor))
            _lines(SubElement(paragraph, "content"), block.text)
        case Article():
            article = SubElement(parent, "article", eId=data_name(places, block.anchor))
            SubElement(article, "num").text = block.label
            _lines(SubElement(article, "content"), block.text)
        case Note():
            _lines(_container(parent, "note", data_name(places, block.anchor)), block.text)
        case Footnotes():
            _footnotes(_container(parent, "footnotes", data_name(places, block.anchor)), block.notes)
        case Table():
            _table(_container(parent, "table", data_name(places, block.anchor)), block)
        case Roster():
            table = SubElement(_container(parent, "roster", data_name(places, block.anchor)), "table")
            for entry in block.entries:
                row = SubElement(table, "tr")
                for words in (entry.role, entry.name, entry.post):
                    SubElement(SubElement(row, "td"), "p").text = words
        case NameList():
            content = _container(parent, "name-list", data_name(places, block.anchor))
            for group in block.groups:
                for words in (group.heading, *(name.text for name in group.names)):
                    if words:
                        SubElement(content, "p").text = words
        case Figure():
            _figure(_container(parent, "figure", data_name(places, block.anchor)), block)
        case Signature():
            content = _container(parent, "signature")
            signatory = document.signatory
            lines = [f"{signatory.post}　{signatory.name}"] if signatory else document.issuers
            for words in (*lines, chinese_date(document.date)):
                SubElement(content, "p").text = words
        case Instrument():
            part = SubElement(parent, "hcontainer", name="instrument", eId=data_name(places, block.anchor))
            SubElement(part, "heading").text = block.title
            _sequence(part, block.blocks, document, places)
        case Annex():
            part = SubElement(parent, "hcontainer", name="annex", eId=data_name(places, block.anchor))
            SubElement(part, "num").text = block.label
            if block.title:
                SubElement(part, "heading").text = block.title
            _sequence(part, block.blocks, document, places)
        case _:
            assert_never(block)


def _table(content: Element, block: Table) -> None:
    table = SubElement(content, "table")
    if block.caption:
        SubElement(table, "caption").text = block.caption
    for row in block.rows:
        line = SubElement(table, "tr")
        for cell in row:
            spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
            attributes = {name: str(count) for name, count in spans.items() if count > 1}
            _lines(SubElement(line, "th" if cell.header else "td", attributes), cell.text)
    _footnotes(content, block.notes)


def _footnotes(content: Element, notes: Sequence[Footnote]) -> None:
    for note in notes:
        paragraph = SubElement(content, "p", eId=note.anchor)
        paragraph.text = note.mark
        _append(paragraph, " ")
        _inline(paragraph, note.text)


def _figure(content: Element, block: Figure) -> None:
    picture = SubElement(content, "p")
    if block.file:
        SubElement(picture, "img", src=PurePosixPath(block.file).name, alt=block.alternative)
    else:
        SubElement(picture, "remark", status="editorial").text = block.alternative
    if block.caption:
        SubElement(content, "p").text = block.caption


def _lines(content: Element, text: Inline) -> None:
    """Append ``text`` to ``content`` as one paragraph."""
    _inline(SubElement(content, "p"), text)


def _inline(element: Element, text: Inline) -> None:
    for span in text:
        if span.note:
            SubElement(element, "noteRef", marker=span.note)
            continue
        target = SubElement(element, "b") if span.strong else element
        for index, line in enumerate(span.shown.split("\n")):
            if index:
                SubElement(target, "eol")
            _append(target, line)


def _append(element: Element, words: str) -> None:
    """Append ``words`` after the last child of ``element``."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _fill(body: Element) -> None:
    """Give an empty paragraph to each element that has nothing below its number and heading: there must be some content."""
    for element in list(body.iter()):
        if element.tag in ("hcontainer", "level") and all(child.tag in _WITHOUT_TEXT for child in element):
            SubElement(SubElement(element, "content"), "p")
        elif element.tag == "content" and not len(element):
            SubElement(element, "p")
    if not len(body):
        SubElement(body, "p")
