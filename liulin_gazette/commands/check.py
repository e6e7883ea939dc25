"""``check``: print the findings as a compiler does, or fix those that have only one right form."""

from __future__ import annotations

import argparse
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.check.learned_findings import is_about_words
from liulin_gazette.check.waivability import refusal
from liulin_gazette.commands.terminal.differences import difference
from liulin_gazette.commands.terminal.findings import line_reader, print_findings, tally
from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.fixes import fixed_text, is_fixable
from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.model.diagnostics import Diagnostic, Severity, has_errors
from liulin_gazette.model.finding_groups import finding_tasks
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.review.finding_formats import FORMATS
from liulin_gazette.source.folder import read_plain_file
from liulin_gazette.text.editor_error import CONTENT, DECLINED, ENVIRONMENT, USAGE, EditorError


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Check all content; with ``--fix`` fix what is certain, once the editor agrees. Return the exit code.

    It tells, in every format, whether any of the content has errors: nothing can be built then, whichever issues are shown.
    """
    names: list[str] = arguments.issues
    if not issues_exist(root, names):
        return USAGE
    examined = examine(root)
    if arguments.fix:
        return _fix(root, examined.diagnostics, names, arguments.yes)
    shown = _of_issues(examined.diagnostics, names)
    if arguments.format != "text":
        print(FORMATS[arguments.format](shown, line_reader(root)))
        return _exit_code(examined.diagnostics, names)
    print_findings(root, shown)
    _print_what_to_do(shown)
    publication = examined.publication
    if publication is not None and not has_errors(examined.diagnostics):
        documents = sum(len(issue.documents) for issue in publication.issues)
        print(f"校核完成：{len(publication.issues)} 期，{documents} 份公文。{tally(shown)}")
        if arguments.reprints and not _print_reprints(root, publication):
            return ENVIRONMENT
    else:
        print(f"校核完成。{tally(shown)}", file=sys.stderr)
        if arguments.reprints:
            print(
                "内容有错误，没有试排已发布的各期。改正后再运行 python3 build.py check --reprints。",
                file=sys.stderr,
            )
    return _exit_code(examined.diagnostics, names)


def _print_what_to_do(diagnostics: Sequence[Diagnostic]) -> None:
    """Say how to waive a finding, by the example of the first one that can be waived, and how to learn a word."""
    in_order = (
        each for task in finding_tasks(diagnostics) for group in task.groups for each in group.findings
    )
    first = next((each for each in in_order if not refusal(each.code, each.place.path)), None)
    if first is not None:
        print(
            "核对过、确应照印的，写明豁免：python3 build.py waive 位置 代码 理由。例如："
            f'python3 build.py waive {first.place} {first.code} "原件如此"'
        )
    if any(is_about_words(each.code) for each in diagnostics):
        print("本地的名称、用语本来就对的，收进词表，以后不再问：python3 build.py learn 词")


def _exit_code(diagnostics: Sequence[Diagnostic], names: Sequence[str]) -> int:
    """Return the exit code for all ``diagnostics``; say how many errors are outside the issues ``names``."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if elsewhere := len(errors) - len(_of_issues(errors, names)):
        print(
            f"{'、'.join(names)} 以外还有错误 {elsewhere} 处，也要改正才能生成；运行 python3 build.py check 列出。",
            file=sys.stderr,
        )
    return CONTENT if errors else 0


def _print_reprints(root: Path, publication: Publication) -> bool:
    """Print which published issues would be typeset differently now; return whether that could be found out.

    Raises EditorError.
    """
    # The whole build is imported only where something is typeset.
    from liulin_gazette.review.reprints import trial_reprints

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


def _of_issues(diagnostics: Sequence[Diagnostic], names: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return those of ``diagnostics`` that are about the issues ``names``; all if there are no names."""
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if not names or any(diagnostic.place.path.startswith(f"content/{name}/") for name in names)
    )


def _fix(root: Path, diagnostics: Sequence[Diagnostic], names: Sequence[str], is_agreed: bool) -> int:
    """Show and write the fixes for the issues ``names``, or for all; return the exit code."""
    changes = _fixes(root, _of_issues(diagnostics, names))
    if not changes:
        print("没有可以自动改正的地方。")
        return _exit_code(diagnostics, names)
    for change in changes:
        sys.stdout.writelines(difference(change))
    if not confirm("照上面改吗？", is_agreed):
        print("没有改。")
        return DECLINED
    apply(root, "check --fix", changes)
    remaining = examine(root).diagnostics
    print(
        f"改了 {len(changes)} 个文件；要撤销，运行 python3 build.py undo。现在：{tally(_of_issues(remaining, names))}"
    )
    return _exit_code(remaining, names)


def _fixes(root: Path, diagnostics: Sequence[Diagnostic]) -> list[Change]:
    """Return the changed files; byte order mark and line ends of each stay as they are."""
    paths = dict.fromkeys(diagnostic.place.path for diagnostic in diagnostics if is_fixable(diagnostic))
    changes: list[Change] = []
    for path in paths:
        before = read_plain_file(root, path)
        bom = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        text = before.removeprefix(bom).decode("utf-8")
        of_file = [diagnostic for diagnostic in diagnostics if diagnostic.place.path == path]
        after = bom + with_line_ends_of(text, fixed_text(unix_text(text), of_file)).encode()
        if after != before:
            changes.append(Change(path, before, after))
    return changes
