"""What of a document is published: every string that a page, a PDF, a data file or the search shows.

Checks, search, glyph coverage and comparisons take the texts of a document from here and from nowhere else,
so that what one of them sees, all of them see. Pages, PDFs and data are made from the fields themselves;
tests/test_published_texts.py puts a mark into every field and looks for it in each of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Parents,
    Roster,
    RosterEntry,
    Signature,
    Table,
    anchor_of,
    assert_never,
    grid,
    plain,
    walk,
)
from liulin_gazette.model.document import Erratum, Event, FullText, Relation
from liulin_gazette.text.chinese_dates import chinese_date

CONTACT_ANCHOR = "contact"
"""The anchor of 政策咨询 on a document's page."""


class Role(Enum):
    """What a text is in its document."""

    TITLE = "标题"
    KIND = "体裁"
    NUMBER = "发文字号"
    ORDER = "令号"
    HEADNOTE = "题注"
    SOURCE = "来源"
    POST = "签署的职务"
    SIGNATORY = "签署的姓名"
    ISSUER = "发文机关"
    INDEX = "索引号"
    TOPIC = "主题分类"
    DATE = "成文日期"
    RELEASED = "发布日期"
    VALIDITY = "有效性"
    EFFECTIVE = "施行日期"
    EXPIRES = "有效期至"
    TERM = "有效期"
    REPEALED = "废止日期"
    REGISTRATION = "统一登记号"
    EVENT_DATE = "日程的日期"
    EVENT = "日程的事项"
    RELATION = "关系"
    ERRATUM_PLACE = "勘误的位置"
    ERRATUM_WRONG = "勘误的原文"
    ERRATUM_RIGHT = "勘误的更正"
    ADDRESSEES = "主送"
    HEADING = "层次标题"
    PARAGRAPH = "段落"
    ARTICLE = "条"
    NOTE = "注"
    FOOTNOTE = "脚注"
    CAPTION = "表题、图题"
    CELL = "表格的格"
    ALTERNATIVE = "图的内容说明"
    ROSTER_ROLE = "名单的职务"
    ROSTER_NAME = "名单的姓名"
    ROSTER_POST = "名单的单位和职务"
    NAME_GROUP = "名录的分组"
    LISTED_NAME = "名录的姓名"
    INSTRUMENT = "印发件标题"
    ANNEX = "附件标题"
    RELEASE = "公开方式"
    UNIT = "责任单位"
    OFFICE = "责任股室"
    PERSON = "责任人"
    PHONE = "电话"
    WAIVER_REASON = "豁免理由"
    REMARK = "文首的注释"
    PICTURE = "图的文件名"


UNOFFICIAL = frozenset({Role.WAIVER_REASON, Role.REMARK, Role.PICTURE})
"""Public, but no part of the official text: the source file in an issue's ZIP has them, and picture addresses."""
NOT_ON_PAPER = UNOFFICIAL | {
    Role.KIND,
    Role.INDEX,
    Role.TOPIC,
    Role.RELEASED,
    Role.VALIDITY,
    Role.EFFECTIVE,
    Role.EXPIRES,
    Role.TERM,
    Role.REPEALED,
    Role.REGISTRATION,
    Role.EVENT_DATE,
    Role.EVENT,
    Role.RELATION,
    Role.ERRATUM_PLACE,
    Role.ERRATUM_WRONG,
    Role.ERRATUM_RIGHT,
    Role.ALTERNATIVE,
}
"""Texts of which no glyph is printed. (A PDF has alternatives, but to be read aloud.)"""


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A string of a document, with its role and its place in the source file."""

    role: Role
    text: str
    """May be empty where ``label`` is all there is: an annex without a title."""
    line: int
    column: int = 1
    """Where its line begins, or a point before the text from which it is found; both from 1."""
    label: str = ""
    """What is shown before it: 第三条, 附件1, 废止."""
    before: str = ""
    """What stands before it on its source line, beside markup: 第三条, ``![``."""
    field: int = -1
    """Which field between ``|`` of its source line it is, from 0; -1 where lines have no fields."""
    key: str = ""
    """The key of the front matter that has it; empty for a text of the body."""
    block: Block | None = None
    """None for a text of the front matter."""
    parents: Parents = ()
    own_anchor: str = ""
    """The anchor of a text that has one beside that of its block: a footnote."""

    @property
    def anchor(self) -> str:
        """The part of the page's address after ``#`` that leads to it; empty for the top of the page."""
        if self.role in (Role.UNIT, Role.OFFICE, Role.PERSON, Role.PHONE):
            return CONTACT_ANCHOR
        return self.own_anchor or (anchor_of(self.block) if self.block else "")

    @property
    def shown(self) -> str:
        """The text with its label, on one line."""
        return f"{self.label} {self.text}".strip().replace("\n", "")


Line = tuple[PublishedText, ...]
"""Texts that are shown side by side: the cells of a row, the fields of 政策咨询; mostly one text alone."""


def published_texts(document: FullText) -> Iterator[PublishedText]:
    """Yield every published string of ``document`` in the order of its page, unofficial ones last."""
    return itertools.chain.from_iterable(published_lines(document))


def published_lines(document: FullText) -> Iterator[Line]:
    """Yield the published strings of ``document`` line by line."""
    yield from _head(document)
    yield from body_lines(document.blocks)
    if signatory := document.signatory:
        yield (
            _value(document, Role.POST, signatory.post, "职务"),
            _value(document, Role.SIGNATORY, signatory.name, "姓名"),
        )
    if document.release:
        yield (_value(document, Role.RELEASE, document.release),)
    if document.source:
        yield (_value(document, Role.SOURCE, document.source),)
    if contact := document.contact:
        yield (
            _value(document, Role.UNIT, contact.unit),
            _value(document, Role.OFFICE, contact.office),
            _value(document, Role.PERSON, contact.person),
            _value(document, Role.PHONE, contact.phone),
        )
    yield from _unofficial(document)


def body_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the published strings of a body line by line."""
    for block, parents in walk(blocks):
        yield from _block(block, parents)


def _head(document: FullText) -> Iterator[Line]:
    policy = document.policy
    yield (_value(document, Role.TITLE, document.title),)
    if document.stated_kind:
        yield (_value(document, Role.KIND, document.stated_kind),)
    if document.number:
        yield (_value(document, Role.NUMBER, str(document.number)),)
    if document.order:
        yield (_value(document, Role.ORDER, document.order_number),)
    for number, issuer in enumerate(document.issuers, 1):
        yield (_value(document, Role.ISSUER, issuer, "发文机关", f"发文机关 {number}"),)
    yield (_value(document, Role.DATE, chinese_date(document.date)),)
    if policy.index:
        yield (_value(document, Role.INDEX, policy.index),)
    if policy.topic:
        yield (_value(document, Role.TOPIC, policy.topic),)
    if policy.released:
        yield (_value(document, Role.RELEASED, chinese_date(policy.released)),)
    if policy.validity:
        yield (_value(document, Role.VALIDITY, policy.validity),)
    if policy.registration:
        yield (_value(document, Role.REGISTRATION, policy.registration),)
    for role, day in (
        (Role.EFFECTIVE, policy.effective),
        (Role.EXPIRES, policy.expires),
        (Role.REPEALED, policy.repealed),
    ):
        if day:
            yield (
                _value(document, role, chinese_date(day), place_key="有效期" if role is Role.EXPIRES else ""),
            )
    if policy.term:
        yield (_value(document, Role.TERM, f"{policy.term}年"),)
    for number, event in enumerate(document.events, 1):
        yield tuple(_event(document, event, number))
    for relation in document.relations:
        yield (_relation(document, relation),)
    for number, erratum in enumerate(document.errata, 1):
        yield tuple(_erratum(document, erratum, number))
    for number, line in enumerate(document.headnote, 1):
        yield (_value(document, Role.HEADNOTE, line, "题注", f"题注 {number}"),)
    if document.addressees:
        yield (_value(document, Role.ADDRESSEES, document.addressees),)


def _value(document: FullText, role: Role, text: str, key: str = "", place_key: str = "") -> PublishedText:
    """Return ``text`` as a value of the front matter; ``place_key`` says under which key its place is known."""
    key = key or role.value
    place = document.places.get(place_key or key, document.places.get(key, document.place))
    return PublishedText(role, text, place.line, place.column, key=key)


def _event(document: FullText, event: Event, number: int) -> Iterator[PublishedText]:
    yield _value(document, Role.EVENT_DATE, chinese_date(event.first), "日程", f"日程 {number} 日期")
    if event.last > event.first:
        yield _value(document, Role.EVENT_DATE, chinese_date(event.last), "日程", f"日程 {number} 至")
    yield _value(document, Role.EVENT, event.what, "日程", f"日程 {number} 事项")


def _erratum(document: FullText, erratum: Erratum, number: int) -> Iterator[PublishedText]:
    for role, text, key in (
        (Role.ERRATUM_PLACE, erratum.where, "位置"),
        (Role.ERRATUM_WRONG, erratum.wrong, "原文"),
        (Role.ERRATUM_RIGHT, erratum.right, "更正为"),
    ):
        if text:
            yield _value(document, role, text, "勘误", f"勘误 {number} {key}")


def _relation(document: FullText, relation: Relation) -> PublishedText:
    place = document.places.get(relation.kind, document.place)
    return PublishedText(
        Role.RELATION,
        relation.target,
        place.line,
        place.column,
        label=relation.kind,
        key=relation.kind,
    )


def _block(block: Block, parents: Parents) -> Iterator[Line]:
    match block:
        case Heading():
            yield (_text(Role.HEADING, block, parents),)
        case Paragraph():
            yield (_text(Role.PARAGRAPH, block, parents),)
        case Note():
            yield (_text(Role.NOTE, block, parents),)
        case Article(label=label, line=line):
            text = plain(block.text)
            yield (PublishedText(Role.ARTICLE, text, line, 1, label, label, block=block, parents=parents),)
        case Table():
            yield from _table(block, parents)
            yield from _footnotes(block, parents)
        case Footnotes():
            yield from _footnotes(block, parents)
        case Figure():
            yield from _figure(block, parents)
        case Roster():
            for entry in block.entries:
                yield tuple(_entry(entry, block, parents))
        case NameList():
            yield from _name_list(block, parents)
        case Instrument(title=title, line=line):
            yield (PublishedText(Role.INSTRUMENT, title, line, block=block, parents=parents),)
        case Annex(label=label, title=title, line=line):
            yield (PublishedText(Role.ANNEX, title, line, 1, label, label, block=block, parents=parents),)
        case Signature():
            return  # Issuer, date and 公开方式 are values of the front matter.
        case _:
            assert_never(block)


def _text(role: Role, block: Heading | Paragraph | Note, parents: Parents) -> PublishedText:
    return PublishedText(role, plain(block.text), block.line, block=block, parents=parents)


def _footnotes(block: Footnotes | Table, parents: Parents) -> Iterator[Line]:
    for note in block.notes:
        text = PublishedText(
            Role.FOOTNOTE,
            plain(note.text),
            note.line,
            label=note.mark,
            block=block,
            parents=parents,
            own_anchor=note.anchor,
        )
        yield (text,)


def _table(table: Table, parents: Parents) -> Iterator[Line]:
    if table.caption:
        # The line before the table says ``::: 表 caption``.
        caption = PublishedText(
            Role.CAPTION, table.caption, max(table.line - 1, 1), before="表", block=table, parents=parents
        )
        yield (caption,)
    for row in grid(table):
        cells = tuple(
            _cell(cell.text, cell.line, column, table, parents) for column, cell in row if cell.text
        )
        if cells:
            yield cells


def _cell(text: Inline, line: int, column: int, table: Table, parents: Parents) -> PublishedText:
    return PublishedText(Role.CELL, plain(text), line, field=column, block=table, parents=parents)


def _figure(figure: Figure, parents: Parents) -> Iterator[Line]:
    opening = f"![{figure.alternative}]({figure.file.rpartition('/')[2] or '原图待补'} "
    if figure.caption:
        caption = PublishedText(
            Role.CAPTION, figure.caption, figure.line, before=opening, block=figure, parents=parents
        )
        yield (caption,)
    if figure.alternative:
        alternative = PublishedText(
            Role.ALTERNATIVE, figure.alternative, figure.line, before="![", block=figure, parents=parents
        )
        yield (alternative,)


def _entry(entry: RosterEntry, roster: Roster, parents: Parents) -> Iterator[PublishedText]:
    fields = (
        (Role.ROSTER_ROLE, entry.role),
        (Role.ROSTER_NAME, entry.name),
        (Role.ROSTER_POST, entry.post),
    )
    # A line without a role begins with the pipe after it.
    for field, (role, text) in enumerate(fields, 0 if entry.role else -1):
        if text:
            yield PublishedText(role, text, entry.line, field=field, block=roster, parents=parents)


def _name_list(block: NameList, parents: Parents) -> Iterator[Line]:
    for group in block.groups:
        if group.heading:
            yield (PublishedText(Role.NAME_GROUP, group.heading, group.line, block=block, parents=parents),)
        names = (
            PublishedText(Role.LISTED_NAME, name.text, name.line, name.column, block=block, parents=parents)
            for name in group.names
        )
        yield tuple(names)


def _unofficial(document: FullText) -> Iterator[Line]:
    for number, waiver in enumerate(document.waivers, 1):
        yield (_value(document, Role.WAIVER_REASON, waiver.reason, "校核豁免", f"校核豁免 {number} 理由"),)
    for remark in document.remarks:
        yield (PublishedText(Role.REMARK, remark.text, remark.place.line, remark.place.column, before="#"),)
    for block, parents in walk(document.blocks):
        if isinstance(block, Figure) and block.file:
            name = block.file.rpartition("/")[2]
            before = f"![{block.alternative}]("
            yield (
                PublishedText(Role.PICTURE, name, block.line, before=before, block=block, parents=parents),
            )
