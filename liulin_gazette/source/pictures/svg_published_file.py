"""SVG pictures of published issues that are refused today, written as they were drawn when they were published.

A published issue does not change by a new program: whatever is drawn stays. Only what can run, or leads out of the
file, is left out, so that the site never serves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape

from liulin_gazette.source.pictures.svg_vocabulary import (
    BROKEN,
    ENTITIES,
    REFUSED,
    SCRIPT,
    SVG,
    XLINK,
    XML,
    SvgError,
)

_SEPARATOR = " "
_LEADS_OUT = re.compile(
    r"\\|@import|javascript:|(?:image-set|image|src|expression)\(|url\((?!\s*[\"']?#)", re.IGNORECASE
)
"""In a style or an attribute; an escape could hide any of the others."""
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)


def written_as_published(data: bytes) -> bytes:
    """Return the SVG picture ``data`` without scripts and without references to anything outside the file.

    Raises SvgError if it is no whole SVG file, or defines entities.
    """
    writer = _Writer()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.characters
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(data, True)
    except SvgError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SvgError(BROKEN) from error
    return "".join(writer.parts).encode()


def _refuse_entity(*_: object) -> None:
    raise SvgError(ENTITIES)


class _Writer:
    """Writes what the parser meets; what can run is skipped with its content."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[str] = []
        self._skipped = 0
        self._words: list[str] = []
        """Text since the last beginning or end of an element."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(_SEPARATOR)
        if not self.parts and (tag != "svg" or namespace not in ("", SVG)):
            raise SvgError(BROKEN)
        self._write_words()
        if self._skipped or namespace not in ("", SVG) or _can_run(tag, attributes):
            self._skipped += 1
            return
        namespaces = "" if self.parts else f' xmlns="{SVG}" xmlns:xlink="{XLINK}"'
        written = "".join(f" {key}={_quoted(value)}" for key, value in _harmless_attributes(tag, attributes))
        self.parts.append(f"<{tag}{namespaces}{written}>")
        self._open.append(tag)

    def end(self, _: str) -> None:
        self._write_words()
        if self._skipped:
            self._skipped -= 1
        else:
            self.parts.append(f"</{self._open.pop()}>")

    def characters(self, text: str) -> None:
        if not self._skipped:
            self._words.append(text)

    def _write_words(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        if words and not (self._open[-1] == "style" and _LEADS_OUT.search(words)):
            self.parts.append(escape(words))


def _can_run(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element is a script, holds foreign content, or sets what another one refers to."""
    changed = attributes.get("attributeName", "").rpartition(":")[2].strip().lower()
    return REFUSED.get(tag) == SCRIPT or changed == "href" or changed.startswith("on")


def _harmless_attributes(tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in attributes.items():
        namespace, _, name = key.rpartition(_SEPARATOR)
        if name == "href" and namespace in ("", XLINK):
            is_embedded = tag == "image" and _EMBEDDED.match(value.strip())
            if value.strip().startswith("#") or is_embedded:
                yield ("xlink:href" if namespace else name), value
        elif namespace == XML and name in ("lang", "space"):
            yield f"xml:{name}", value
        elif not namespace and not name.lower().startswith("on") and not _LEADS_OUT.search(value):
            yield name, value


def _quoted(value: str) -> str:
    return f'"{escape(value, {chr(34): "&quot;", chr(10): "&#10;", chr(13): "&#13;", chr(9): "&#9;"})}"'
