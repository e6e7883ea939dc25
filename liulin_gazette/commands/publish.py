"""``publish``: record that an issue is published, so that later changes need a reason."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.review.issue_publishing import candidate, record
from liulin_gazette.text.editor_error import DECLINED, USAGE


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Record the issue as it is now, if it is built and has no errors, and the editor agrees; return the exit code."""
    name: str = arguments.issue
    if not issues_exist(root, [name]):
        return USAGE
    found = candidate(root, name, date.today())
    if found.issue.record is not None:
        print(f"{name} 已于 {found.issue.record.published} 发布。")
        if not found.is_complete:
            record(root, found, date.today())
            for words in found.additions:
                print(words)
        return 0
    if found.doubt:
        print(f"日期可疑：{found.doubt}", file=sys.stderr)
        if not confirm("仍按这个日期记吗？", arguments.yes):
            print("没有记。")
            return DECLINED
    print(f"发布以后，{name} 的公文再有改动，要写明理由才能生成，理由公布在网页上。")
    if not confirm("记为已发布吗？", arguments.yes):
        print("没有记。")
        return DECLINED
    record(root, found, date.today())
    print(f"{name} 已记为发布。再运行一次 python3 build.py，把 output/site 上传。")
    return 0
