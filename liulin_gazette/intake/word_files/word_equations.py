"""Equations of Word as a line of characters, which the editor has to look at: a fraction as a/b, roots with √."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liulin_gazette.intake.word_files.word_styles import W
from liulin_gazette.text.raised_characters import SUB, SUPER, shown

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SUM = "∫"
"""The sign of an m:nary that names none."""


def equation(element: Any) -> Iterator[str]:
    """Yield the characters of an equation in reading order: a fraction as a/b, raised parts raised where they can be."""
    for child in element:
        if not isinstance(child.tag, str):  # A comment of XML.
            continue
        name = child.tag.removeprefix(M)
        if name == "t" or child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}del", f"{W}moveFrom"):
            continue
        elif name in ("sup", "sub"):
            words, position = "".join(equation(child)), SUPER if name == "sup" else SUB
            yield shown(words, position)
        elif name == "f":
            yield _fraction(child)
        elif name == "d":
            yield from _in_brackets(child)
        elif name == "rad":
            yield "√"
            yield from equation(child)
        elif name == "nary":
            yield _sign(child, "naryPr", "chr", _SUM)
            yield from equation(child)
        elif not name.endswith("Pr"):
            yield from equation(child)


def _fraction(element: Any) -> str:
    """Return a/b, with brackets around what is longer than a number or a name."""
    parts = ("".join(equation(each)) for each in element if str(each.tag).endswith(("}num", "}den")))
    return "/".join(part if part.isalnum() else f"({part})" for part in parts)


def _in_brackets(element: Any) -> Iterator[str]:
    """Yield the contents of m:d between its brackets, which are no characters of the file where they are round."""
    yield _sign(element, "dPr", "begChr", "(")
    for index, each in enumerate(element.findall(f"{M}e")):
        yield _sign(element, "dPr", "sepChr", "|") if index else ""
        yield from equation(each)
    yield _sign(element, "dPr", "endChr", ")")


def _sign(element: Any, group: str, name: str, default: str) -> str:
    setting = element.find(f"{M}{group}/{M}{name}")
    return str(setting.get(f"{M}val", "")) if setting is not None else default
