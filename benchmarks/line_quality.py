"""Print how well the lines of the newest issue are set, measured on its finished layouts.

Run ``.venv/bin/python benchmarks/line_quality.py``. Lines of text are those of paragraphs; names that are spread on
purpose are not counted.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from liulin_gazette.pdf.composition.chinese_breaks import CLOSING, NEVER_FIRST, OPENING
from liulin_gazette.pdf.composition.total_fit import VISIBLE_GAP
from tests.conftest import ROOT
from tests.pdf.test_composed_lines import BODY, ROUNDING, SPREAD, typeset_below


def main() -> int:
    """Print the figures."""
    lines = typeset_below(ROOT).lines
    body = [line for line in lines if line.tag == BODY and line.widest_gap < SPREAD]
    wide = [line for line in body if line.widest_gap > VISIBLE_GAP + ROUNDING]
    breaks = [(line.text, after.text) for line, after in pairwise(lines) if not line.is_last]
    ends = [after.text for line, after in pairwise(lines) if not line.is_last and after.is_last]
    lone = [text for text in ends if len(text.rstrip("".join(CLOSING) + " ")) < 2]
    forbidden = [pair for pair in breaks if pair[0][-1] in OPENING or pair[1][0] in NEVER_FIRST]
    print(f"lines of text {len(body)}, all lines {len(lines)}")
    print(f"gaps over {VISIBLE_GAP} em in {len(wide)} ({len(wide) / len(body):.2%})")
    print(f"widest gap {max(line.widest_gap for line in body):.3f} em")
    print(f"last lines of one character {len(lone)}, forbidden starts and ends {len(forbidden)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
