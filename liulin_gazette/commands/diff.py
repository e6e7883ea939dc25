"""``diff``: show what changed in an issue."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.review.comparison import compare, comparison_page
from liulin_gazette.review.paper_proof import proofed_content
from liulin_gazette.source.loader import load_issues
from liulin_gazette.text.editor_error import USAGE


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Compare the issue with its last proof, or with another folder; write the page and return the exit code."""
    if not issues_exist(root, [arguments.issue]):
        return USAGE
    before = Path(arguments.other) if arguments.other else proofed_content(root, arguments.issue)
    against = arguments.other or "上次的校样"
    if not before.is_dir():
        message = (
            f"没有“{arguments.other}”这个文件夹。"
            if arguments.other
            else f"{arguments.issue} 还没有排过校样。先运行 python3 build.py proof {arguments.issue}，或写明与哪个文件夹比较。"
        )
        print(message, file=sys.stderr)
        return USAGE
    publication = readable(load_issues(root, [arguments.issue])[0])
    files = compare(root / "content" / arguments.issue, before)
    with template_errors_named(root):
        page = comparison_page(root, publication.gazette, arguments.issue, against, files)
    write_file(root / "output", f"diff/{arguments.issue}.html", page)
    for file in files:
        print(f"{file.state}  {file.name}　{len(file.lines)} 处")
    print(f"{'没有改动。' if not files else ''}详见 output/diff/{arguments.issue}.html")
    return 0
