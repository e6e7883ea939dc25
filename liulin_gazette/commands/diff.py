"""``diff``: what changed in an issue."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.issue_names import is_known
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.review.comparison import compare, page
from liulin_gazette.review.paper_proof import KEPT
from liulin_gazette.source.loader import load_partly


def run(root: Path, given: argparse.Namespace) -> int:
    """Compare the issue with its last proof, or with another folder."""
    if not is_known(root, [given.issue]):
        return 2
    before = Path(given.other) if given.other else root / KEPT / given.issue
    against = given.other or "上次的校样"
    if not before.is_dir():
        said = (
            f"没有“{given.other}”这个文件夹。"
            if given.other
            else f"{given.issue} 还没有排过校样。先运行 python3 build.py proof {given.issue}，或写明与哪个文件夹比较。"
        )
        print(said, file=sys.stderr)
        return 2
    publication = load_partly(root, [given.issue])
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    changed = compare(root / "content" / given.issue, before)
    with template_errors_named(root):
        written = page(root, publication, given.issue, against, changed)
    write_file(root / "output", f"diff/{given.issue}.html", written)
    for file in changed:
        print(f"{file.state}  {file.name}　{len(file.lines)} 处")
    print(f"{'没有改动。' if not changed else ''}详见 output/diff/{given.issue}.html")
    return 0
