"""门户: the documents of an issue for the back office of a government portal: a table of them, and the text of each.

The table is there as Excel and as CSV, with the columns that gazette.toml chooses. Each document has a folder with
its text as a fragment of HTML, its PDF and its pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from liulin_gazette.editions.carried_characters import CODE, uncarried
from liulin_gazette.editions.edition import EditionFiles, EditionSource
from liulin_gazette.editions.excerpts import excerpt
from liulin_gazette.editions.pasted_form import pasted_form, pasted_pictures
from liulin_gazette.editions.spreadsheet import comma_separated, fits_in_cell, workbook
from liulin_gazette.editions.wechat import original_address
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.document import Contact, FullText
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.published_texts import body_lines
from liulin_gazette.rendering.product import Asset

PICTURE_TYPES = ("png", "jpg", "gif", "webp", "svg")
MOST_IN_SUMMARY = 200
"""Characters of 内容概述."""
_BLANK_LINES = re.compile(r"\n\s*\n+")


def portal_files(source: EditionSource) -> EditionFiles:
    """Return the table and the folders of an issue, below ``output/portal``.

    A text with a character that a workbook cannot carry is left out (S090); a cell that would be too long has the name
    of the file instead (S090).
    """
    form = pasted_form(source.environ, "portal")
    base = f"{source.issue.name}/"
    columns = source.gazette.portal_columns
    rows: list[list[str]] = [list(columns)]
    assets: list[Asset] = []
    found: list[Diagnostic] = []
    sections = {each.path: section.name for section in source.issue.sections for each in section.documents}
    for document in source.issue.full_texts:
        if faults := tuple(uncarried((document,), "门户的表")):
            found += faults
            continue
        pictures, _ = pasted_pictures(source, document, PICTURE_TYPES)
        fragment = source.environ.get_template("portal/fragment.html").render(
            gazette=source.gazette,
            issue=source.issue,
            document=document,
            form=form,
            figures={file: picture.name for file, picture in pictures.items()},
        )
        fragment = _BLANK_LINES.sub("\n", fragment.strip()) + "\n"
        pdf = source.document_pdfs.get(document.slug)
        attachments = [(each.name, each.content) for each in pictures.values()]
        if pdf:
            attachments.insert(0, (f"{document.slug}.pdf", pdf))
        file = f"{document.slug}/{document.slug}.html"
        assets.append(Asset(base + file, fragment.encode()))
        assets += (Asset(f"{base}{document.slug}/{name}", content) for name, content in attachments)
        values = {
            **document_values(document),
            "栏目": sections[document.path],
            "期": issue_name(source.issue),
            "链接": original_address(source, document),
            "正文": fragment,
            "正文文字": "\n".join(
                "　".join(text.shown for text in line) for line in body_lines(document.blocks)
            ),
            "正文文件": file,
            "附件": "；".join(f"{document.slug}/{name}" for name, _ in attachments),
        }
        rows.append(list(_row(document, columns, values, found)))
    tables = (
        Asset(f"{base}documents.xlsx", workbook(source.environ, "公文", rows, source.issue.date)),
        Asset(f"{base}documents.csv", comma_separated(rows)),
    )
    return EditionFiles((*tables, *assets), tuple(found))


def document_values(document: FullText) -> dict[str, str]:
    """Return the values of those columns that a document has by itself; a day is written 2026-02-06.

    What the document does not state is empty: nothing is taken from elsewhere.
    """
    policy = document.policy
    contact = document.contact or Contact("", "", "", "")
    day = document.date.isoformat()
    return {
        "索引号": policy.index,
        "信息名称": document.listed_title,
        "标题": document.listed_title,
        "发布机构": document.issuer,
        "发文机关": document.issuer,
        "文号": document.identifier,
        "令号": document.order_number,
        "生成日期": day,
        "成文日期": day,
        "发布日期": _day(policy.released),
        "主题分类": policy.topic,
        "体裁": document.kind,
        "文种": document.type_name,
        "公开方式": document.release,
        "有效性": policy.validity,
        "施行日期": _day(policy.effective),
        "有效期至": _day(policy.expires),
        "废止日期": _day(policy.repealed),
        "统一登记号": policy.registration,
        "主送机关": document.addressees.removesuffix("："),
        "内容概述": excerpt(document, MOST_IN_SUMMARY),
        "来源": document.source,
        "责任单位": contact.unit,
        "责任股室": contact.office,
        "责任人": contact.person,
        "电话": contact.phone,
    }


def _row(
    document: FullText, columns: tuple[str, ...], values: Mapping[str, str], found: list[Diagnostic]
) -> Iterator[str]:
    """Yield the cells of ``document``; one that no workbook holds is told in ``found``."""
    for column in columns:
        value = values[column]
        if fits_in_cell(value):
            yield value
            continue
        yield values["正文文件"]
        found.append(
            Diagnostic(
                CODE,
                Severity.WARNING,
                document.place,
                f"“{column}”有{len(value)}个字，Excel 的一格装不下，表里写的是正文文件的名称。",
                "导入以后，从正文文件里复制正文；别的公文不受影响。",
            )
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
