"""The gazette as data: JSON of issues and documents, a table of all documents, and calendars."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
    anchor_of,
    assert_never,
    fold,
    grid,
    plain,
)
from liulin_gazette.model.publication import Contact, Document, FullText, Issue, Publication, Section
from liulin_gazette.rendering.product import Asset, Product
from liulin_gazette.web import addresses
from liulin_gazette.web.metadata import in_beijing_time, publication_time
from liulin_gazette.web.references import DocumentContext, References
from liulin_gazette.web.registers import kind_of

COLUMNS: tuple[str, ...] = (
    "年", "期", "总期号", "出版日期", "栏目", "标题", "发文字号", "发文机关", "文种", "成文日期", "主题分类", "有效性",
    "首页", "末页", "责任单位", "责任股室", "责任人", "电话", "网址", "PDF",
)  # fmt: skip
"""The columns of documents.csv."""
_DAY = timedelta(days=1)
Pages = Mapping[str, int]
"""The printed page number of each anchor of a document."""
IssuePages = Mapping[str, Pages]
"""The ``Pages`` of each document of an issue, by slug."""
Printed = Mapping[str, IssuePages]
"""The ``IssuePages`` of each issue that has a PDF, by name."""
Spans = Mapping[str, Mapping[str, tuple[int, int]]]
"""First and last printed page of each document, by the name of its issue and its slug."""
Row = tuple[int | str, ...]
"""A line of documents.csv, in the order of ``COLUMNS``."""


def document_json(
    publication: Publication, issue: Issue, document: FullText, context: DocumentContext, pages: Pages | None
) -> Asset:
    """Return the JSON of ``document``: front matter, printed pages, relations, events and body."""
    data = _head(publication, issue, document, context.validity, pages)
    data["关系"] = [
        {
            "关系": each.phrase.removesuffix("，见"),
            "发文字号": each.number,
            "网址": _url_of(publication, each.page),
        }
        for each in context.related
    ]
    data["引用文件"] = [
        {"标题": each.title, "发文字号": each.number, "网址": _url_of(publication, each.page)}
        for each in context.cited
    ]
    data["日程"] = [
        {"日期": event.first.isoformat(), "至": event.last.isoformat(), "事项": event.what}
        for event in document.events
    ]
    data["正文"] = fold(document.blocks, lambda block, inside: _placed(block, inside, pages or {}))
    return _json(addresses.document_json(issue, document), data)


def issue_json(
    publication: Publication,
    issue: Issue,
    contexts: Mapping[str, DocumentContext],
    printed: IssuePages | None,
) -> Asset:
    """Return the JSON of ``issue`` with the front matter of its documents; ``contexts`` are by slug."""
    data = _issue(publication, issue, printed is not None)
    data["栏目"] = [
        {
            "名称": section.name,
            "文件": [
                _head(
                    publication,
                    issue,
                    document,
                    contexts[document.slug].validity,
                    None if printed is None else printed.get(document.slug, {}),
                )
                for document in section.documents
            ],
        }
        for section in issue.sections
    ]
    return _json(addresses.issue_json(issue), data)


def issues_json(publication: Publication, spans: Spans) -> Product:
    """Return the JSON that lists all issues, newest first."""
    issues = [_issue(publication, issue, issue.name in spans) for issue in reversed(publication.issues)]

    def make() -> bytes:
        data = {
            "名称": publication.name,
            "主办单位": publication.publisher,
            "刊期": publication.frequency,
            "网址": addresses.absolute(publication, addresses.HOME),
            "各期": issues,
        }
        return _json(addresses.ISSUES_JSON, data).content

    return Product(addresses.ISSUES_JSON, issues, make)


def documents_csv(publication: Publication, references: References, spans: Spans) -> Product:
    """Return the CSV of all documents, newest issue first; with a byte order mark, which spreadsheets want."""
    rows = list(_rows_of(publication, references, spans))

    def make() -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerows((COLUMNS, *rows))
        return ("\ufeff" + out.getvalue()).encode()

    return Product(addresses.DOCUMENTS_CSV, rows, make)


def _rows_of(publication: Publication, references: References, spans: Spans) -> Iterator[Row]:
    for issue in reversed(publication.issues):
        for section in issue.sections:
            for document in section.documents:
                validity = references.validity(document)
                yield _row(publication, issue, section, document, validity, spans.get(issue.name))


def _row(
    publication: Publication,
    issue: Issue,
    section: Section,
    document: Document,
    validity: str,
    spans: Mapping[str, tuple[int, int]] | None,
) -> Row:
    contact = document.contact or Contact("", "", "", "")
    first, last = (spans or {}).get(document.slug, ("", ""))
    return (
        issue.year,
        issue.number,
        issue.total,
        issue.date.isoformat(),
        section.name,
        document.title,
        str(document.number),
        document.issuer,
        kind_of(document),
        document.date.isoformat(),
        document.policy.topic,
        validity,
        first,
        last,
        contact.unit,
        contact.office,
        contact.person,
        contact.phone,
        _url(publication, addresses.document_page(issue, document)),
        "" if spans is None else _url(publication, addresses.document_pdf(issue, document)),
    )


def calendar(publication: Publication, issue: Issue, document: Document) -> Asset:
    """Return the events (日程) of ``document`` as iCalendar (RFC 5545), all of them whole days."""
    from icalendar import Calendar
    from icalendar import Event as CalendarEvent

    made = Calendar()
    made.add("PRODID", f"-//{publication.name}//{publication.publisher}//ZH")
    made.add("VERSION", "2.0")
    url = _url(publication, addresses.document_page(issue, document))
    for index, event in enumerate(document.events, 1):
        entry = CalendarEvent()
        entry.add("UID", f"{document.slug}-{index}@{publication.site_url.split('/')[2]}")
        entry.add("DTSTAMP", in_beijing_time(publication_time(issue, document)))
        entry.DTSTART = event.first
        entry.DTEND = event.last + _DAY
        entry.add("SUMMARY", event.what)
        entry.add("DESCRIPTION", f"《{document.title}》（{document.number}）")
        entry.add("URL", url)
        made.add_component(entry)
    return Asset(addresses.document_calendar(issue, document), made.to_ical())


def _head(
    publication: Publication, issue: Issue, document: Document, validity: str, pages: Pages | None
) -> dict[str, Any]:
    """Return the front matter of ``document`` under the keys of its source, with its issue, pages and addresses."""
    policy, contact = document.policy, document.contact
    data: dict[str, Any] = {
        "标题": document.title,
        "发文字号": str(document.number),
        "发文机关": document.issuer,
        "文种": kind_of(document),
        "成文日期": document.date.isoformat(),
        "公开方式": document.release,
        "主送": document.addressees,
        "索引号": policy.index,
        "主题分类": policy.topic,
        "发布日期": policy.released.isoformat() if policy.released else "",
        "有效性": validity,
    }
    data = {key: value for key, value in data.items() if value}
    if contact:
        data["政策咨询"] = {
            "责任单位": contact.unit,
            "责任股室": contact.office,
            "责任人": contact.person,
            "电话": contact.phone,
        }
    data["刊载"] = {"年": issue.year, "期": issue.number, "总期号": issue.total}
    if pages:
        data["印刷页码"] = {"首页": min(pages.values()), "末页": max(pages.values())}
    data["网址"] = _url(publication, addresses.document_page(issue, document))
    if pages is not None:
        data["PDF"] = _url(publication, addresses.document_pdf(issue, document))
    data["数据"] = _url(publication, addresses.document_json(issue, document))
    return data


def _issue(publication: Publication, issue: Issue, has_pdf: bool) -> dict[str, Any]:
    data = {
        "年": issue.year,
        "期": issue.number,
        "总期号": issue.total,
        "出版日期": issue.date.isoformat(),
        "文件数": len(issue.documents),
        "网址": _url(publication, addresses.issue_page(issue)),
        "PDF": _url(publication, addresses.issue_pdf(issue)) if has_pdf else "",
        "数据": _url(publication, addresses.issue_json(issue)),
        "打包": _url(publication, addresses.issue_zip(issue)),
    }
    return {key: value for key, value in data.items() if value != ""}


def _placed(block: Block, inside: list[dict[str, Any]], pages: Pages) -> dict[str, Any]:
    """Return ``block`` as JSON, with its anchor and printed page where it has them."""
    data = _block(block, inside)
    if anchor := anchor_of(block):
        data["锚点"] = anchor
    if anchor in pages:
        data["印刷页码"] = pages[anchor]
    return data


def _block(block: Block, inside: list[dict[str, Any]]) -> dict[str, Any]:
    """Return ``block`` as JSON; ``inside`` are the blocks in it."""
    match block:
        case Heading():
            return {"类型": "标题", "层次": block.level - 1, "文字": plain(block.text)}
        case Paragraph():
            return {"类型": "段落", "文字": plain(block.text)}
        case Article():
            return {"类型": "条", "条": block.label, "文字": plain(block.text)}
        case Note():
            return {"类型": "注", "文字": plain(block.text)}
        case Table():
            return {"类型": "表格", "表题": block.caption, "表头行数": block.head_rows, "行": _rows(block)}
        case Roster():
            lines = [[entry.role, entry.name, entry.post] for entry in block.entries]
            return {"类型": "名单", "行": lines}
        case Figure():
            return {"类型": "图", "图题": block.caption, "说明": block.alternative}
        case Signature():
            return {"类型": "落款"}
        case Instrument():
            return {"类型": "印发件", "标题": block.title, "正文": inside}
        case Annex():
            return {"类型": "附件", "名称": block.label, "标题": block.title, "正文": inside}
        case _:
            return assert_never(block)


def _rows(table: Table) -> list[list[str]]:
    """Return the texts of ``table`` row by row; that of a joined cell in each place that the cell covers."""
    rows = [[""] * table.columns for _ in table.rows]
    for y, row in enumerate(grid(table)):
        for x, cell in row:
            for line in rows[y : y + cell.rowspan]:
                line[x : x + cell.colspan] = [plain(cell.text)] * cell.colspan
    return rows


def _url(publication: Publication, path: str) -> str:
    return addresses.absolute(publication, path)


def _url_of(publication: Publication, page: str) -> str:
    return _url(publication, page) if page else ""


def _json(path: str, data: Mapping[str, Any]) -> Asset:
    return Asset(path, (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
