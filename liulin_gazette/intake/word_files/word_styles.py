"""The styles of a Word file: the properties that a paragraph or a run has from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from liulin_gazette.intake.manuscript import IntakeError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")


def is_on(setting: Any) -> bool:
    """Tell whether the on/off property ``setting`` is there and on."""
    return setting is not None and setting.get(f"{W}val", "1") not in _OFF


def value(element: Any, *path: str) -> str:
    """Return the value of the property at ``path`` below ``element``; empty if it is not set."""
    for name in path:
        element = element.find(f"{W}{name}") if element is not None else None
    return str(element.get(f"{W}val", "")) if element is not None else ""


def number_in(text: str) -> int:
    """Return the number that an attribute states. Raises IntakeError if it is none, which only damage makes."""
    if re.fullmatch(r"[+-]?[0-9]{1,9}", text):
        return int(text)
    raise IntakeError("已损坏，读不出来。请用 Word 或 WPS 打开，另存一份再试。")


class Styles:
    """The styles of one document. What a style is based on is followed once, also where styles form a circle."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._default_paragraph = ""
        self._default_run: Any = None
        self._chains: dict[str, tuple[Any, ...]] = {}
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId", ""))
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _OFF:
                self._default_paragraph = name
        self._default_run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def chain(self, name: str) -> tuple[Any, ...]:
        """Return the style ``name`` and those that it is based on, nearest first."""
        if name not in self._chains:
            styles: list[Any] = []
            following = name
            while (style := self._styles.get(following)) is not None and style not in styles:
                styles.append(style)
                following = value(style, "basedOn")
            self._chains[name] = tuple(styles)
        return self._chains[name]

    def of_paragraph(self, paragraph: Any) -> tuple[Any, ...]:
        """Return the styles of ``paragraph``, nearest first."""
        return self.chain(value(paragraph, "pPr", "pStyle") or self._default_paragraph)

    def paragraph_value(self, paragraph: Any, name: str) -> str:
        """Return the value of the property ``name`` of ``paragraph``, its own or that of its styles."""
        owners = (paragraph, *self.of_paragraph(paragraph))
        return next(filter(None, (value(owner, "pPr", name) for owner in owners)), "")

    def outline_level(self, paragraph: Any) -> int:
        """Return the outline level of ``paragraph`` from 1; 0 for body text."""
        for owner in (paragraph, *self.of_paragraph(paragraph)):
            level = value(owner, "pPr", "outlineLvl")
            if level.isdecimal():
                return number_in(level) + 1 if number_in(level) < 9 else 0
            name = value(owner, "name").lower() if owner is not paragraph else ""
            if name.startswith(("heading ", "标题 ")) and name[-1].isdigit():
                return int(name[-1])
        return 0

    def run_properties(self, run: Any) -> Iterator[Any]:
        """Yield the properties of ``run``, then those of its character style and of what that is based on."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return
        yield properties
        for style in self.chain(value(properties, "rStyle")):
            if (of_style := style.find(f"{W}rPr")) is not None:
                yield of_style

    def is_toggled(self, run: Any, name: str) -> bool:
        """Tell whether ``name`` (strike, vanish) is on for ``run`` (ECMA-376 Part 1 §17.7.3).

        The run's own setting decides; otherwise that of its character style turns that of its paragraph's around.
        """
        own = run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return is_on(own)
        of_run = next((each.find(f"{W}{name}") for each in self._with(self._run_styles(run), name)), None)
        paragraph = next(run.iterancestors(f"{W}p"), None)
        return is_on(of_run) != (paragraph is not None and self.is_toggled_by_paragraph(paragraph, name))

    def is_toggled_by_paragraph(self, paragraph: Any, name: str) -> bool:
        """Tell whether the styles of ``paragraph``, or the settings of the document, turn ``name`` on."""
        properties = (style.find(f"{W}rPr") for style in self.of_paragraph(paragraph))
        for each in self._with((*properties, self._default_run), name):
            return is_on(each.find(f"{W}{name}"))
        return False

    def has_hidden_mark(self, paragraph: Any) -> bool:
        """Tell whether the mark that ends ``paragraph`` is hidden, so that the next one goes on with it."""
        own = paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")
        return is_on(own) if own is not None else self.is_toggled_by_paragraph(paragraph, "vanish")

    def _run_styles(self, run: Any) -> Iterator[Any]:
        return (style.find(f"{W}rPr") for style in self.chain(value(run, "rPr", "rStyle")))

    def _with(self, properties: Any, name: str) -> Iterator[Any]:
        """Yield those of ``properties`` that say something of ``name``."""
        return (each for each in properties if each is not None and each.find(f"{W}{name}") is not None)
