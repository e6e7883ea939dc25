#!/usr/bin/env python3
"""Compare how long an issue takes to be packed for a cache with how long pickle takes, in one run.

Run ``.venv/bin/python benchmarks/encoding.py``; it writes 编码的时间 in docs/性能.md. Times are those of the processor,
the least of ``REPETITIONS``.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from performance_page import write_section

from liulin_gazette.pipeline.issue_reading import pack, unpack
from tests.conftest import ROOT
from tests.loading import load

REPETITIONS = 40


def least(work: Callable[[], object]) -> float:
    """Return the milliseconds that ``work`` takes at least."""
    times: list[float] = []
    for _ in range(REPETITIONS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def main() -> int:
    """Measure, print the ratio and write the section."""
    publication, found = load(ROOT)
    assert publication is not None, found
    issue = publication.issues[-1]
    packed, pickled = pack(issue), pickle.dumps(issue)
    rows = (
        ("写", least(lambda: pack(issue)), least(lambda: pickle.dumps(issue))),
        ("读", least(lambda: unpack(packed)), least(lambda: pickle.loads(pickled))),
    )
    table = "\n".join(
        f"| {name} | {own:.2f} | {other:.2f} | {own / other:.2f} |" for name, own, other in rows
    )
    print(table)
    text = (
        f"由 `.venv/bin/python benchmarks/encoding.py` 测得：最新一期存进缓存、再读出来，处理器时间（毫秒），"
        f"{REPETITIONS} 遍中最少的。\n\n"
        "| 做什么 | 本程序 | pickle | 倍数 |\n| --- | ---: | ---: | ---: |\n" + table
    )
    write_section("编码的时间", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
