"""The pages of a PDF: drawings with their faces and pictures, in one colour space."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.typeset.layout import Page
from liulin_gazette.pdf.write import embedding
from liulin_gazette.pdf.write.book import BookPage, Part
from liulin_gazette.pdf.write.objects import add, dictionary

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings of some parts with the faces that they share, reduced to what they use."""

    faces: Mapping[str, embedding.ReducedFace]
    glyphs: Mapping[str, embedding.Glyphs]
    operators: Mapping[int, bytes]
    """By the ``id`` of a page: its operators, glyphs called by their numbers in ``faces``."""


def turned(page: Page) -> Matrix:
    """Return how ``page`` is put on a page that stands upright.

    A page set across is turned with its head to the left (GB/T 9704-2012 §8).
    """
    return (0, 1, -1, 0, page.height, 0) if page.landscape else IDENTITY


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where the point of a drawing comes to stand."""
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, 3), round(b * x + d * y + f, 3)


def drawings(parts: Sequence[Part], faces: Sequence[Face]) -> Drawings:
    """Reduce ``faces`` to what ``parts`` use, and renumber the drawings accordingly."""
    glyphs: dict[str, dict[int, tuple[int, str]]] = {}
    layouts = [layout for part in parts for layout in (part.layout, part.furniture) if layout]
    for layout in layouts:
        for face, used in layout.glyphs.items():
            glyphs.setdefault(face, {}).update(used)
    reduced = {
        name: embedding.reduce_face(faces[int(name[1:])], used) for name, used in sorted(glyphs.items())
    }
    operators = {
        id(page): embedding.renumber(page.content, reduced) for layout in layouts for page in layout.pages
    }
    return Drawings(reduced, glyphs, operators)


def add_resources(
    pdf: Any,
    parts: Sequence[Part],
    drawn: Drawings,
    picture: Callable[[Any, bytes, float], Any],
    tag: str,
) -> Any:
    """Embed what the drawings of ``parts`` call by name, and return the dictionary of it.

    ``picture`` adds one picture file, printed at a width in pt; ``tag`` is the six capitals before the names
    of reduced fonts.
    """
    fonts = {
        name: embedding.embed(pdf, face, drawn.glyphs[name], tag).reference
        for name, face in drawn.faces.items()
    }
    files = {name: file for part in parts for name, file in sorted(part.layout.pictures.items())}
    widths = {
        name: width
        for part in parts
        for page in part.layout.pages
        for name, (width, _) in page.pictures.items()
    }
    objects = {name: picture(pdf, file, widths[name]).reference for name, file in files.items()}
    return add(
        pdf, dictionary({"Font": dictionary(fonts), **({"XObject": dictionary(objects)} if objects else {})})
    )


def drawing(
    sheet: BookPage,
    drawn: Drawings,
    shift: tuple[float, float] = (0, 0),
    coloured: Callable[[bytes], bytes] = bytes,
) -> bytes:
    """Return the operators of ``sheet``, moved by ``shift`` pt: its page, then its head and folio.

    ``coloured`` turns the colours of the screen into others.
    """
    parts: list[bytes] = []
    for page, matrix in ((sheet.page, turned(sheet.page)), (sheet.furniture, IDENTITY)):
        if page is None or not page.content:
            continue
        moved: Matrix = (*matrix[:4], matrix[4] + shift[0], matrix[5] + shift[1])
        operators = coloured(drawn.operators[id(page)])
        cm = b"" if moved == IDENTITY else " ".join(f"{value:g}" for value in moved).encode() + b" cm\n"
        parts.append(b"q\n" + cm + operators + b"\nQ")
    return b"\n".join(parts)


def upright(page: Page) -> tuple[float, float]:
    """Return width and height of ``page`` as it is bound, in pt."""
    return (page.height, page.width) if page.landscape else (page.width, page.height)
