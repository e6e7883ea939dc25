"""New issues and documents: the content of their files, and the next numbers of the series."""

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

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Contact, Publication
from liulin_gazette.model.series import covered_months, expected_total
from liulin_gazette.text.editor_error import CONTENT, EditorError

DEFAULT_SECTIONS = ("县政府办公室文件", "县政府部门文件")
"""栏目 of a gazette's first issue; later issues take those of the issue before."""
_PLAIN_SCALAR = re.compile(r"[^\s\"'#&*!|>%@`\[\]{},?:\-][^#:\n]*")

EMPTY_CONTACT = Contact("", "", "", "")
"""政策咨询 that the editor has yet to fill in."""


class NewError(EditorError):
    """An issue or document cannot be added; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class NewIssue:
    """What issue.toml says of an issue that is to be created."""

    year: int
    number: int
    total: int
    """总期号."""
    date: date
    sections: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the issue's folder: ``2026-2``."""
        return f"{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """Front matter and body of a new document; fields that the editor has yet to write are empty."""

    title: str
    number: str
    issuer: str
    date: str
    addressees: str = ""
    release: str = "此件公开发布"
    contact: Contact = EMPTY_CONTACT
    body: str = "正文……"


def next_issue(publication: Publication, today: date) -> NewIssue:
    """Return the issue after the last one of ``publication``, skipping issues that do not appear (停刊, 合刊).

    Without any issue yet it is the first of the series, in the year of ``today`` or later.
    """
    series = publication.series
    last = publication.issues[-1] if publication.issues else None
    year, number = (last.year, last.number + 1) if last else (max(series.year, today.year), 1)
    skipped = {
        (exception.year, exception.number) for exception in series.exceptions if exception.category == "停刊"
    }
    skipped |= {
        (exception.year, exception.merged_with)
        for exception in series.exceptions
        if exception.category == "合刊"
    }
    while number > series.per_year or (year, number) in skipped:
        year, number = (year + 1, 1) if number >= series.per_year else (year, number + 1)
    return issue_named(publication, year, number)


def issue_named(publication: Publication, year: int, number: int) -> NewIssue:
    """Return the issue ``number`` of ``year`` with its 总期号, the last day of its months, and the usual 栏目."""
    series = publication.series
    merged = next(
        (
            exception.merged_with
            for exception in series.exceptions
            if (exception.year, exception.number, exception.category) == (year, number, "合刊")
        ),
        0,
    )
    _, month = covered_months(min(number, series.per_year), series.per_year, merged)
    day = date(year, month, calendar.monthrange(year, month)[1])
    sections = (
        tuple(section.name for section in publication.issues[-1].sections)
        if publication.issues
        else DEFAULT_SECTIONS
    )
    return NewIssue(year, number, expected_total(series, year, number), day, sections)


def issue_changes(root: Path, new: NewIssue) -> tuple[Change, ...]:
    """Return the change that creates ``new``. Raises NewError if it exists already."""
    if (root / "content" / new.name).exists():
        raise NewError(f"content/{new.name} 已经有了，没有动它。")
    return (file_change(root, f"content/{new.name}/issue.toml", issue_text(new).encode()),)


def issue_text(new: NewIssue) -> str:
    """Return the issue.toml of ``new``, without documents in its 栏目."""
    head = f'"年" = {new.year}\n"期" = {new.number}\n"总期号" = {new.total}\n"出版日期" = {new.date}\n'
    return head + "".join(f'\n[["栏目"]]\n"名称" = {_toml(name)}\n"文件" = []\n' for name in new.sections)


def document_changes(root: Path, issue: str, section: str, new: NewDocument) -> tuple[Change, ...]:
    """Return the changes that create ``new`` in ``issue`` and list it last in ``section``.

    Raises NewError if there is no such issue or section.
    """
    path = f"content/{issue}/issue.toml"
    file = root / path
    if not file.is_file():
        raise NewError(f"还没有 {issue} 这一期。先运行 python3 build.py new issue {issue}。")
    name = free_name(file.parent)
    return (
        file_change(root, f"content/{issue}/{name}", document_text(new).encode()),
        file_change(root, path, add_to_section(file.read_text("utf-8-sig"), section, name).encode()),
    )


def free_name(folder: Path, taken: Sequence[str] = ()) -> str:
    """Return the next free file name in an issue's ``folder``: ``10.md``. Names in ``taken`` count as used."""
    used = {entry.name for entry in folder.glob("*.md")} | set(taken)
    numbers = [int(name[:-3]) for name in used if name[:-3].isdigit()]
    return f"{max(numbers, default=0) + 1:02}.md"


def add_to_section(text: str, section: str, *names: str) -> str:
    """Return the issue.toml ``text`` with the files ``names`` added to ``section``, all else untouched.

    ``section`` may be empty if the issue has only one. Raises NewError if there is no such section.
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
    """Return the Markdown text of ``new``, with its front matter."""
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
    """Return the number after the highest that the archive has for ``code`` in ``year``."""
    serials = [
        document.number.serial
        for issue in publication.issues
        for document in issue.documents
        if (document.number.code, document.number.year) == (code, year)
    ]
    return DocumentNumber(code, year, max(serials, default=0) + 1)


def _yaml(text: str) -> str:
    """Return ``text`` as a YAML scalar, quoted where that is needed."""
    return (
        text
        if not text or (_PLAIN_SCALAR.fullmatch(text) and text == text.strip())
        else json.dumps(text, ensure_ascii=False)
    )


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
