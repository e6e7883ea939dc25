"""``annual``: write the index of a year (总目录) into its last issue as a document, or write it anew."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.commands.terminal.differences import difference
from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.editing.annual_index_files import WantedIndex, annual_index_changes, issue_with_index
from liulin_gazette.editing.changes import Change, apply, undo
from liulin_gazette.model.annual_index import issues_of
from liulin_gazette.model.diagnostics import Severity, has_errors
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.year_printing import first_pages
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.text.editor_error import CONTENT, DECLINED, USAGE, EditorError, outcome


class MovedPagesError(EditorError):
    """The pages of the issue are others once the index is in it, so that it was taken out again."""

    exit_code = CONTENT


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Write the index once the editor agrees, and look whether it is right where it stands; return the exit code."""
    publication = _examined(root)
    if publication is None:
        print("内容有错误，没有编总目录。先运行 python3 build.py check 改正。", file=sys.stderr)
        return CONTENT
    if not issues_of(publication, arguments.year):
        print(f"{arguments.year} 年没有刊物。", file=sys.stderr)
        return USAGE
    wanted = WantedIndex(
        arguments.year, arguments.issue or "", arguments.by, arguments.section, arguments.overwrite
    )
    issue = issue_with_index(publication, wanted)
    changes = _changes(root, publication, wanted)
    if not changes:
        print(f"{issue.name} 里的{wanted.year}年总目录与各期一致，没有改动。")
        return 0
    for change in changes:
        sys.stdout.writelines(difference(change))
    if not confirm("照上面写吗？", arguments.yes):
        print("没有写。")
        return DECLINED
    step = apply(root, "annual", changes)
    if not _look_again(root, wanted, changes, step):
        return CONTENT
    print(
        f"写好了：{'、'.join(change.path for change in changes)}。各期的页码都核对过。\n"
        f"各期再有改动，check 会提醒；到时再运行一次 python3 build.py annual {wanted.year}。要撤销，运行 python3 build.py undo。"
    )
    return 0


def _examined(root: Path) -> Publication | None:
    """Return the publication; None while its content has errors."""
    examined = examine(root)
    return None if has_errors(examined.diagnostics) else examined.publication


def _changes(root: Path, publication: Publication, wanted: WantedIndex) -> tuple[Change, ...]:
    """Return the changes that make the index right. Raises EditorError."""
    issues = issues_of(publication, wanted.year)
    with outcome("总目录没有编成。"), template_errors_named(root), Progress() as progress:
        pages = first_pages(root, publication, issues, progress.begin)
    return annual_index_changes(root, publication, wanted, pages)


def _look_again(root: Path, wanted: WantedIndex, changes: Sequence[Change], step: str) -> bool:
    """Tell whether the index that was written as ``step`` can be printed and is right; if not, take it back.

    Raises EditorError, after it was taken back too.
    """
    paths = {change.path for change in changes}
    try:
        examined = examine(root)
        found = [each for each in examined.diagnostics if each.place.path in paths]
        print_findings(root, tuple(each for each in found if each.severity is not Severity.NOTE))
        if examined.publication is None or has_errors(examined.diagnostics):
            undo(root, step)
            print("写进去的总目录有错误，已经撤回。", file=sys.stderr)
            return False
        again = WantedIndex(wanted.year, wanted.issue)
        if _changes(root, examined.publication, again):
            raise MovedPagesError("总目录写进去以后，各期的页码与它写的不一样，已经撤回。请再运行一次。")
    except EditorError:
        undo(root, step)
        raise
    return True
