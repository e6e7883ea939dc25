"""XML elements, and the bytes of a part of an OFD file that has them (GB/T 33190-2016, 6.2: XML 1.0, UTF-8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NAMESPACE = "http://www.ofdspec.org/2016"
PREFIX = "ofd:"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot carry (§2.2)."""
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\t\n\r]')


class UnwritableCharacterError(ValueError):
    """A text has a character that no XML file can carry."""


@dataclass(frozen=True, slots=True)
class XmlElement:
    """An element that has either elements or text in it."""

    name: str
    attributes: Mapping[str, str]
    content: tuple[XmlElement, ...] | str = ()


def element(name: str, *content: XmlElement | None, **attributes: str | None) -> XmlElement:
    """Return an element of OFD with ``content`` and ``attributes``, without those that are None."""
    return XmlElement(
        PREFIX + name,
        {key: value for key, value in attributes.items() if value is not None},
        tuple(each for each in content if each is not None),
    )


def text_element(name: str, text: str, **attributes: str | None) -> XmlElement:
    """Return an element of OFD with ``text`` in it and ``attributes``, without those that are None."""
    return XmlElement(
        PREFIX + name, {key: value for key, value in attributes.items() if value is not None}, text
    )


def document_bytes(root: XmlElement, namespaces: Mapping[str, str] | None = None) -> bytes:
    """Return the XML file whose root element is ``root``.

    ``namespaces`` are declared besides that of OFD, by their attribute (``xmlns``). Raises UnwritableCharacterError.
    """
    declared = {"xmlns:ofd": NAMESPACE, **(namespaces or {})}
    pieces = [_DECLARATION]
    _write(XmlElement(root.name, {**declared, **root.attributes}, root.content), pieces)
    return "".join(pieces).encode()


def number(value: float) -> str:
    """Return ``value`` with at most four decimals: a tenth of a thousandth of a millimetre."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float]) -> str:
    """Return ``values`` as an array (ST_Array, table 2)."""
    return " ".join(number(value) for value in values)


def _write(node: XmlElement, pieces: list[str]) -> None:
    attributes = "".join(f' {name}="{_escaped(value)}"' for name, value in node.attributes.items())
    if not node.content:
        pieces.append(f"<{node.name}{attributes}/>")
        return
    pieces.append(f"<{node.name}{attributes}>")
    if isinstance(node.content, str):
        pieces.append(_escaped(node.content))
    else:
        for each in node.content:
            _write(each, pieces)
    pieces.append(f"</{node.name}>")


def _escaped(text: str) -> str:
    bad = _NO_XML.search(text)
    if bad:
        raise UnwritableCharacterError(f"U+{ord(bad[0]):04X}")
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
