"""An issue.toml as the office wrote it: the names of its 栏目, and files added to them with all else untouched."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError

from liulin_gazette.editing.changes import file_change
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice
from liulin_gazette.text.editor_error import CONTENT, EditorError


class NewError(EditorError):
    """An issue or document cannot be added; the message says why, and what to do."""

    exit_code = CONTENT


def section_names(root: Path, folder: str) -> tuple[str, ...]:
    """Return the 栏目 of the issue in the project path ``folder``, those without documents too; none without issue.toml.

    Raises NewError if issue.toml cannot be parsed, EditingError if it cannot be read.
    """
    content = file_change(root, f"{folder}/{ISSUE_FILE}", None).before
    return () if content is None else tuple(name for name, _ in issue_sections(parsed_issue(content)))


def open_sections(root: Path, issue: str) -> tuple[str, ...]:
    """Return the 栏目 that a document of ``issue`` (2026-2) can be listed in.

    Raises NewError if there is no such issue, or it has none.
    """
    if not (root / "content" / issue / ISSUE_FILE).exists():
        raise NewError(advice(f"还没有 {issue} 这一期。先", AdvisedAct(Act.NEW_ISSUE, issue), "。"))
    sections = section_names(root, f"content/{issue}")
    if not sections:
        raise _without_sections()
    return sections


def add_to_section(content: bytes, section: str, *names: str) -> bytes:
    """Return the issue.toml ``content`` with the files ``names`` added to ``section``; byte order mark and line ends stay.

    ``section`` may be empty if the issue has only one. Raises NewError if there is no such section, or the content
    cannot be parsed.
    """
    document = parsed_issue(content)
    sections = issue_sections(document)
    known = [name for name, _ in sections]
    if not known:
        raise _without_sections()
    if not section and len(known) > 1:
        raise NewError(advice("这一期有几个栏目，要", Act.CHOOSE_SECTION, f"：{'、'.join(known)}。"))
    section = section or known[0]
    if section not in known:
        raise NewError(f"这一期没有“{section}”这个栏目。可用的有：{'、'.join(known)}。")
    files = sections[known.index(section)][1].setdefault("文件", tomlkit.array())
    if not isinstance(files, list):
        raise unreadable_issue()
    files.extend(names)
    return with_line_ends(content, tomlkit.dumps(document))


def add_to_last_section(content: bytes, section: str, name: str) -> bytes:
    """Return the issue.toml ``content`` with the file ``name`` in the last place of the issue, in ``section``.

    A ``section`` that the issue does not have is added. Raises NewError if it has it, but not as the last one.
    """
    document = parsed_issue(content)
    known = [own for own, _ in issue_sections(document)]
    if section in known:
        if section != known[-1]:
            raise NewError(
                f"“{section}”不是这一期的最后一个栏目。在 issue.toml 里把它移到最后，或用 --section 另写一个。"
            )
        return add_to_section(content, section, name)
    table = tomlkit.table()
    table["名称"] = section
    table["文件"] = []
    tables = document.setdefault("栏目", tomlkit.aot())
    if known:
        tables[-1].add(tomlkit.nl())
    tables.append(table)
    return add_to_section(with_line_ends(content, tomlkit.dumps(document)), section, name)


def with_line_ends(content: bytes, text: str) -> bytes:
    """Return ``text`` encoded, with the byte order mark and the line ends of ``content``."""
    if content.count(b"\n") == content.count(b"\r\n"):
        text = re.sub(r"\r?\n", "\r\n", text)
    return (BOM_UTF8 if content.startswith(BOM_UTF8) else b"") + text.encode()


def parsed_issue(content: bytes) -> tomlkit.TOMLDocument:
    """Return the issue.toml ``content``, parsed with its layout. Raises NewError."""
    try:
        return tomlkit.parse(content.removeprefix(BOM_UTF8).decode("utf-8"))
    except (TOMLKitError, ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError.
        raise unreadable_issue() from error


def issue_sections(document: tomlkit.TOMLDocument) -> list[tuple[str, dict[str, Any]]]:
    """Return the tables of 栏目, each with its name. Raises NewError where they are none, or have no name."""
    tables = cast("object", document.get("栏目", []))
    if not isinstance(tables, list):
        raise unreadable_issue()
    sections: list[tuple[str, dict[str, Any]]] = []
    for table in cast("list[Any]", tables):
        if not isinstance(table, dict) or not isinstance(
            name := cast("dict[str, Any]", table).get("名称"), str
        ):
            raise unreadable_issue()
        sections.append((str(name), cast("dict[str, Any]", table)))
    return sections


def _without_sections() -> NewError:
    return NewError("这一期的 issue.toml 里还没有栏目。先照《写作规范》第六节写上一个。")


def unreadable_issue() -> NewError:
    """Return the exception for an issue.toml that cannot be understood."""
    return NewError(advice("issue.toml 读不懂。先", Act.CHECK, "，改正。"))
