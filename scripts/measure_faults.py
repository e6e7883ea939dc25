"""Measure how many mistakes of each kind the check finds: the columns 现在 and 下限 of docs/校核能力.md.

    .venv/bin/python scripts/measure_faults.py

The mistakes are those of tests/check/injected, as many of each kind as the suite makes. Takes about a minute; the same
program and documents give the same figures.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.check.injected.floors import FLOORS  # noqa: E402 -- after the path is set
from tests.check.injected.measurement import KINDS, SAMPLE, rate  # noqa: E402 -- likewise

PAGE = ROOT / "docs/校核能力.md"
_ROW = re.compile(r"^\| (?P<kind>[^|]+) \| (?P<before>\d+%|—) \| \d+% \| \d+% \|$")


def main() -> None:
    """Write the two columns anew; a kind without a row is named."""
    shares = {kind.name: rate(kind, SAMPLE).share for kind in KINDS}
    lines = PAGE.read_text("utf-8").split("\n")
    rows = {match["kind"]: index for index, line in enumerate(lines) if (match := _ROW.match(line))}
    for kind, share in shares.items():
        if kind not in rows:
            print(f"{PAGE.name} has no row for {kind}: {share:.0%}")
            continue
        before = lines[rows[kind]].split(" | ")[1]
        lines[rows[kind]] = f"| {kind} | {before} | {share:.0%} | {FLOORS[kind]:.0%} |"
    PAGE.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
