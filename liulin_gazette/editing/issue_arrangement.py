"""The order of an issue's documents in its issue.toml, changed with all else untouched to the byte."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import tomlkit

from liulin_gazette.editing.issue_file import (
    NewError,
    issue_sections,
    parsed_issue,
    unreadable_issue,
)
from liulin_gazette.editing.list_layout import (
    Entry,
    ListLayout,
    list_layout,
    with_entry,
    with_entry_moved,
    without_entry,
)

FILES = "文件"


@dataclass(frozen=True, slots=True)
class ListedSection:
    """A 栏目 as issue.toml has it."""

    name: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place in the order of an issue; both numbers begin with 0."""

    section: int
    index: int


def listed_sections(content: bytes) -> tuple[ListedSection, ...]:
    """Return the 栏目 of the issue.toml ``content`` in their order, with their files. Raises NewError."""
    sections: list[ListedSection] = []
    for name, table in issue_sections(parsed_issue(content)):
        files: object = table.get(FILES, [])
        if not isinstance(files, list):
            raise unreadable_issue()
        names = cast("list[object]", files)
        if not all(isinstance(file, str) for file in names):
            raise unreadable_issue()
        sections.append(ListedSection(name, tuple(map(str, names))))
    return tuple(sections)


def with_document_moved(content: bytes, source: ListedPlace, target: ListedPlace) -> bytes:
    """Return the issue.toml ``content`` with the document at ``source`` moved to ``target``.

    The index of ``target`` is that in its section once the document has left its former place. Raises NewError where
    there is no such place, or the content cannot be understood.
    """
    sections = listed_sections(content)
    _require_document(sections, source)
    room = len(sections[target.section].files) if 0 <= target.section < len(sections) else -1
    if not 0 <= target.index <= room - (source.section == target.section):
        raise _no_such_place()
    if source.section == target.section:

        def move(layout: ListLayout) -> ListLayout:
            return with_entry_moved(layout, source.index, target.index)

        return _with_list(content, source.section, move)
    entry = _entry(content, source)
    left = without_document(content, source)
    return _with_list(left, target.section, lambda layout: with_entry(layout, target.index, entry))


def without_document(content: bytes, place: ListedPlace) -> bytes:
    """Return the issue.toml ``content`` without the document at ``place``. Raises as ``with_document_moved``."""
    _require_document(listed_sections(content), place)
    return _with_list(content, place.section, lambda layout: without_entry(layout, place.index))


def _require_document(sections: tuple[ListedSection, ...], place: ListedPlace) -> None:
    if not (0 <= place.section < len(sections) and 0 <= place.index < len(sections[place.section].files)):
        raise _no_such_place()


def _entry(content: bytes, place: ListedPlace) -> Entry:
    _, table = issue_sections(parsed_issue(content))[place.section]
    return _layout(table).entries[place.index]


def _layout(table: dict[str, Any]) -> ListLayout:
    """Return the layout of the list of files in ``table``. Raises NewError."""
    array: Any = table.get(FILES)
    try:
        return list_layout(array.as_string() if array is not None else "[]")
    except ValueError as error:
        raise unreadable_issue() from error


def _with_list(content: bytes, section: int, change: Callable[[ListLayout], ListLayout]) -> bytes:
    """Return ``content`` with the list of files of ``section`` changed by ``change``."""
    document = parsed_issue(content)
    _, table = issue_sections(document)[section]
    table[FILES] = tomlkit.parse(f"x = {change(_layout(table)).text}")["x"]
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    return bom + tomlkit.dumps(document).encode()


def _no_such_place() -> NewError:
    return NewError("这一期的次序刚刚改过，没有那个位置了。", "刷新这一页，再做一次。")
