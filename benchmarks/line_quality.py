"""Measure how well the lines of the newest issue are set, beside Typst on the same paragraphs, in one run.

Run ``.venv/bin/python benchmarks/line_quality.py``; it prints the figures of the whole issue and writes 换行的质量 in
docs/性能.md. Typst is the one that ``compare.py`` installs. Lines of text are those of paragraphs; names that are spread
on purpose are not counted. Both set the paragraphs of one column: at its measure, in the faces and the size of the issue.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fontTools.ttLib import TTFont
from performance_page import write_section
from typst_lines import HEAVY, SetLine, typst_lines

from liulin_gazette.model.blocks import Article, Inline, Paragraph, Span
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.chinese_breaks import CLOSING, NEVER_FIRST, OPENING
from liulin_gazette.pdf.composition.flow import segments
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.composition.total_fit import VISIBLE_GAP
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import ROOT
from tests.loading import load
from tests.pdf.drawn_lines import DrawnLine
from tests.pdf.test_composed_lines import BODY, ROUNDING, SPREAD, typeset_below

Lines = Sequence[DrawnLine | SetLine]
ROLES = ("text", "run-in", "label")
"""Paragraphs of running text, by role."""


def main() -> int:
    """Print the figures of the issue, and write those of the paragraphs that both set."""
    publication, found = load(ROOT)
    assert publication is not None, found
    lines = typeset_below(ROOT).lines
    forbidden = [
        (line.text, after.text)
        for line, after in pairwise(lines)
        if not line.is_last and (line.text[-1] in OPENING or after.text[0] in NEVER_FIRST)
    ]
    print(f"whole issue: {figures([line for line in lines if line.tag == BODY])}, all lines {len(lines)}")
    print(
        f"last lines of one character, all elements {len(lone(lines))}, forbidden starts and ends {len(forbidden)}"
    )
    drawn = {squeezed("".join(line.text for line in group)): group for group in grouped(lines)}
    wanted = [each for each in column_paragraphs(publication) if squeezed(words(each)) in drawn]
    ours = [line for each in wanted for line in drawn[squeezed(words(each))]]
    page = page_format(publication.gazette.page_size, publication.gazette.body)
    templates = read_templates(ROOT)
    characters = printed_characters(
        publication.gazette, publication.issues[-1], templates, lambda path: (ROOT / path).read_bytes()
    )
    faces = fonts.prepare(ROOT, characters)
    families = {face.role: family_name(face.file) for face in faces}
    folder = faces[0].file.parent
    arguments = (wanted, families, folder, page.column, page.scale.body)
    sides = {
        "本程序": ours,
        "Typst 0.15": flat(typst_lines(*arguments)),
        f"Typst 0.15，孤字的代价 {HEAVY}%": flat(typst_lines(*arguments, f", costs: (runt: {HEAVY}%)")),
    }
    rows = [f"| {name} | {' | '.join(row(side))} |" for name, side in sides.items()]
    table = "\n".join(rows)
    print(table)
    text = (
        "由 `.venv/bin/python benchmarks/line_quality.py` 在一次运行中测得：最新一期排在一栏里的 "
        f"{len(wanted)} 段正文，同样的文字、栏宽（{page.column:g} 磅）、字号（{page.scale.body:g} 磅）、字体和首行缩进；"
        "本程序的取自排好的版面，Typst 的取自它的 PDF。汉字之间空开 0.06 字以上，读者看得出来；孤字是末行只有一个字。\n\n"
        "| | 行数 | 空开 0.06 字以上的行 | 最大的空 | 孤字 |\n| --- | ---: | ---: | ---: | ---: |\n" + table
    )
    write_section("换行的质量", text)
    return 0


def column_paragraphs(publication: Publication) -> Iterator[Inline]:
    """Yield the paragraphs of running text of the newest issue that are set in a column."""
    page = page_format(publication.gazette.page_size, publication.gazette.body)
    for document in publication.issues[-1].full_texts:
        for segment in segments(document, page):
            for block in segment.blocks if segment.kind == "columns" else ():
                if isinstance(block, Article):
                    inline: Inline = (Span(f"{block.label}　", True), *block.text)
                elif isinstance(block, Paragraph) and block.role in ROLES:
                    inline = block.text
                else:
                    continue
                if not any(span.position or span.note for span in inline):
                    yield inline


def grouped(lines: Sequence[DrawnLine]) -> Iterator[list[DrawnLine]]:
    """Yield the lines of each paragraph."""
    group: list[DrawnLine] = []
    for line in lines:
        group.append(line)
        if line.is_last:
            if line.tag == BODY:
                yield group
            group = []


def family_name(file: Path) -> str:
    """Return the family name in the font ``file``."""
    with TTFont(file) as font:
        return str(font["name"].getBestFamilyName())


def words(inline: Inline) -> str:
    """Return the text of ``inline``."""
    return "".join(span.text for span in inline)


def squeezed(text: str) -> str:
    """Return ``text`` without spaces."""
    return re.sub(r"\s+", "", text)


def flat(paragraphs: Sequence[Sequence[SetLine]]) -> list[SetLine]:
    """Return the lines of all ``paragraphs``."""
    return [line for lines in paragraphs for line in lines]


def lone(lines: Lines) -> list[str]:
    """Return the last lines that have one character and, may be, a mark after it."""
    return [
        after.text
        for line, after in pairwise(lines)
        if not line.is_last and after.is_last and len(after.text.rstrip("".join(CLOSING) + " ")) < 2
    ]


def row(lines: Lines) -> tuple[str, str, str, str]:
    """Return the cells of the table for ``lines``."""
    body = [line for line in lines if line.widest_gap < SPREAD]
    wide = [line for line in body if line.widest_gap > VISIBLE_GAP + ROUNDING]
    widest = max(line.widest_gap for line in body)
    share = f"{len(wide)}（{len(wide) / len(body):.1%}）"
    return str(len(body)), share, f"{widest:.3f} 字", str(len(lone(lines)))


def figures(lines: Lines) -> str:
    """Return the same for people at a terminal."""
    count, share, widest, alone = row(lines)
    return f"{count} lines, gaps over {VISIBLE_GAP} em in {share}, widest {widest}, lone characters {alone}"


if __name__ == "__main__":
    sys.exit(main())
