"""How a document is written as HTML for an editor of another system: form.json of the edition's templates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from liulin_gazette.editions.edition import EditionSource
from liulin_gazette.editions.held_pictures import HeldPicture, held_picture
from liulin_gazette.model.blocks import Figure, figures
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText

_TOKEN = re.compile(r"^\s*--([a-z0-9-]+):\s*([^;]+);", re.MULTILINE)
Form = Mapping[str, Any]
"""Styles by part, elements by kind, and how wide a column of a table is: see templates/pasted/blocks.html."""


def pasted_form(environ: Environment, folder: str) -> Form:
    """Return the form that the templates in ``folder`` state, with the colours of tokens.css in it."""
    text = environ.get_template("tokens.css").render()
    tokens = {name.replace("-", "_"): value for name, value in _TOKEN.findall(text)}
    return json.loads(environ.get_template(f"{folder}/form.json").render(tokens=tokens))


@dataclass(frozen=True, slots=True)
class PastedPicture:
    """A picture of a document, as a file beside its page."""

    name: str
    """Of the file: picture-1.png."""
    content: bytes
    figure: Figure
    """Where it stands first."""


def pasted_pictures(
    source: EditionSource, document: FullText, suffixes: tuple[str, ...]
) -> tuple[dict[str, PastedPicture], list[Figure]]:
    """Return the pictures of ``document`` by project path in the order of the text, and the figures of those not held.

    ``suffixes`` are the types of pictures that the edition holds; other bitmaps become PNG.
    """
    held: dict[str, PastedPicture] = {}
    lacking: list[Figure] = []
    for figure in figures(document.blocks):
        if not figure.file or figure.file in held:
            continue
        picture = held_picture(figure.file, source.read_bytes(figure.file), suffixes)
        if isinstance(picture, HeldPicture):
            name = f"picture-{len(held) + 1}.{picture.suffix}"
            held[figure.file] = PastedPicture(name, picture.content, figure)
        else:
            lacking.append(figure)
    return held, lacking


def not_held(document: FullText, lacking: list[Figure], edition: str) -> Iterator[Diagnostic]:
    """Yield S090 for each of the figures ``lacking``, whose pictures ``edition`` does not take."""
    for figure in lacking:
        yield Diagnostic(
            "S090",
            Severity.WARNING,
            Place(document.path, figure.line, 1),
            f"{edition}装不下 SVG 图片“{figure.file.rpartition('/')[2]}”，图的位置写着它的内容说明。",
            f"要在{edition}里也有图，改用 PNG；网页、PDF 里都有这幅图。",
        )
