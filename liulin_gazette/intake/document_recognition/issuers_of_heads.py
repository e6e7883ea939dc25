"""The issuers of a document, as its title, its 版头 or its signature names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.intake.line_kinds import FORM_HEAD, FORWARDING, RED_HEAD, TITLE, UNIT, without_spaces

_MAX_ISSUER = 40
"""Characters."""
_MIN_ISSUER = 4
_LAST_WORD = re.compile(r"(?<!\s)\s*文\s*件$")
"""Of a red head; it is looked for once in a run of blanks, which may be long."""
_SIGNS = re.compile("[，。；：、！？,.;:!?《》>＞»\\d]|“[^”]*$|^[^“]*”")
_LIST_HEAD = re.compile(
    r"^(?P<issuer>[一-鿿（）()、]{2,60}?)(?:(?:任免|任命|免职|表决)名单|任免事项|决定|决议|公报|通报)$"
)
FROM_RED_HEAD = "标题里没有发文机关，取自版头"
"""The doubt about issuers that only the 版头 names; the signature may have their full names."""
_FORWARDS = re.compile("(?P<issuer>.{4,40}?)(?:转发|批转)")
"""The beginning of 县政府办公室转发县教育局等部门关于……: the one that forwards is the issuer."""
_AND_OTHERS = re.compile(r"等(?:[\d一二三四五六七八九十]{0,3}个?)(?:部门|单位|机关|委办局|家)$")
"""县教育局等5部门: the others are named in the signature only."""
_PLACE_OR_MEETING = re.compile("(?:[县市区旗州镇乡]|会议|代表大会)$")
"""Ends of names that are no issuer above a title: of a place, of a meeting."""
_PLACE = 2
"""Characters at the beginning of a name that the names of a county's other bodies have too: 叶县."""


_PARTY = "中共"


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuers of a document, and why they may be wrong."""

    names: tuple[str, ...] = ()
    doubt: str = ""
    """In Chinese; empty where they are certain."""


def is_line_of_issuers(text: str) -> bool:
    """Tell whether ``text`` is a line of the 版头 that only names bodies, perhaps with 文件 after the last."""
    bare = without_spaces(text).removesuffix("文件")
    return bool(
        len(bare) <= _MAX_ISSUER * 2
        and "关于" not in bare
        and not _SIGNS.search(bare)
        and all(len(each) >= _MIN_ISSUER and UNIT.search(each) for each in names_in_line(text))
    )


def issuers_of(title: str, title_lines: Sequence[str], head_lines: Sequence[str]) -> Issuers:
    """Return the issuers that ``title`` names, else those of the 版头.

    ``title_lines`` are the lines of the title as written, which set several issuers apart, and ``head_lines`` those
    around it.
    """
    red = _of_red_head(head_lines)
    match = TITLE.match(title)
    named = (match["issuer"] or "") if match else _before_form(title) or _on_first_line(title_lines)
    if (forwarding := _FORWARDS.match(named)) and UNIT.search(forwarding["issuer"]):
        named = forwarding["issuer"]
    if not named or _AND_OTHERS.search(named):
        return Issuers(red, FROM_RED_HEAD if red else "")
    if len(red) > 1 and "".join(red) == named:
        return Issuers(red)
    apart = names_in_line(re.split(f"关于|{FORWARDING}《", "\n".join(title_lines))[0])
    if len(apart) > 1 and "".join(apart) == named and all(_is_body(each) for each in apart):
        return Issuers(tuple(apart))
    place = re.escape(named.removeprefix(_PARTY)[:_PLACE])
    pieces = re.split(f"(?={_PARTY})|(?<!{_PARTY})(?={place})", named)
    bodies = [each for each in pieces if each]
    if len(bodies) > 1 and all(_is_body(each) for each in bodies):
        return Issuers(tuple(bodies), "标题里几个机关连写，是照开头的地名分开的")
    return Issuers((named,), "" if UNIT.search(named) else "取自标题，不像机关的名称")


def _before_form(title: str) -> str:
    """Return the issuer of a title such as ××县人民政府令 or ××县人民代表大会常务委员会任免名单."""
    form = FORM_HEAD.match(title) or _LIST_HEAD.match(title)
    return form["issuer"] if form and UNIT.search(form["issuer"]) else ""


def _on_first_line(title_lines: Sequence[str]) -> str:
    """Return the issuer that has a line of its own above a title such as 2026年工作要点."""
    first = without_spaces(title_lines[0]) if len(title_lines) > 1 else ""
    is_body = bool(first) and is_line_of_issuers(title_lines[0]) and not _PLACE_OR_MEETING.search(first)
    return first if is_body else ""


def _of_red_head(lines: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for line in lines:
        bare = without_spaces(line)
        if RED_HEAD.match(bare) or is_line_of_issuers(line):
            names += names_in_line(line)
        elif form := FORM_HEAD.match(bare):
            names.append(form["issuer"])
    return tuple(dict.fromkeys(names))


def names_in_line(text: str) -> list[str]:
    """Return the words of ``text``, which are names; one whose characters are set apart is one name."""
    text = _LAST_WORD.sub("", text.strip())
    pieces = [each for each in re.split(r"[\s、]+", text) if each]
    if not all(_is_body(each) for each in pieces):
        pieces = [without_spaces(text)]
    return [each for each in pieces if each]


def _is_body(name: str) -> bool:
    return len(name) >= _MIN_ISSUER and UNIT.search(name) is not None
