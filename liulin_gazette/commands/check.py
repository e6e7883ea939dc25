"""``check``: print the findings as a compiler does, or fix those that have only one right form."""

from __future__ import annotations

import argparse
import difflib
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.commands.terminal.findings import line_reader, print_findings, tally
from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.fixes import FIXES, fixed_text
from liulin_gazette.model.diagnostics import Diagnostic, Severity, has_errors
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.review.finding_formats import FORMATS
from liulin_gazette.review.reprints import trial_reprints
from liulin_gazette.text.editor_error import ENVIRONMENT, EditorError


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Check all content; with ``--fix`` fix what is certain, once the editor agrees. Return the exit code."""
    if not issues_exist(root, arguments.issues):
        return 2
    examined = examine(root)
    diagnostics = _of_issues(examined.diagnostics, arguments.issues)
    if arguments.fix:
        return _fix(root, examined.diagnostics if not arguments.issues else diagnostics, arguments.yes)
    if arguments.format != "text":
        print(FORMATS[arguments.format](diagnostics, line_reader(root)))
        return 1 if has_errors(diagnostics) else 0
    print_findings(root, diagnostics)
    publication = examined.publication
    if publication is not None and not has_errors(examined.diagnostics):
        documents = sum(len(issue.documents) for issue in publication.issues)
        print(f"校核完成：{len(publication.issues)} 期，{documents} 份公文。{tally(diagnostics)}")
        if arguments.reprints and not _print_reprints(root, publication):
            return ENVIRONMENT
    else:
        print(f"校核完成。{tally(diagnostics)}", file=sys.stderr)
        if arguments.reprints:
            print(
                "内容有错误，没有试排已发布的各期。改正后再运行 python3 build.py check --reprints。",
                file=sys.stderr,
            )
    return 1 if has_errors(examined.diagnostics) else 0


def _print_reprints(root: Path, publication: Publication) -> bool:
    """Print which published issues would be typeset differently now; return whether that could be found out.

    Raises EditorError.
    """
    try:
        with Progress() as progress:
            reprints = trial_reprints(root, publication, lambda step: progress.begin(f"试排：{step}"))
    except EditorError as error:
        error.outcome = "\n已发布的各期没有试排成。内容和成品都没有动。"
        raise
    if reprints.failed:
        print_findings(
            root, tuple(each for each in reprints.failed.diagnostics if each.severity is Severity.ERROR)
        )
        print("已发布的各期没有试排成。内容和成品都没有动。", file=sys.stderr)
        return False
    if reprints.same:
        print(f"已发布的 {'、'.join(reprints.same)}：用现在的程序和设置排印，PDF 与公布的一字节不差。")
    if reprints.different:
        print(
            f"已发布的 {'、'.join(reprints.different)}：用现在的程序和设置排印，PDF 会与公布的不同。生成时保留公布的 PDF；"
            f'确要重排，写明理由，例如：python3 build.py {reprints.different[-1]} --republish "理由"。'
        )
    if not (reprints.same or reprints.different):
        print("没有已发布并有 PDF 的一期，不用试排。")
    return True


def _of_issues(diagnostics: tuple[Diagnostic, ...], names: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return those of ``diagnostics`` that are about the issues ``names``; all if there are no names."""
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if not names or any(diagnostic.place.path.startswith(f"content/{name}/") for name in names)
    )


def _fix(root: Path, diagnostics: Sequence[Diagnostic], is_agreed: bool) -> int:
    """Show and write the fixes for ``diagnostics``; return the exit code."""
    changes = _fixes(root, diagnostics)
    if not changes:
        print("没有可以自动改正的地方。")
        return 1 if has_errors(tuple(diagnostics)) else 0
    for change in changes:
        sys.stdout.writelines(_difference(change))
    if not confirm("照上面改吗？", is_agreed):
        print("没有改。")
        return 1
    apply(root, "check --fix", changes)
    remaining = examine(root).diagnostics
    print(f"改了 {len(changes)} 个文件；要撤销，运行 python3 build.py undo。现在：{tally(remaining)}")
    return 1 if has_errors(remaining) else 0


def _fixes(root: Path, diagnostics: Sequence[Diagnostic]) -> list[Change]:
    """Return the changed files; byte order mark and line ends of each stay as they are."""
    paths = dict.fromkeys(diagnostic.place.path for diagnostic in diagnostics if diagnostic.code in FIXES)
    changes: list[Change] = []
    for path in paths:
        before = (root / path).read_bytes()
        bom = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        text = before.removeprefix(bom).decode("utf-8")
        line_end = "\r\n" if "\r\n" in text else "\n"
        of_file = [diagnostic for diagnostic in diagnostics if diagnostic.place.path == path]
        after = bom + fixed_text(text.replace("\r\n", "\n"), of_file).replace("\n", line_end).encode()
        if after != before:
            changes.append(Change(path, before, after))
    return changes


def _difference(change: Change) -> list[str]:
    """Return the lines of a unified diff of ``change``."""
    before, after = (
        (content or b"").decode("utf-8").splitlines() for content in (change.before, change.after)
    )
    lines = difflib.unified_diff(before, after, change.path, f"{change.path}（改后）", lineterm="", n=0)
    return [f"{line}\n" for line in lines]
