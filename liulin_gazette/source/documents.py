"""From one Markdown file to one document of the model."""

from __future__ import annotations

import re
from datetime import date

from liulin_gazette.model.diagnostics import Place, has_errors
from liulin_gazette.model.document_number import DocumentNumber, NumberFormatError, parse
from liulin_gazette.model.publication import (
    RELATIONS,
    VALIDITIES,
    Contact,
    Event,
    FullText,
    PolicyData,
    Relation,
    Waiver,
)
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.front_matter import CONTACT_KEYS, FrontMatter, Value, split
from liulin_gazette.source.markdown_blocks import read_blocks
from liulin_gazette.source.settings import YEARS
from liulin_gazette.source.text_file import read_text
from liulin_gazette.source.titles import title_lines

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def load_document(folder: Folder, name: str, findings: FindingCollector) -> FullText | None:
    """Return the document in the file ``name`` of ``folder``; None if any of its findings is an error."""
    of_document = FindingCollector()
    document = _load(folder, name, of_document)
    findings.items.extend(of_document.items)
    return None if has_errors(of_document.items) else document


def _load(folder: Folder, name: str, findings: FindingCollector) -> FullText | None:
    path = f"{folder.path}/{name}"
    text = read_text(folder, name, findings)
    front = split(text, path, findings) if text is not None else None
    if front is None:
        return None
    blocks = read_blocks(front.body, path, folder, findings)
    if not front.body.strip():
        findings.error("S026", Place(path), "公文没有正文。", "在文首信息之后写正文。")
    values = front.values
    number = _number(values["发文字号"], findings)
    signed = _date(values["成文日期"], findings)
    if number is None or signed is None:
        return None
    issuer, title = values["发文机关"].text, values["标题"].text
    return FullText(
        path=path,
        title=title,
        title_lines=_title_lines(title, issuer, values.get("标题分行"), findings),
        number=number,
        issuer=issuer,
        date=signed,
        release=values["公开方式"].text,
        addressees=values["主送"].text if "主送" in values else "",
        contact=_contact(values["政策咨询"]),
        blocks=blocks,
        remarks=front.remarks,
        slug=number.slug,
        policy=_policy(values, findings),
        relations=_relations(values, findings),
        events=_events(values.get("日程"), findings),
        waivers=_waivers(values.get("校核豁免")),
        places=_places(front),
    )


def _number(value: Value, findings: FindingCollector) -> DocumentNumber | None:
    """Return the 发文字号 in ``value``; None, reported (N001), if it is malformed."""
    try:
        return parse(value.text)
    except NumberFormatError as error:
        place = Place(value.place.path, value.place.line, value.place.column + error.offset)
        findings.error("N001", place, error.message, error.hint)
        return None


def _date(value: Value, findings: FindingCollector) -> date | None:
    """Return the day in ``value``; None, reported (B009), if it is malformed, impossible or out of range."""
    hint = "写作“2026-01-12”的样子：年四位、月两位、日两位。"
    match = _DATE.fullmatch(value.text)
    if match is None:
        findings.error("B009", value.place, f"日期“{value.text}”写法不对。", hint)
        return None
    if int(match[1]) not in YEARS:
        findings.error(
            "B009",
            value.place,
            f"日期“{value.text}”的年份不合情理。",
            f"应在 {YEARS[0]} 与 {YEARS[-1]} 之间；核对原件。",
        )
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        findings.error("B009", value.place, f"没有“{value.text}”这一天。", "核对原件的成文日期。")
        return None


def _title_lines(title: str, issuer: str, value: Value | None, findings: FindingCollector) -> tuple[str, ...]:
    """Return the lines in 标题分行, or those that the program breaks the title into; S027 if they are not the title."""
    if value is None:
        return title_lines(title, issuer)
    lines = tuple(text for text, _ in value.items)
    if "".join(lines) != title:
        findings.error(
            "S027", _first_difference(title, value), "“标题分行”连起来与“标题”不一致。", f"标题是“{title}”。"
        )
    return lines


def _first_difference(title: str, value: Value) -> Place:
    """Return the place of the first line in ``value`` that is not the next part of ``title``."""
    offset = 0
    for text, place in value.items:
        if title[offset : offset + len(text)] != text:
            return place
        offset += len(text)
    return value.place


def _contact(value: Value) -> Contact:
    unit, office, person, phone = (value.fields[key][0] for key in CONTACT_KEYS)
    return Contact(unit, office, person, phone)


def _policy(values: dict[str, Value], findings: FindingCollector) -> PolicyData:
    def text(key: str) -> str:
        return values[key].text if key in values else ""

    validity = text("有效性")
    if validity and validity not in VALIDITIES:
        findings.error(
            "B008",
            values["有效性"].place,
            f"有效性“{validity}”写法不对。",
            f"可用的有：{'、'.join(VALIDITIES)}。",
        )
    released = _date(values["发布日期"], findings) if "发布日期" in values else None
    return PolicyData(text("索引号"), text("主题分类"), released, validity)


def _relations(values: dict[str, Value], findings: FindingCollector) -> tuple[Relation, ...]:
    relations: list[Relation] = []
    for kind in RELATIONS:
        for text, place in values[kind].items if kind in values else ():
            number = _number(Value(text, (), {}, place), findings)
            if number is not None:
                relations.append(Relation(kind, number))
    return tuple(relations)


def _events(value: Value | None, findings: FindingCollector) -> tuple[Event, ...]:
    """Return the events in 日程; one that ends before it begins is reported (B009) and left out."""
    events: list[Event] = []
    for entry in value.rows if value else ():
        row, place = entry.fields, entry.place
        first = _date(Value(row["日期"], (), {}, place), findings)
        last = _date(Value(row["至"], (), {}, place), findings) if "至" in row else first
        if first and last and last < first:
            findings.error("B009", place, f"日程“{row['事项']}”的结束早于开始。", "核对“日期”和“至”。")
        elif first and last:
            events.append(Event(first, last, row["事项"]))
    return tuple(events)


def _waivers(value: Value | None) -> tuple[Waiver, ...]:
    rows = value.rows if value else ()
    return tuple(
        Waiver(row.fields["代码"], row.fields.get("文字", ""), row.fields["理由"], row.place) for row in rows
    )


def _places(front: FrontMatter) -> dict[str, Place]:
    """Return where the value of each key stands, those within 政策咨询 included."""
    places = {key: value.place for key, value in front.values.items()}
    places.update({key: place for key, (_, place) in front.values["政策咨询"].fields.items()})
    for key, value in front.values.items():
        for number, row in enumerate(value.rows, 1):
            places.update({f"{key} {number} {name}": place for name, place in row.places.items()})
    return places
