"""名录: lines of names, and lines that head a group of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.model.blocks import ListedName, NameGroup
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.text.general_characters import HAN

_BOLD = re.compile(r"\*\*(?P<heading>[^*]+)\*\*")
_GROUP_END = re.compile(r"[：:]|[（(]共?\s*[\d一二三四五六七八九十百]+[人名][）)][：:]?")
_ORDERED = r"[（(][^（）()]*(?:按|排序|为序|排列|排名)[^（）()]*[）)]"
"""A note on the order of those that follow: （按姓氏笔画排序）."""
_ORDERED_GROUP = re.compile(rf"[^（）() 　\t、]*{_ORDERED}[：:]?")
_ITEM = re.compile(
    r"(?P<name>[^ 　\t、（）()]+|[（(](?![^（）()]*[）)])|[）)])?(?P<note>(?:（[^（）]*）|\([^()]*\))*)"
)
_SEPARATORS = " 　\t、"
_UNREADABLE = re.compile(r"[（）()，。；：！？,;:!?“”《》#|*\[\]<>{}\\]")
_HINT = "姓名之间用空格、顿号隔开或另起一行，姓名后可以注“（女）”；分组的一行以“（12人）”“（按姓氏笔画排序）”或冒号结尾，或整行加粗。"


def name_groups(lines: Sequence[str], place: Place, findings: FindingCollector) -> tuple[NameGroup, ...]:
    """Return the groups in ``lines``, the first of which follows the line of ``place``; what is no name is reported (S074).

    A name of two characters that a word processor spread with a space (张　三) is one name: nobody has a name of
    one character.
    """
    groups: list[NameGroup] = []
    for number, line in enumerate(lines, place.line + 1):
        if not line.strip(_SEPARATORS):
            continue
        if heading := _group_heading(line.strip(" 　\t")):
            groups.append(NameGroup(heading, (), number))
            continue
        if not groups:
            groups.append(NameGroup("", (), number))
        names = tuple(_names(line, Place(place.path, number), findings))
        groups[-1] = NameGroup(groups[-1].heading, (*groups[-1].names, *names), groups[-1].line)
    for group in groups:
        if not group.names:
            findings.error("S074", Place(place.path, group.line), f"“{group.heading}”下面没有姓名。", _HINT)
    if not groups:
        findings.error("S074", place, "名录里没有人。", _HINT)
    return tuple(groups)


def _group_heading(line: str) -> str:
    """Return the heading that ``line`` is, or "" where it is a line of names."""
    if bold := _BOLD.fullmatch(line):
        return bold["heading"].strip()
    if _ORDERED_GROUP.fullmatch(line):
        return line
    ends = [match.end() for match in _GROUP_END.finditer(line)]
    return line if ends and ends[-1] == len(line) else ""


def _names(line: str, place: Place, findings: FindingCollector) -> Iterator[ListedName]:
    """Yield the names in ``line``, with the halves of a spread name joined."""
    names = _items(line, place.line)
    index = 0
    while index < len(names):
        name = names[index]
        index += 1
        if _is_half(name) and not name.note and index < len(names) and _is_half(names[index]):
            name = replace(names[index], name=name.name + names[index].name, column=name.column)
            index += 1
        if re.search(_ORDERED, name.note):
            where = Place(place.path, name.line, name.column)
            findings.error("S074", where, f"“{name.note}”说的是排列，不是“{name.name}”这个人。", _HINT)
        elif len(name.name) < 2 or _UNREADABLE.search(name.name):
            where = Place(place.path, name.line, name.column)
            findings.error("S074", where, f"“{name.text}”不像姓名。", _HINT)
        yield name


def _items(line: str, number: int) -> list[ListedName]:
    """Return what stands between separators in ``line``; a note after a space belongs to the name before it."""
    items: list[ListedName] = []
    for match in _ITEM.finditer(line):
        if not match[0]:
            continue
        if not match["name"] and items:
            items[-1] = replace(items[-1], note=items[-1].note + match["note"])
        else:
            items.append(ListedName(match["name"] or "", match["note"], number, match.start() + 1))
    return items


def _is_half(name: ListedName) -> bool:
    return re.fullmatch(f"{HAN}|〇", name.name) is not None
