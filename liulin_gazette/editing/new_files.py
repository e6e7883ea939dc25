"""A new issue and a new document: what goes into their files, with the numbers that the series has next."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError

from liulin_gazette.editing.changes import Change, change
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Contact, Publication
from liulin_gazette.model.series import covered_months, expected_total
from liulin_gazette.text.editor_error import CONTENT, EditorError

SECTIONS = ("县政府办公室文件", "县政府部门文件")
"""栏目 of the first issue of a gazette; later ones take those of the issue before."""
_PLAIN = re.compile(r"[^\s\"'#&*!|>%@`\[\]{},?:\-][^#:\n]*")

NOBODY = Contact("", "", "", "")
"""A 政策咨询 that the editor is to write."""


class NewError(EditorError):
    """An issue or document cannot be added; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class NewIssue:
    """The next issue as proposed, or as the editor says."""

    year: int
    number: int
    total: int
    date: date
    sections: tuple[str, ...]

    @property
    def name(self) -> str:
        """``2026-2``."""
        return f"{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """The front matter of a new document; empty where the editor is to write it."""

    title: str
    number: str
    issuer: str
    date: str
    addressees: str = ""
    release: str = "此件公开发布"
    contact: Contact = NOBODY
    body: str = "正文……"


def next_issue(publication: Publication, today: date) -> NewIssue:
    """Return the issue after the last one of ``publication``, dated at the end of its months.

    ``today`` gives the year where there is no issue yet.
    """
    series = publication.series
    last = publication.issues[-1] if publication.issues else None
    year, number = (last.year, last.number + 1) if last else (max(series.year, today.year), 1)
    passed = {(each.year, each.number) for each in series.exceptions if each.category == "停刊"}
    passed |= {(each.year, each.merged_with) for each in series.exceptions if each.category == "合刊"}
    while number > series.per_year or (year, number) in passed:
        year, number = (year + 1, 1) if number >= series.per_year else (year, number + 1)
    return issue_named(publication, year, number)


def issue_named(publication: Publication, year: int, number: int) -> NewIssue:
    """Return the issue ``number`` of ``year`` with its 总期号, a proposed date and the usual 栏目."""
    series = publication.series
    merged = next(
        (
            each.merged_with
            for each in series.exceptions
            if (each.year, each.number, each.category) == (year, number, "合刊")
        ),
        0,
    )
    _, month = covered_months(min(number, series.per_year), series.per_year, merged)
    day = date(year, month, calendar.monthrange(year, month)[1])
    sections = (
        tuple(each.name for each in publication.issues[-1].sections) if publication.issues else SECTIONS
    )
    return NewIssue(year, number, expected_total(series, year, number), day, sections)


def issue_changes(root: Path, new: NewIssue) -> tuple[Change, ...]:
    """Return the files of a new issue. Raises NewError when it is there already."""
    if (root / "content" / new.name).exists():
        raise NewError(f"content/{new.name} 已经有了，没有动它。")
    return (change(root, f"content/{new.name}/issue.toml", issue_text(new).encode()),)


def issue_text(new: NewIssue) -> str:
    """Return the issue.toml of ``new``, its 栏目 empty."""
    head = f'"年" = {new.year}\n"期" = {new.number}\n"总期号" = {new.total}\n"出版日期" = {new.date}\n'
    return head + "".join(f'\n[["栏目"]]\n"名称" = {_toml(name)}\n"文件" = []\n' for name in new.sections)


def document_changes(root: Path, issue: str, section: str, new: NewDocument) -> tuple[Change, ...]:
    """Return the new document's file and the issue.toml that lists it last in ``section``.

    Raises NewError when there is no such issue or section.
    """
    path = f"content/{issue}/issue.toml"
    file = root / path
    if not file.is_file():
        raise NewError(f"还没有 {issue} 这一期。先运行 python3 build.py new issue {issue}。")
    name = free_name(file.parent)
    return (
        change(root, f"content/{issue}/{name}", document_text(new).encode()),
        change(root, path, listed(file.read_text("utf-8-sig"), section, name).encode()),
    )


def free_name(folder: Path, taken: Sequence[str] = ()) -> str:
    """Return the next free file name of an issue's folder: ``10.md``."""
    there = {entry.name for entry in folder.glob("*.md")} | set(taken)
    numbers = [int(name[:-3]) for name in there if name[:-3].isdigit()]
    return f"{max(numbers, default=0) + 1:02}.md"


def listed(text: str, section: str, *names: str) -> str:
    """Return the issue.toml ``text`` with ``names`` added to ``section``, all else untouched.

    An empty ``section`` stands for the only one. Raises NewError when it is not there.
    """
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise NewError("issue.toml 读不懂。先运行 python3 build.py check 改正。") from error
    tables = cast("list[dict[str, Any]]", document.get("栏目", []))
    known = [str(table.get("名称", "")) for table in tables]
    if not section and len(known) == 1:
        section = known[0]
    if section not in known:
        raise NewError(f"这一期没有“{section}”这个栏目。可用的有：{'、'.join(known)}。")
    files = tables[known.index(section)].setdefault("文件", tomlkit.array())
    for name in names:
        files.append(name)
    return tomlkit.dumps(document)


def document_text(new: NewDocument) -> str:
    """Return the Markdown file of ``new``."""
    lines = [
        f"标题: {_yaml(new.title)}",
        f"发文字号: {_yaml(new.number)}",
        f"发文机关: {_yaml(new.issuer)}",
        f"成文日期: {new.date}",
        f"公开方式: {_yaml(new.release)}",
        *([f"主送: {_yaml(new.addressees)}"] if new.addressees else []),
        "政策咨询:",
        f"  责任单位: {_yaml(new.contact.unit)}",
        f"  责任股室: {_yaml(new.contact.office)}",
        f"  责任人: {_yaml(new.contact.person)}",
        f"  电话: {_yaml(new.contact.phone)}",
    ]
    return "---\n" + "\n".join(line.rstrip() for line in lines) + f"\n---\n\n{new.body}\n"


def next_number(publication: Publication, code: str, year: int) -> DocumentNumber:
    """Return the number after the last published one of ``code`` in ``year``, as a proposal."""
    serials = [
        document.number.serial
        for issue in publication.issues
        for document in issue.documents
        if (document.number.code, document.number.year) == (code, year)
    ]
    return DocumentNumber(code, year, max(serials, default=0) + 1)


def _yaml(text: str) -> str:
    """Return ``text`` as a YAML scalar that reads back the same."""
    return (
        text
        if not text or (_PLAIN.fullmatch(text) and text == text.strip())
        else json.dumps(text, ensure_ascii=False)
    )


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
