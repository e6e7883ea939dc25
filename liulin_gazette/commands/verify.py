"""``verify``: whether a copy of the site is the published one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.web.manifest import compare

LISTED = 20
"""Of files that differ, this many are named."""


def run(root: Path, given: argparse.Namespace) -> int:
    """Compare the folder with its manifest."""
    folder = Path(given.folder) if given.folder else root / "output" / "site"
    name = given.folder or "output/site"
    if not folder.is_dir():
        print(f"没有“{name}”这个文件夹。写作 python3 build.py verify 文件夹。", file=sys.stderr)
        return 2
    print(f"核对 {name}……", flush=True)
    found = compare(folder)
    for word, paths in (("改动", found.changed), ("缺少", found.missing), ("多出", found.extra)):
        for path in paths[:LISTED]:
            print(f"{word}  {path}", file=sys.stderr)
        if len(paths) > LISTED:
            print(f"{word}  ……共 {len(paths)} 个", file=sys.stderr)
    if not found.is_true:
        print("核对不符：这份网站与它的文件清单不一致。", file=sys.stderr)
        return 1
    print(f"核对一致：{found.whole} 个文件都是发布的原样。")
    return 0
