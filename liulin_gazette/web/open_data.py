"""The gazette as data: JSON of issues and documents, and a table of all documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

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
    anchor_of,
    assert_never,
    fold,
    grid,
    plain,
)
from liulin_gazette.model.document import Contact, Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import INSIDE_BACK, INSIDE_FRONT, InsidePage, Picture, merged_imprint
from liulin_gazette.model.issue_labels import cover_number
from liulin_gazette.model.place_names import Places
from liulin_gazette.model.publication import Issue, Publication, Section
from liulin_gazette.rendering.product import Asset, Product
from liulin_gazette.web import addresses
from liulin_gazette.web.correction_data import corrections_data
from liulin_gazette.web.csv_files import csv_file
from liulin_gazette.web.document_places import data_name, places_of
from liulin_gazette.web.printed_pages import NO_PAGES, IssuePages, Pages, Spans, cited_anchors, cited_span
from liulin_gazette.web.references import DocumentContext, References

COLUMNS: tuple[str, ...] = (
    "年", "期", "总期号", "出版日期", "栏目", "标题", "发文字号", "发文机关", "文种", "成文日期", "主题分类", "有效性",
    "首页", "末页", "责任单位", "责任股室", "责任人", "电话", "网址", "PDF", "体裁", "令号", "印发件",
)  # fmt: skip
"""The columns of documents.csv."""
Row = tuple[int | str, ...]
"""A line of documents.csv, in the order of ``COLUMNS``."""


def document_json(
    gazette: Gazette, issue: Issue, document: FullText, context: DocumentContext, pages: Pages | None
) -> Asset:
    """Return the JSON of ``document``: front matter, printed pages, relations, events and body."""
    data = _head(gazette, issue, document, context.validity, pages)
    data["关系"] = [
        {
            "关系": each.phrase.removesuffix("，见"),
            "发文字号": each.number,
            "标题": each.title,
            "网址": _url_of(gazette, each.page),
        }
        for each in context.related
    ]
    anchors = cited_anchors(document, pages)
    places = places_of(issue, document)
    data |= corrections_data(gazette, document, context, anchors, places)
    data["引用文件"] = [
        {"标题": each.title, "发文字号": each.number, "网址": _url_of(gazette, each.page)}
        for each in context.cited
    ]
    data["有效性变动"] = [
        {"日期": change.day.isoformat(), "变动": change.act, "有效性": change.state}
        for change in context.pending
    ]
    if not context.pending:
        del data["有效性变动"]
    data["日程"] = [
        {"日期": event.first.isoformat(), "至": event.last.isoformat(), "事项": event.what}
        for event in document.events
    ]
    data["正文"] = fold(document.blocks, lambda block, inside: _placed(block, inside, anchors or {}, places))
    return _json(addresses.document_json(issue, document), data)


def issue_json(
    gazette: Gazette,
    issue: Issue,
    contexts: Mapping[str, DocumentContext],
    printed: IssuePages | None,
) -> Asset:
    """Return the JSON of ``issue`` with the front matter of its documents; ``contexts`` are by slug."""
    data = _issue(gazette, issue, printed is not None)
    data["栏目"] = [
        {
            "名称": section.name,
            "文件": [
                _head(
                    gazette,
                    issue,
                    document,
                    contexts[document.slug].validity,
                    None if printed is None else printed.get(document.slug, NO_PAGES),
                )
                for document in section.documents
            ],
        }
        for section in issue.sections
    ]
    data |= _own_parts(gazette, issue)
    return _json(addresses.issue_json(issue), data)


def _own_parts(gazette: Gazette, issue: Issue) -> dict[str, Any]:
    """Return what ``issue`` has beside its documents, by the keys of issue.toml; what it has not is left out."""

    def picture(each: Picture) -> dict[str, str]:
        url = addresses.absolute(gazette, addresses.issue_picture(issue, each.file))
        return {"文件": url, "内容说明": each.alternative, "图题": each.caption}

    def inside(page: InsidePage) -> dict[str, Any]:
        own = picture(page.picture) if page.picture else {}
        return {} if page.is_empty else {"标题": page.title, "文字": list(page.paragraphs), **own}

    faces = issue.faces
    imprint = merged_imprint(gazette.printing.inside_cover, faces.imprint)
    parts: dict[str, Any] = {
        "封面图": picture(faces.cover_picture) if faces.cover_picture else {},
        INSIDE_FRONT: inside(faces.inside_front),
        INSIDE_BACK: inside(faces.inside_back),
        "图片页": [
            {"标题": page.title, "图": [picture(each) for each in page.pictures]}
            for page in faces.picture_pages
        ],
        "版权页": [name + value for name, value in imprint],
        "准印证号": faces.permit or gazette.printing.permit,
    }
    return {key: value for key, value in parts.items() if value}


def issues_json(publication: Publication, spans: Spans) -> Product:
    """Return the JSON that lists all issues, newest first."""
    issues = [
        _issue(publication.gazette, issue, issue.name in spans) for issue in reversed(publication.issues)
    ]

    def make() -> bytes:
        data = {
            "名称": publication.gazette.name,
            "主办单位": publication.gazette.publisher,
            "刊期": publication.gazette.frequency,
            "网址": addresses.absolute(publication.gazette, addresses.HOME),
            "各期": issues,
        }
        return _json(addresses.ISSUES_JSON, data).content

    return Product(addresses.ISSUES_JSON, issues, make)


def documents_csv(publication: Publication, references: References, spans: Spans) -> Product:
    """Return the CSV of all documents, newest issue first."""
    rows = list(_rows_of(publication, references, spans))

    def make() -> bytes:
        return csv_file((COLUMNS, *rows))

    return Product(addresses.DOCUMENTS_CSV, rows, make)


def _rows_of(publication: Publication, references: References, spans: Spans) -> Iterator[Row]:
    for issue in reversed(publication.issues):
        for section in issue.sections:
            for document in section.documents:
                validity = references.validity(document)
                yield _row(publication.gazette, issue, section, document, validity, spans.get(issue.name))


def _row(
    gazette: Gazette,
    issue: Issue,
    section: Section,
    document: Document,
    validity: str,
    spans: Mapping[str, tuple[int, int]] | None,
) -> Row:
    contact = document.contact or Contact("", "", "", "")
    printed = document.paper_pages if document.paper_pages[0] else (spans or {}).get(document.slug)
    first, last = printed or ("", "")
    return (
        issue.year,
        cover_number(issue),
        "" if issue.total is None else issue.total,
        issue.date.isoformat(),
        section.name,
        document.title,
        str(document.number or ""),
        document.issuer,
        document.type_name,
        document.date.isoformat(),
        document.policy.topic,
        validity,
        first,
        last,
        contact.unit,
        contact.office,
        contact.person,
        contact.phone,
        _url(gazette, addresses.document_page(issue, document)),
        "" if spans is None else _url(gazette, addresses.document_pdf(issue, document)),
        document.kind,
        document.order_number,
        "、".join(document.instruments),
    )


def _head(
    gazette: Gazette, issue: Issue, document: Document, validity: str, pages: Pages | None
) -> dict[str, Any]:
    """Return the front matter of ``document`` under the keys of its source, with its issue, pages and addresses."""
    policy, contact = document.policy, document.contact
    data: dict[str, Any] = {
        "体裁": document.kind,
        "标题": document.title,
        "发文字号": str(document.number or ""),
        "令号": document.order_number,
        "发文机关": document.issuer,
        "联合发文": list(document.issuers) if len(document.issuers) > 1 else [],
        "文种": document.type_name if document.treatment.has_type else "",
        "题注": list(document.headnote),
        "成文日期": document.date.isoformat(),
        "公开方式": document.release,
        "主送": document.addressees,
        "索引号": policy.index,
        "主题分类": policy.topic,
        "发布日期": policy.released.isoformat() if policy.released else "",
        "有效性": validity,
        "施行日期": policy.effective.isoformat() if policy.effective else "",
        "有效期": f"{policy.term}年" if policy.term else "",
        "有效期至": policy.expires.isoformat() if policy.expires else "",
        "废止日期": policy.repealed.isoformat() if policy.repealed else "",
        "统一登记号": policy.registration,
        "来源": document.source,
    }
    data = {key: value for key, value in data.items() if value}
    if signatory := document.signatory:
        data["签署"] = {"职务": signatory.post, "姓名": signatory.name}
    if contact:
        data["政策咨询"] = {
            "责任单位": contact.unit,
            "责任股室": contact.office,
            "责任人": contact.person,
            "电话": contact.phone,
        }
    data["刊载"] = _numbers(issue)
    first, last = cited_span(document, pages)
    if first:
        data["印刷页码"] = {"首页": first, "末页": last}
    data["网址"] = _url(gazette, addresses.document_page(issue, document))
    if pages is not None:
        data["PDF"] = _url(gazette, addresses.document_pdf(issue, document))
    data["数据"] = _url(gazette, addresses.document_json(issue, document))
    return data


def _issue(gazette: Gazette, issue: Issue, has_pdf: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        **_numbers(issue),
        "出版日期": issue.date.isoformat(),
        "文件数": len(issue.documents),
        "网址": _url(gazette, addresses.issue_page(issue)),
        "PDF": _url(gazette, addresses.issue_pdf(issue)) if has_pdf else "",
        "数据": _url(gazette, addresses.issue_json(issue)),
        "打包": _url(gazette, addresses.issue_zip(issue)),
    }
    return {key: value for key, value in data.items() if value != ""}


def _numbers(issue: Issue) -> dict[str, Any]:
    """Return the numbers of ``issue`` under the keys of its issue.toml; what it has not is left out."""
    data: dict[str, Any] = {"年": issue.year}
    if issue.has_own_count:
        data[issue.supplement] = issue.number
    else:
        data["期"] = issue.number
    if issue.merged_with:
        data["并期"] = issue.merged_with
    if issue.supplement and not issue.has_own_count:
        data["类别"] = issue.supplement
    if issue.total is not None:
        data["总期号"] = issue.total
    return data


def _placed(block: Block, inside: list[Any], pages: Mapping[str, int], places: Places) -> dict[str, Any]:
    """Return ``block`` as JSON, with its anchor and printed page where it has them."""
    data = _block(block, inside)
    if anchor := anchor_of(block):
        data["锚点"] = data_name(places, anchor)
    if anchor in pages:
        data["印刷页码"] = pages[anchor]
    return data


def _block(block: Block, inside: list[dict[str, Any]]) -> dict[str, Any]:
    """Return ``block`` as JSON; ``inside`` are the blocks in it."""
    match block:
        case Heading():
            return {"类型": "标题", "层次": block.level - 1, **_text(block.text)}
        case Paragraph():
            return {"类型": "段落", **_text(block.text)}
        case Article():
            return {"类型": "条", "条": block.label, **_text(block.text)}
        case Note():
            return {"类型": "注", **_text(block.text)}
        case Footnotes():
            return {"类型": "脚注", "注文": list(map(_footnote, block.notes))}
        case Table():
            return {
                "类型": "表格",
                "表题": block.caption,
                "表头行数": block.head_rows,
                "行": _rows(block),
                **_table_notes(block),
            }
        case Roster():
            lines = [[entry.role, entry.name, entry.post] for entry in block.entries]
            return {"类型": "名单", "行": lines}
        case NameList():
            groups = [
                {"名称": group.heading, "姓名": [name.text for name in group.names]} for group in block.groups
            ]
            return {"类型": "名录", "组": groups}
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


def _text(text: Inline) -> dict[str, Any]:
    """Return ``text`` with the marks of its footnotes, each with the number of characters before it."""
    marks = [
        {"注码": span.note, "位置": len(plain(text[:index]))} for index, span in enumerate(text) if span.note
    ]
    return {"文字": plain(text), **({"注码": marks} if marks else {})}


def _footnote(note: Footnote) -> dict[str, str]:
    return {"注码": note.mark, "文字": plain(note.text), "锚点": note.anchor}


def _table_notes(table: Table) -> dict[str, Any]:
    """Return the marks in the cells of ``table``, by row and column from 1, and the notes under it, if any."""
    marks = [
        {"注码": span.note, "行": row, "列": column + 1}
        for row, cells in enumerate(grid(table), 1)
        for column, cell in cells
        for span in cell.text
        if span.note
    ]
    return {"注码": marks, "注文": list(map(_footnote, table.notes))} if marks else {}


def _rows(table: Table) -> list[list[str]]:
    """Return the texts of ``table`` row by row; that of a joined cell in each place that the cell covers."""
    rows = [[""] * table.columns for _ in table.rows]
    for y, row in enumerate(grid(table)):
        for x, cell in row:
            for line in rows[y : y + cell.rowspan]:
                line[x : x + cell.colspan] = [plain(cell.text)] * cell.colspan
    return rows


def _url(gazette: Gazette, path: str) -> str:
    return addresses.absolute(gazette, path)


def _url_of(gazette: Gazette, page: str) -> str:
    return _url(gazette, page) if page else ""


def _json(path: str, data: Mapping[str, Any]) -> Asset:
    return Asset(path, (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
