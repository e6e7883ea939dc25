"""From one Markdown file to one document of the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from liulin_gazette.model.blocks import Instrument
from liulin_gazette.model.diagnostics import Place, has_errors
from liulin_gazette.model.document import RELATIONS, Contact, Event, FullText, Relation, Signatory, Waiver
from liulin_gazette.model.document_number import DocumentNumber, NumberFormatError, parse
from liulin_gazette.model.kinds import Kind
from liulin_gazette.model.publication import IssueFormat
from liulin_gazette.model.sample_texts import UNRESOLVED, UNRESOLVED_HINT
from liulin_gazette.source.annual_document import generated_index
from liulin_gazette.source.errata import errata
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.front_matter import CONTACT_KEYS, SIGNATORY_KEYS, FrontMatter, Value, split
from liulin_gazette.source.markdown.markdown_blocks import Signing, read_blocks
from liulin_gazette.source.markdown.pasted_text import report_pasted_text
from liulin_gazette.source.policy_data import policy_data, read_date
from liulin_gazette.source.settings_tables.arrangement_choices import COLUMNS, RUN_ON, Choice, chosen
from liulin_gazette.source.text_file import read_text
from liulin_gazette.text.title_lines import title_lines

T = TypeVar("T")

ORDER = re.compile(r"第?(?P<number>[1-9]\d{0,4})号?")
"""令号 as it is written in a front matter: 第12号, or 12."""
CITED_ORDER = re.compile(r"[一-鿿]{2,40}(?:、[一-鿿]{2,40})*令第[1-9]\d{0,4}号")
"""An order as a relation names it: 柳林县人民政府令第12号."""
_PAGES = re.compile(r"(?P<first>[1-9]\d{0,3})(?:[—–~～-]+(?P<last>[1-9]\d{0,3}))?")
"""印刷页码: 12, or 12—15."""
_PARSED = ("发文字号", "令号", "成文日期", "印刷页码")
"""Fields whose values have a form, which a mark 待核 has not."""
ADDRESS_NAME = re.compile(r"(?=.{1,60}$)[a-z0-9]+(?:-[a-z0-9]+)*")
"""网址名, and the last part of an address."""


def load_document(
    folder: Folder, name: str, form: IssueFormat, findings: FindingCollector
) -> FullText | None:
    """Return the document in the file ``name`` of ``folder``; None if any of its findings is an error.

    ``form`` is what gazette.toml says of it.
    """
    of_document = FindingCollector()
    document = _load(folder, name, form, of_document)
    findings.items.extend(of_document.items)
    return None if has_errors(of_document.items) else document


def _load(folder: Folder, name: str, form: IssueFormat, findings: FindingCollector) -> FullText | None:
    path = f"{folder.path}/{name}"
    text = read_text(folder, name, findings)
    front = split(text, path, findings, form.kinds) if text is not None else None
    if front is None:
        return None
    values, kind = front.values, front.kind
    if _report_unresolved(text or "", values, path, findings):
        return None
    issuers = tuple(text for text, _ in values["发文机关"].items) if "发文机关" in values else ()
    signatory = _signatory(values.get("签署"))
    signable = bool(issuers or signatory)
    blocks = read_blocks(front.body, path, folder, findings, Signing(kind.signed and signable, signable))
    report_pasted_text(front.body, path, findings)
    if not front.body.strip():
        findings.error("S026", Place(path), "文件没有正文。", "在文首信息之后写正文。")
    number = _number(values["发文字号"], findings) if "发文字号" in values else None
    order = _order(values["令号"], findings) if "令号" in values else 0
    document_date = read_date(values["成文日期"], findings)
    if document_date is None or ("发文字号" in values and number is None):
        return None
    title = values["标题"].text
    relations = _relations(values, findings)
    return FullText(
        path=path,
        title=title,
        title_lines=_title_lines(title, issuers, values.get("标题分行"), findings),
        number=number,
        issuers=issuers,
        date=document_date,
        release=_text(values, "公开方式"),
        addressees=_text(values, "主送"),
        contact=_contact(values.get("政策咨询")),
        blocks=blocks,
        instruments=tuple(block.title for block in blocks if isinstance(block, Instrument)),
        remarks=front.remarks,
        slug=_slug(number, order, kind, document_date, form.readings, values.get("网址名"), findings),
        kind=kind.name,
        treated_as=kind.treated_as,
        order=order,
        signatory=signatory,
        headnote=tuple(text for text, _ in values["题注"].items) if "题注" in values else (),
        source=_text(values, "来源"),
        paper_pages=_paper_pages(values["印刷页码"], findings) if "印刷页码" in values else (0, 0),
        run_on=_chosen(RUN_ON, values, findings),
        columns=_chosen(COLUMNS, values, findings),
        generated_index=generated_index(values, findings),
        policy=policy_data(values, document_date, findings),
        relations=relations,
        errata=errata(values, relations, _target, findings),
        events=_events(values.get("日程"), findings),
        waivers=_waivers(values.get("校核豁免")),
        places=_places(front),
    )


def _report_unresolved(text: str, values: Mapping[str, Value], path: str, findings: FindingCollector) -> bool:
    """Report every mark 待核 in ``text`` (S051) where one stands for a value that no document can do without.

    Other documents with such marks can be read, and the rule of that code reports them.
    """
    if not any(key in values and UNRESOLVED.search(values[key].text) for key in _PARSED):
        return False
    for number, line in enumerate(text.split("\n"), 1):
        for mark in UNRESOLVED.finditer(line):
            findings.error(
                "S051", Place(path, number, mark.start() + 1), f"这里还没有核对：{mark[0]}", UNRESOLVED_HINT
            )
    return True


def _number(value: Value, findings: FindingCollector) -> DocumentNumber | None:
    """Return the 发文字号 in ``value``; None, reported (N001), if it is malformed."""
    try:
        return parse(value.text)
    except NumberFormatError as error:
        place = Place(value.place.path, value.place.line, value.place.column + error.offset)
        findings.error("N001", place, error.message, error.hint)
        return None


def _chosen(choice: Choice[T], values: Mapping[str, Value], findings: FindingCollector) -> T | None:
    value = values.get(choice.key)
    return None if value is None else chosen(choice, value.text, value.place, findings)


def _text(values: Mapping[str, Value], key: str) -> str:
    return values[key].text if key in values else ""


def _order(value: Value, findings: FindingCollector) -> int:
    """Return the number in 令号, which is written 第12号 or 12; 0, reported (N021), if it is malformed."""
    match = ORDER.fullmatch(value.text)
    if match is None:
        findings.error(
            "N021", value.place, f"令号“{value.text}”写法不对。", "写作“第12号”：阿拉伯数字，不编虚位。"
        )
        return 0
    return int(match["number"])


def _paper_pages(value: Value, findings: FindingCollector) -> tuple[int, int]:
    """Return first and last page in 印刷页码; zeros, reported (N040), if it is malformed."""
    match = _PAGES.fullmatch(value.text)
    first, last = (int(match["first"]), int(match["last"] or match["first"])) if match else (0, 0)
    if match is None or last < first:
        findings.error(
            "N040",
            value.place,
            f"印刷页码“{value.text}”写法不对。",
            "写这份文件在当年纸本公报上的首页和末页，例如“12—15”；只有一页的写“12”。由本程序排印的一期不写。",
        )
        return 0, 0
    return first, last


def _slug(
    number: DocumentNumber | None,
    order: int,
    kind: Kind,
    document_date: date,
    readings: Mapping[str, str],
    value: Value | None,
    findings: FindingCollector,
) -> str:
    """Return the last part of the address of a document; a malformed 网址名 is reported (B008).

    It is the number in pinyin, or ``ling-12`` for an order; without a number, the kind in pinyin and the date. 网址名
    follows where it is stated.
    """
    unnumbered = f"ling-{order}" if order else f"{kind.slug}-{document_date.isoformat()}"
    slug = number.slug_with(readings) if number else unnumbered
    if value is None:
        return slug
    if not ADDRESS_NAME.fullmatch(value.text):
        findings.error(
            "B008",
            value.place,
            f"网址名“{value.text}”写法不对。",
            "用小写字母、数字和减号，写作“gong-zuo-bao-gao”的样子，不超过六十个字符。",
        )
    return f"{slug}-{value.text}"


def _title_lines(
    title: str, issuers: tuple[str, ...], value: Value | None, findings: FindingCollector
) -> tuple[str, ...]:
    """Return the lines in 标题分行, or those that the program breaks the title into; S027 if they are not the title."""
    if value is None:
        return title_lines(title, issuers)
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


def _contact(value: Value | None) -> Contact | None:
    if value is None:
        return None
    unit, office, person, phone = (value.fields[key][0] for key in CONTACT_KEYS)
    return Contact(unit, office, person, phone)


def _signatory(value: Value | None) -> Signatory | None:
    if value is None:
        return None
    post, name = (value.fields[key][0] for key in SIGNATORY_KEYS)
    return Signatory(post, name)


def _relations(values: dict[str, Value], findings: FindingCollector) -> tuple[Relation, ...]:
    relations: list[Relation] = []
    for kind in RELATIONS:
        for text, place in values[kind].items if kind in values else ():
            if target := _target(Value(text, (), {}, place), findings):
                relations.append(Relation(kind, target))
    return tuple(relations)


def _target(value: Value, findings: FindingCollector) -> str:
    """Return the document that a relation names; empty, reported (N001), if the name has no known form.

    It is named by 发文字号, by 令号 with the issuer (柳林县人民政府令第12号), or by the last part of its address.
    """
    if CITED_ORDER.fullmatch(value.text) or ADDRESS_NAME.fullmatch(value.text):
        return value.text
    if not value.text.endswith("号"):
        findings.error(
            "N001",
            value.place,
            f"“{value.text}”不是发文字号，认不出是哪一份文件。",
            "写发文字号（机关代字、年份、序号）；没有字号的，写它网址的最后一段，如“gong-gao-2025-03-01”；本刊没有登过、又没有字号的，不写。",
        )
        return ""
    number = _number(value, findings)
    return str(number) if number else ""


def _events(value: Value | None, findings: FindingCollector) -> tuple[Event, ...]:
    """Return the events in 日程; one that ends before it begins is reported (B009) and left out."""
    events: list[Event] = []
    for entry in value.rows if value else ():
        row, place = entry.fields, entry.place
        first = read_date(Value(row["日期"], (), {}, place), findings)
        last = read_date(Value(row["至"], (), {}, place), findings) if "至" in row else first
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
    """Return where the value of each key stands, with those in groups, lists and rows."""
    places = {key: value.place for key, value in front.values.items()}
    for key, value in front.values.items():
        places.update({name: place for name, (_, place) in value.fields.items()})
        places.update({f"{key} {number}": place for number, (_, place) in enumerate(value.items, 1)})
        for number, row in enumerate(value.rows, 1):
            places.update({f"{key} {number} {name}": place for name, place in row.places.items()})
    return places
