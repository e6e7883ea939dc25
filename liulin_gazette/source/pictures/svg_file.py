"""SVG pictures: read, checked against what is known to be harmless and printable, and written anew.

Nothing of the file itself reaches the site or a PDF: only elements, attributes and styles that were understood do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from liulin_gazette.source.pictures.svg_drawing import MAX_DEPTH, Element, check_work, descendants
from liulin_gazette.source.pictures.svg_style import (
    MAX_STYLE_CHARACTERS,
    StyleRule,
    check_value,
    declarations,
    style_rules,
    written,
    written_sheet,
)
from liulin_gazette.source.pictures.svg_vocabulary import (
    ATTRIBUTES,
    BROKEN,
    DEEP,
    ELEMENTS,
    ENCODING,
    ENTITIES,
    FOREIGN,
    HEAVY,
    LEFT_OUT,
    LINK,
    PROPERTIES,
    REFUSED,
    SCRIPT,
    STYLE,
    SVG,
    XLINK,
    XML,
    SvgError,
    unknown,
)

MAX_ELEMENTS = 100_000
MAX_MATCHES = 5_000_000
"""Pairs of an element and a selector of a style sheet, and declarations of elements by style sheets."""
MAX_ATTRIBUTE_CHARACTERS = 10_000
"""Of an attribute that is not the geometry of a shape."""
_GEOMETRY = ("d", "points")
_SEPARATOR = " "
"""Between the namespace and the name, as expat gives them; neither can have one."""
_TEXT_ELEMENTS = ("style", "title", "desc")
_ORIENT = re.compile(r"auto|auto-start-reverse|[-+]?(?:\d+\.?\d*|\.\d+)(?:deg)?")
_WHITE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@lru_cache(maxsize=8)
def rewritten(data: bytes) -> bytes:
    """Return the SVG picture ``data`` written anew, the same bytes for the same picture.

    Raises SvgError for what is not on the list of elements, attributes and properties, for what leads out of the file,
    and for what takes too long to draw.
    """
    root = _parsed(data)
    styles = [element for element in descendants(root) if element.tag == "style"]
    if sum(len(element.text) for element in styles) > MAX_STYLE_CHARACTERS:
        raise SvgError(STYLE)
    sheets = [(element, style_rules(element.text)) for element in styles]
    for element, rules in sheets:
        element.text = written_sheet(rules)
    _apply([rule for _, rules in sheets for rule in rules], root)
    check_work(root)
    return "".join(_lines(root)).encode()


def _parsed(data: bytes) -> Element:
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.EntityDeclHandler = _refuse(ENTITIES)
    parser.ExternalEntityRefHandler = _refuse(FOREIGN)
    try:
        parser.Parse(data, True)
    except SvgError:
        raise
    except expat.ExpatError as error:
        is_encoding = expat.ErrorString(error.code) == expat.errors.XML_ERROR_UNKNOWN_ENCODING
        raise SvgError(ENCODING if is_encoding else BROKEN) from error
    except (
        ValueError,
        LookupError,
    ) as error:  # An encoding that Python does not know, or one of several bytes.
        raise SvgError(ENCODING) from error
    if builder.root is None:
        raise SvgError(BROKEN)
    return builder.root


def _refuse(fault: tuple[str, str]) -> Callable[..., Any]:
    def refuse(*_: object) -> None:
        raise SvgError(fault)

    return refuse


class _Builder:
    """Builds the elements from what the parser meets; what is left out is skipped with its content."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._skipped = 0
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise SvgError(HEAVY)
        if len(self._open) + self._skipped > MAX_DEPTH:
            raise SvgError(DEEP)
        namespace, _, tag = name.rpartition(_SEPARATOR)
        if self.root is None and (tag != "svg" or namespace not in ("", SVG)):
            raise SvgError(BROKEN)
        is_in_words = bool(self._open) and self._open[-1].tag in _TEXT_ELEMENTS
        if self._skipped or is_in_words or namespace not in ("", SVG) or tag in LEFT_OUT:
            self._skipped += 1
            return
        if tag not in ELEMENTS:
            raise SvgError(REFUSED.get(tag) or unknown("元素", tag))
        element = Element(tag, dict(_attributes(tag, attributes)))
        element.styles = _styles(element)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._open.pop()

    def characters(self, text: str) -> None:
        if not self._skipped and self._open[-1].tag in _TEXT_ELEMENTS:
            self._open[-1].text += text


def _attributes(tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element ``tag`` that are written, checked. Raises SvgError."""
    for key, value in attributes.items():
        namespace, _, name = key.rpartition(_SEPARATOR)
        if not namespace and name.lower().startswith("on"):
            raise SvgError(SCRIPT)
        if name == "href" and namespace in ("", XLINK):
            if not value.strip().startswith("#"):
                raise SvgError(LINK if tag == "a" else FOREIGN)
            yield ("xlink:href" if namespace else name), value.strip()
        elif namespace == XML and name in ("lang", "space"):
            yield f"xml:{name}", value
        elif namespace or name not in ATTRIBUTES:
            continue
        elif len(value) > MAX_ATTRIBUTE_CHARACTERS and name not in _GEOMETRY:
            raise SvgError(STYLE if name == "style" else HEAVY)
        elif name == "orient" and not _ORIENT.fullmatch(value.strip()):
            raise SvgError(unknown("写法", f"orient={value}"))
        elif name == "orient":
            yield name, value.strip().removesuffix("deg")
        elif name == "style":
            yield name, written(declarations(value))
        else:
            if name in PROPERTIES:
                check_value(name, value)
            yield name, value


def _styles(element: Element) -> tuple[tuple[str, str], ...]:
    own = tuple((name, value) for name, value in element.attributes.items() if name in PROPERTIES)
    return own + declarations(element.attributes.get("style", ""))


def _apply(rules: list[StyleRule], root: Element) -> None:
    """Add to each element what the rules declare of it."""
    matches = 0
    selectors = sum(len(rule.selectors) for rule in rules)
    for element in descendants(root) if rules else ():
        classes = frozenset(element.attributes.get("class", "").split())
        identity = element.attributes.get("id", "")
        applied = [rule.declarations for rule in rules if rule.may_match(element.tag, identity, classes)]
        matches += selectors + sum(map(len, applied))
        if matches > MAX_MATCHES:
            raise SvgError(HEAVY)
        element.styles = tuple(itertools.chain(element.styles, *applied))


def _lines(root: Element) -> Iterator[str]:
    """Yield the picture as text, one element after the other."""
    namespaces = f' xmlns="{SVG}"'
    if any("xlink:href" in element.attributes for element in descendants(root)):
        namespaces += f' xmlns:xlink="{XLINK}"'
    yield from _written(root, namespaces)


def _written(element: Element, namespaces: str = "") -> Iterator[str]:
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attributes.items())
    start = f"<{element.tag}{namespaces}{attributes}"
    if not element.children and not element.text:
        yield f"{start}/>"
        return
    yield f"{start}>{escape(element.text)}"
    for child in element.children:
        yield from _written(child)
    yield f"</{element.tag}>"


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", **_WHITE})
