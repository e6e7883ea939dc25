"""Content of a PDF's pages: drawing operators, and the fonts and pictures that they use as resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.typeset.advances import base_face
from liulin_gazette.pdf.typeset.layout import Page
from liulin_gazette.pdf.write import embedding
from liulin_gazette.pdf.write.book import BookPage, Part
from liulin_gazette.pdf.write.objects import add, dictionary

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings of some parts, and the subsets of the faces that they share."""

    faces: Mapping[str, embedding.FaceSubset]
    """By the name in the drawings (F0 …)."""
    glyphs: Mapping[str, embedding.Glyphs]
    """The glyphs in use of each face, by glyph index in the whole face."""
    operators: Mapping[int, bytes]
    """The operators of each page, by its ``id``; glyph indices are those of the subsets."""


def upright_matrix(page: Page) -> Matrix:
    """Return the transformation that puts ``page`` on an upright page.

    A landscape page is turned so that its head is at the left (GB/T 9704-2012 §8).
    """
    return (0, 1, -1, 0, page.height, 0) if page.landscape else IDENTITY


def transform(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (``x``, ``y``) transformed by ``matrix`` (ISO 32000-1 §8.3.4), in pt."""
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, 3), round(b * x + d * y + f, 3)


def collect_drawings(parts: Sequence[Part], faces: Sequence[Face]) -> Drawings:
    """Return the drawings of ``parts``, with ``faces`` subset to the glyphs that they use."""
    glyphs: dict[str, dict[int, tuple[int, str]]] = {}
    layouts = [layout for part in parts for layout in (part.layout, part.furniture) if layout]
    for layout in layouts:
        for face, used in layout.glyphs.items():
            number, extra = base_face(face)
            glyphs.setdefault(embedding.subset_name(number, extra), {}).update(
                {embedding.spaced(glyph, extra): drawn for glyph, drawn in used.items()}
            )
    subsets = {
        name: embedding.subset_face(faces[base_face(name)[0]], used) for name, used in sorted(glyphs.items())
    }
    operators = {
        id(page): embedding.renumber(page.content, subsets) for layout in layouts for page in layout.pages
    }
    return Drawings(subsets, glyphs, operators)


def add_resources(
    pdf: Any,
    parts: Sequence[Part],
    drawings: Drawings,
    add_picture: Callable[[Any, bytes, float], Any],
    tag: str,
) -> Any:
    """Embed the fonts and pictures of ``parts`` in ``pdf``, and return the resource dictionary that names them.

    ``add_picture`` adds a picture file, printed at a width in pt; ``tag`` is the subset tag of the fonts
    (six capitals, ISO 32000-1 §9.6.4).
    """
    fonts = {
        name: embedding.embed(pdf, face, drawings.glyphs[name], tag).reference
        for name, face in drawings.faces.items()
    }
    files = {name: file for part in parts for name, file in sorted(part.layout.pictures.items())}
    widths = {
        name: width
        for part in parts
        for page in part.layout.pages
        for name, (width, _) in page.pictures.items()
    }
    objects = {name: add_picture(pdf, file, widths[name]).reference for name, file in files.items()}
    return add(
        pdf, dictionary({"Font": dictionary(fonts), **({"XObject": dictionary(objects)} if objects else {})})
    )


def page_operators(
    book_page: BookPage,
    drawings: Drawings,
    shift: tuple[float, float] = (0, 0),
    convert_colours: Callable[[bytes], bytes] = bytes,
) -> bytes:
    """Return the drawing operators of ``book_page``: the page, then its running head and folio.

    All are moved by ``shift`` (x, y) pt; ``convert_colours`` converts the colours in operators.
    """
    content: list[bytes] = []
    layers = (
        (book_page.page, upright_matrix(book_page.page)),
        (book_page.furniture, IDENTITY),
    )
    for page, matrix in layers:
        if page is None or not page.content:
            continue
        moved: Matrix = (*matrix[:4], matrix[4] + shift[0], matrix[5] + shift[1])
        operators = convert_colours(drawings.operators[id(page)])
        cm = b"" if moved == IDENTITY else " ".join(f"{value:g}" for value in moved).encode() + b" cm\n"
        content.append(b"q\n" + cm + operators + b"\nQ")
    return b"\n".join(content)


def upright_size(page: Page) -> tuple[float, float]:
    """Return width and height in pt of the upright page that ``page`` is put on."""
    return (page.height, page.width) if page.landscape else (page.width, page.height)
