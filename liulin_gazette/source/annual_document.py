"""总目录 as a document: the body that the program writes, and the digest that tells it from any other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.model.annual_index import FirstPages, IndexPart, annual_index
from liulin_gazette.model.document import Document, GeneratedIndex
from liulin_gazette.model.index_orders import ORDERS
from liulin_gazette.model.issue_labels import name_in_year
from liulin_gazette.model.publication import Issue
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import Value
from liulin_gazette.source.markdown.foreign_marks import escaped
from liulin_gazette.source.settings_tables.settings import YEARS
from liulin_gazette.text.advised_acts import Act, advice

_HEAD = "| 标题 | 发文字号 | 期 | 页 |\n| --- | --- | :-: | --: |"
_ORDINALS = "一二三四五"
_DIGEST_LENGTH = 12
_DIGEST = re.compile(r"[0-9a-f]{12}-[0-9a-f]{12}")
_SEPARATOR = re.compile(r"[、，,\s]+")


@dataclass(frozen=True, slots=True)
class AnnualText:
    """The body of an index, and the digest of it."""

    body: str
    digest: str
    """摘要: a digest of the entries without their pages, and one of the whole body, joined by a hyphen."""

    def has_entries_of(self, digest: str) -> bool:
        """Tell whether ``digest`` is of the same entries, whatever their pages."""
        return self.digest.partition("-")[0] == digest.partition("-")[0]


def annual_text(issues: Sequence[Issue], first_pages: FirstPages, orders: Iterable[str]) -> AnnualText:
    """Return the index of ``issues``, those of one year, oldest first, in ``orders``."""
    wanted = tuple(orders)

    def body(pages: FirstPages) -> str:
        return _body([part for part in annual_index(issues, pages) if part.title in wanted])

    whole = body(first_pages)
    return AnnualText(whole, f"{_digest(body({}))}-{_digest(whole)}")


def is_as_generated(body: str, digest: str) -> bool:
    """Tell whether ``body``, in which every line ends in a line feed, is the one of this ``digest``."""
    return _digest(body) == digest.rpartition("-")[2]


def _digest(body: str) -> str:
    return hashlib.sha256(body.strip().encode()).hexdigest()[:_DIGEST_LENGTH]


def _body(parts: Sequence[IndexPart]) -> str:
    """Return the Markdown of ``parts``: one table each, with a heading where there are several."""
    tables: list[str] = []
    for ordinal, part in zip(_ORDINALS, parts, strict=False):
        heading = f"## {ordinal}、按{part.title}\n\n" if len(parts) > 1 else ""
        tables.append(heading + "\n".join((_HEAD, *_rows(part))))
    return "\n\n".join(tables)


def _rows(part: IndexPart) -> Iterator[str]:
    for group in part.groups:
        # The dialect has no bold text that holds an asterisk.
        weight = "" if "*" in group.name else "**"
        yield f"| {weight}{_cell(group.name)}{weight} | << | << | << |"
        for entry in group.entries:
            page = str(entry.page) if entry.page else ""
            cells = (entry.document.listed_title, _number(entry.document), name_in_year(entry.issue), page)
            yield f"| {' | '.join(map(_cell, cells))} |"


def _number(document: Document) -> str:
    return str(document.number) if document.number else document.order_number


def _cell(text: str) -> str:
    """Return ``text`` as a cell that is printed as it stands."""
    return re.sub(r"(?<!\\)\||^<(?=<$)", r"\\\g<0>", escaped(text))


def generated_index(values: Mapping[str, Value], findings: FindingCollector) -> GeneratedIndex | None:
    """Return 总目录 of front-matter ``values``; None if there is none, or, reported (B008), if it is malformed."""
    if "总目录" not in values:
        return None
    fields = values["总目录"].fields
    (year, year_place), (orders, orders_place), (digest, digest_place) = (
        fields[key] for key in ("年", "排法", "摘要")
    )
    titles = tuple(filter(None, _SEPARATOR.split(orders)))
    count_before = len(findings.items)
    if not (year.isascii() and year.isdigit() and int(year) in YEARS):
        findings.error("B008", year_place, f"总目录的年“{year}”写法不对。", "写作四位数字，如 2026。")
    for title in titles:
        if title not in ORDERS:
            findings.error(
                "B008",
                orders_place,
                f"总目录没有“{title}”这种排法。",
                f"可用的有：{'、'.join(ORDERS)}。",
            )
    if not _DIGEST.fullmatch(digest):
        findings.error(
            "B008",
            digest_place,
            "总目录的摘要由程序写，现在读不懂。",
            advice(Act.UNDO, "，或从备份恢复；不再由程序更新的，删去“总目录”一节。"),
        )
    if len(findings.items) > count_before:
        return None
    return GeneratedIndex(int(year), titles, digest)
