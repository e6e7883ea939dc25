"""``clean``: remove the output and the caches."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.pipeline.stages import clean


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Remove output and caches; wait for a running build. Raises LockedError."""
    del arguments
    clean(root, print)
    print("已删除 output 和 .cache。内容没有动；再运行 python3 build.py 重新生成。")
    return 0
