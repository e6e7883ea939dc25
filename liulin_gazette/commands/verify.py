"""``verify``: check whether a copy of the site is as published."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.web.manifest import compare

MAX_LISTED = 20
"""How many files of each kind of difference are listed."""


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Compare the folder with its manifest; return 0 if they agree, 1 if not, 2 if there is no such folder."""
    folder = Path(arguments.folder) if arguments.folder else root / "output" / "site"
    name = arguments.folder or "output/site"
    if not folder.is_dir():
        print(f"没有“{name}”这个文件夹。写作 python3 build.py verify 文件夹。", file=sys.stderr)
        return 2
    print(f"核对 {name}……", flush=True)
    comparison = compare(folder)
    for word, paths in (
        ("改动", comparison.changed),
        ("缺少", comparison.missing),
        ("多出", comparison.extra),
    ):
        for path in paths[:MAX_LISTED]:
            print(f"{word}  {path}", file=sys.stderr)
        if len(paths) > MAX_LISTED:
            print(f"{word}  ……共 {len(paths)} 个", file=sys.stderr)
    if not comparison.is_authentic:
        print("核对不符：这份网站与它的文件清单不一致。", file=sys.stderr)
        return 1
    print(f"核对一致：{comparison.intact} 个文件都是发布的原样。")
    return 0
