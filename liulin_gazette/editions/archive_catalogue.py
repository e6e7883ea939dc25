"""The catalogue (归档目录) of an archive package: what DA/T 46-2009 asks of an issue and of its documents, as far as given.

A field has a value only where the front matter, the issue, its PDF or 归档 in gazette.toml gives one. Nothing is
inferred: 密级, 主题词, 分类号 and numbers that the archive assigns are never in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.document import Document
from liulin_gazette.model.document_types import OTHER
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import name_with_total
from liulin_gazette.model.publication import Issue
from liulin_gazette.web.csv_files import as_text
from liulin_gazette.web.printed_pages import NO_PAGES, Pages, cited_span

FIELDS = (
    "聚合层次", "档案馆名称", "档案馆代码", "全宗名称", "立档单位名称", "全宗号", "年度", "保管期限", "机构或问题", "类别号",
    "文档序号", "题名", "说明题名文字", "文件编号", "责任者", "日期", "文种", "主送", "件数", "页号", "页数",
)  # fmt: skip
"""Names of elements of DA/T 46-2009 in the order of the catalogue."""
FILE = "计算机文件名"
"""The element whose values are files of the package."""
Fields = tuple[tuple[str, str], ...]
"""Name and value of each field that has a value, in the order of ``FIELDS``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue (案卷) or a document (文件) in the catalogue."""

    fields: Fields
    files: tuple[str, ...]
    """Paths below ``data/``."""


def issue_entry(
    gazette: Gazette, archiving: Archiving, issue: Issue, pages: int, files: Sequence[str]
) -> Entry:
    """Return the entry of ``issue``; ``pages`` are those of its PDF, 0 where not known, ``files`` those of the whole issue."""
    return Entry(
        _fields(
            {
                "聚合层次": "案卷",
                **_assigned(archiving),
                "年度": str(issue.year),
                "题名": f"《{gazette.name}》{name_with_total(issue)}",
                "责任者": gazette.publisher,
                "日期": _eight_digits(issue.date),
                "件数": str(len(issue.documents)),
                "页数": str(pages or ""),
            }
        ),
        tuple(files),
    )


def document_entry(
    archiving: Archiving,
    number: int,
    document: Document,
    pages: Pages | None,
    files: Sequence[str],
) -> Entry:
    """Return the entry of the ``number``-th ``document`` of an issue; ``pages`` are its printed ones."""
    first, last = cited_span(document, pages or NO_PAGES)
    kind = document.type_name
    return Entry(
        _fields(
            {
                "聚合层次": "文件",
                **_assigned(archiving),
                "年度": str(document.date.year),
                "文档序号": str(number),
                "题名": document.title,
                "说明题名文字": "；".join(document.headnote),
                "文件编号": document.identifier,
                "责任者": "；".join(document.issuers),
                "日期": _eight_digits(document.date),
                "文种": "" if kind == OTHER else kind,
                "主送": document.addressees.removesuffix("："),
                "页号": (f"{first}-{last}" if last > first else str(first)) if first else "",
                "页数": str(last - first + 1) if first else "",
            }
        ),
        tuple(files),
    )


def catalogue_csv(entries: Sequence[Entry]) -> bytes:
    """Return ``entries`` as a table that spreadsheets open (CSV, UTF-8 with its mark): a row each, the issue first.

    A column stands there only if an entry has a value for it.
    """
    columns = [name for name in FIELDS if any(name in dict(entry.fields) for entry in entries)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*columns, FILE))
    for entry in entries:
        values = dict(entry.fields)
        writer.writerow([as_text(values.get(name, "")) for name in columns] + ["；".join(entry.files)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _assigned(archiving: Archiving) -> dict[str, str]:
    return {
        "档案馆名称": archiving.archive,
        "档案馆代码": archiving.archive_code,
        "全宗名称": archiving.fonds,
        "立档单位名称": archiving.creator,
        "全宗号": archiving.fonds_number,
        "保管期限": archiving.retention,
        "机构或问题": archiving.division,
        "类别号": archiving.category,
    }


def _fields(values: Mapping[str, str]) -> Fields:
    def given() -> Iterator[tuple[str, str]]:
        for name in FIELDS:
            if value := values.get(name, ""):
                yield name, value

    return tuple(given())


def _eight_digits(day: date) -> str:
    """Return ``day`` as catalogues write it (DA/T 18-1999 日期): 20260228."""
    return day.isoformat().replace("-", "")
