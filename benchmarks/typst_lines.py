"""Lines of single paragraphs as Typst sets them, read from its PDF: the same text, measure, size and faces as ours."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from liulin_gazette.model.blocks import Inline
from tests.pdf.drawn_lines import is_ideograph

TOOLS = Path(__file__).resolve().parent.parent / ".cache" / "benchmarks"
COMPILE = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root='/', font_paths=[sys.argv[3]],"
    " ignore_system_fonts=True)"
)
HEAVY = 400
"""Percent: the cost of a lone last word (``runt``) for the variant in which Typst avoids them."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line; ``widest_gap`` is that between two ideographs, in em."""

    text: str
    is_last: bool
    widest_gap: float


def python_with_typst() -> str:
    """Return the interpreter that has Typst: the one of compare.py, or this one."""
    own = TOOLS / "venv" / "bin" / "python"
    return str(own) if own.is_file() else sys.executable


def source(
    paragraphs: Sequence[Inline], families: Mapping[str, str], measure: float, size: float, costs: str
) -> str:
    """Return ``paragraphs`` in Typst's language, each on a page of its own; ``measure`` and ``size`` are in pt."""
    head = (
        f"#set page(width: {measure}pt, height: auto, margin: 0pt)\n"
        f'#set text(font: {_string(families["宋体"])}, size: {size}pt, lang: "zh", region: "cn"{costs})\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 8pt)\n"
        f"#let hei = {_string(families['黑体'])}\n"
    )
    return head + "#pagebreak()\n".join(f"{_markup(each)}\n\n" for each in paragraphs)


def typst_lines(
    paragraphs: Sequence[Inline],
    families: Mapping[str, str],
    faces: Path,
    measure: float,
    size: float,
    costs: str = "",
) -> list[list[SetLine]]:
    """Return the lines of each of ``paragraphs``; ``faces`` is the folder of the font files. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        file, pdf = Path(folder) / "paragraphs.typ", Path(folder) / "paragraphs.pdf"
        file.write_text(source(paragraphs, families, measure, size, costs), "utf-8")
        subprocess.run([python_with_typst(), "-c", COMPILE, str(file), str(pdf), str(faces)], check=True)
        return list(_pages(pdf, size))


def _pages(file: Path, size: float) -> Iterator[list[SetLine]]:
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(file)
    for index in range(len(pdf)):
        yield _lines(pdf[index], size)
    pdf.close()


def _lines(page: Any, size: float) -> list[SetLine]:
    lines: list[list[tuple[str, float]]] = []
    height = 0.0
    for text, x, y in _characters(page):
        if not lines or abs(y - height) > size / 2:
            lines.append([])
            height = y
        lines[-1].append((text, x))
    return [
        SetLine(
            "".join(text for text, _ in line),
            index == len(lines) - 1,
            max(
                (
                    (after[1] - before[1] - size) / size
                    for before, after in pairwise(line)
                    if is_ideograph(before[0]) and is_ideograph(after[0])
                ),
                default=0.0,
            ),
        )
        for index, line in enumerate(lines)
    ]


def _characters(page: Any) -> Iterator[tuple[str, float, float]]:
    """Yield each drawn character of ``page`` with its origin in pt, spaces left out."""
    from ctypes import byref, c_double

    import pypdfium2.raw as pdfium

    raw: Any = pdfium
    text = page.get_textpage()
    x, y = c_double(), c_double()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if raw.FPDFText_IsGenerated(text.raw, index) == 1 or character.isspace():
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, byref(x), byref(y))
        yield character, x.value, y.value


def _markup(inline: Inline) -> str:
    return "".join(
        f"#text(font: hei, {_string(span.text)})" if span.strong else f"#{_string(span.text)}"
        for span in inline
    )


def _string(text: str) -> str:
    """Return ``text`` as a Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
