#!/usr/bin/env python3
"""Compare our paragraph composer with WeasyPrint's own search for lines, on the same paragraphs in one run.

Run ``.venv/bin/python benchmarks/composer.py``; it writes 选换行处的时间 in docs/性能.md. All documents of the newest
issue are typeset by turns: with the composer, and with the functions of WeasyPrint that it replaces. Times are those
of the processor, the least of ``REPETITIONS``: they depend little on what else the machine does.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from performance_page import write_section
from weasyprint.layout import inline

from liulin_gazette.pdf.composition.items import Items
from liulin_gazette.pdf.typeset import kept_lines, lines
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import ROOT
from tests.loading import load
from tests.pdf.test_composed_lines import typesetter_of

REPETITIONS = 2
SEARCH = "get_next_linebox"
"""The function that finds a line."""
NAMES = ("justify_line", "split_inline_box", "split_text_box")
BARS = (1.4, 0.6)
"""What the composer may take, as a multiple of WeasyPrint: the whole typesetting, and the lines of a paragraph."""
_inline: Any = inline


@dataclass
class Stopwatch:
    """The time, in seconds, that is spent in the search for lines, and the paragraphs in which it is."""

    spent: float = 0.0
    depth: int = 0

    def watched(self, search: Any) -> Any:
        """Return ``search`` with its time taken; inner searches are part of the outer one."""

        def timed(context: Any, box: Any, *arguments: Any) -> Any:
            if self.depth:
                return search(context, box, *arguments)
            self.depth, start = 1, time.process_time()
            try:
                return search(context, box, *arguments)
            finally:
                self.depth, self.spent = 0, self.spent + time.process_time() - start

        return timed


def measured(typesetter: Typesetter, items: list[Any], functions: Mapping[str, Any]) -> tuple[float, float]:
    """Return the seconds that typesetting ``items`` takes with ``functions`` of inline layout, and those for lines."""
    watch = Stopwatch()
    for name, function in functions.items():
        setattr(_inline, name, watch.watched(function) if name == SEARCH else function)
    gc.collect()
    start = time.process_time()
    for item, pictures in items:
        typesetter.set(item.html, pictures)
    return time.process_time() - start, watch.spent


def main() -> int:
    """Measure, print the ratios and write the section."""
    theirs = {name: getattr(_inline, name) for name in (*NAMES, SEARCH)}
    ours = {**{name: getattr(lines, name) for name in NAMES}, SEARCH: kept_lines.get_next_linebox}
    publication, found = load(ROOT)
    assert publication is not None, found
    typesetter = typesetter_of(publication, ROOT)
    issue = publication.issues[-1]
    rendered = Items(publication.gazette, issue, read_templates(ROOT))
    parts = [rendered.document(document) for document in issue.full_texts]
    items = [(part, {path: (ROOT / path).read_bytes() for path in part.pictures}) for part in parts]
    measured(typesetter, items[:1], ours)  # Warms up what both need.
    times = [
        (measured(typesetter, items, ours), measured(typesetter, items, theirs)) for _ in range(REPETITIONS)
    ]
    rows = [
        [min(each[side][kind] for each in times) for side in (0, 1)] for kind in (0, 1)
    ]  # Whole and lines, each with the composer and without.
    ratios = [own / other for own, other in rows]
    named = ("全部排印", "其中选换行处")
    table = "\n".join(
        f"| {name} | {own:.2f} | {other:.2f} | {ratio:.2f} | {bar} |"
        for name, (own, other), ratio, bar in zip(named, rows, ratios, BARS, strict=True)
    )
    text = (
        "由 `.venv/bin/python benchmarks/composer.py` 在一次运行中交替测得：同样的公文（最新一期），"
        f"一遍用本程序全段一起选换行处，一遍用 WeasyPrint 自己的函数。处理器时间（秒），{REPETITIONS} 遍中最少的；"
        "测的时候机器上还有别的工作。\n\n"
        "| 做什么 | 本程序 | WeasyPrint | 倍数 | 目标不超过 |\n| --- | ---: | ---: | ---: | ---: |\n" + table
    )
    print(table)
    write_section("选换行处的时间", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
