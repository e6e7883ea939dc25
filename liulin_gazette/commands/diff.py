"""``diff``: show what changed in an issue."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.review.comparison import compare, comparison_page
from liulin_gazette.review.paper_proof import PROOFS_FOLDER
from liulin_gazette.source.loader import load_issues


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Compare the issue with its last proof, or with another folder; write the page and return the exit code."""
    if not issues_exist(root, [arguments.issue]):
        return 2
    before = Path(arguments.other) if arguments.other else root / PROOFS_FOLDER / arguments.issue
    against = arguments.other or "上次的校样"
    if not before.is_dir():
        message = (
            f"没有“{arguments.other}”这个文件夹。"
            if arguments.other
            else f"{arguments.issue} 还没有排过校样。先运行 python3 build.py proof {arguments.issue}，或写明与哪个文件夹比较。"
        )
        print(message, file=sys.stderr)
        return 2
    publication = load_issues(root, [arguments.issue])
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    files = compare(root / "content" / arguments.issue, before)
    with template_errors_named(root):
        page = comparison_page(root, publication, arguments.issue, against, files)
    write_file(root / "output", f"diff/{arguments.issue}.html", page)
    for file in files:
        print(f"{file.state}  {file.name}　{len(file.lines)} 处")
    print(f"{'没有改动。' if not files else ''}详见 output/diff/{arguments.issue}.html")
    return 0
