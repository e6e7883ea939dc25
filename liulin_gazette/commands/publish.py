"""``publish``: record that an issue is published, so that later changes need a reason."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import is_listed, publish_changes
from liulin_gazette.model.diagnostics import has_errors
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.source.folder import read_folder


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Record the issue as it is now, if it has no errors and the editor agrees; return the exit code."""
    if not issues_exist(root, [arguments.issue]):
        return 2
    examined = examine(root)
    publication = examined.publication
    if publication is None or has_errors(examined.diagnostics):
        print("内容有错误，不能发布。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    issue = next((issue for issue in publication.issues if issue.name == arguments.issue), None)
    if issue is None:
        print(f"{arguments.issue} 还没有公文。", file=sys.stderr)
        return 1
    if issue.record is not None:
        print(f"{arguments.issue} 已于 {issue.record.published} 发布。")
        return 0 if is_listed(root, issue) else _record(root, examined, publication, issue)
    print(f"发布以后，{arguments.issue} 的公文再有改动，要写明理由才能生成，理由公布在网页上。")
    if not confirm("记为已发布吗？", arguments.yes):
        print("没有记。")
        return 1
    if failed := _record(root, examined, publication, issue):
        return failed
    print(f"{arguments.issue} 已记为发布。再运行一次 python3 build.py，把 output/site 上传。")
    return 0


def _record(root: Path, examined: Examined, publication: Publication, issue: Issue) -> int:
    """Write the record of ``issue``, if its files are still as examined; return the exit code."""
    folder = read_folder(root, issue.folder)
    if folder.digest != examined.folders[issue.folder]:
        print(f"{issue.folder} 里的文件刚刚被改动，没有记。保存好以后再运行一次。", file=sys.stderr)
        return 1
    apply(root, "publish", publish_changes(root, publication, issue, folder, date.today()))
    return 0
