"""``check``: findings as a compiler prints them, or mended where there is one right form."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.commands.terminal.findings import print_findings, reader, tally
from liulin_gazette.commands.terminal.issue_names import is_known
from liulin_gazette.commands.terminal.progress import Steps
from liulin_gazette.commands.terminal.prompts import yes
from liulin_gazette.editing.changes import Change, EditingError, apply
from liulin_gazette.editing.fixes import FIXES, mended
from liulin_gazette.model.diagnostics import Diagnostic, Severity, has_errors
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.site_files import ContentChangedError
from liulin_gazette.pipeline.staging import OutputError
from liulin_gazette.rendering.template_errors import UnreadableError
from liulin_gazette.review.finding_formats import FORMATS
from liulin_gazette.review.reprints import trial_reprints
from liulin_gazette.text.system_errors import reason


def run(root: Path, given: argparse.Namespace) -> int:
    """Check; with ``--fix`` mend what is certain, after showing it."""
    if not is_known(root, given.issues):
        return 2
    examined = examine(root)
    found = _of_issues(examined.diagnostics, given.issues)
    if given.fix:
        return _fix(root, examined.diagnostics if not given.issues else found, given.yes)
    if given.format != "text":
        print(FORMATS[given.format](found, reader(root)))
        return 1 if has_errors(found) else 0
    print_findings(root, found)
    publication = examined.publication
    if publication is not None and not has_errors(examined.diagnostics):
        documents = sum(len(issue.documents) for issue in publication.issues)
        print(f"校核完成：{len(publication.issues)} 期，{documents} 份公文。{tally(found)}")
        if given.reprints and not _tell_reprints(root, publication):
            return 3
    else:
        print(f"校核完成。{tally(found)}", file=sys.stderr)
        if given.reprints:
            print(
                "内容有错误，没有试排已发布的各期。改正后再运行 python3 build.py check --reprints。",
                file=sys.stderr,
            )
    return 1 if has_errors(examined.diagnostics) else 0


def _tell_reprints(root: Path, publication: Publication) -> bool:
    """Say which published issues would be printed otherwise now; return whether that could be found out."""
    from liulin_gazette.pdf.typeset.layout import TypesettingError

    try:
        with Steps() as steps:
            reprints = trial_reprints(root, publication, lambda step: steps.say(f"试排：{step}"))
    except (OSError, OutputError, ContentChangedError, UnreadableError, TypesettingError) as error:
        fault = reason(error, "读写") if isinstance(error, OSError) else str(error)
        print(f"已发布的各期没有试排成：{fault}\n内容和成品都没有动。", file=sys.stderr)
        return False
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
    return tuple(
        found
        for found in diagnostics
        if not names or any(found.place.path.startswith(f"content/{name}/") for name in names)
    )


def _fix(root: Path, diagnostics: Sequence[Diagnostic], is_agreed: bool) -> int:
    changes = _mends(root, diagnostics)
    if not changes:
        print("没有可以自动改正的地方。")
        return 1 if has_errors(tuple(diagnostics)) else 0
    for change in changes:
        sys.stdout.writelines(_difference(change))
    if not yes("照上面改吗？", is_agreed):
        print("没有改。")
        return 1
    try:
        apply(root, "check --fix", changes)
    except EditingError as error:
        print(error, file=sys.stderr)
        return 3
    left = examine(root).diagnostics
    print(f"改了 {len(changes)} 个文件；要撤销，运行 python3 build.py undo。现在：{tally(left)}")
    return 1 if has_errors(left) else 0


def _mends(root: Path, diagnostics: Sequence[Diagnostic]) -> list[Change]:
    paths = dict.fromkeys(found.place.path for found in diagnostics if found.code in FIXES)
    changes: list[Change] = []
    for path in paths:
        before = (root / path).read_bytes()
        mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        text = before.removeprefix(mark).decode("utf-8")
        ends = "\r\n" if "\r\n" in text else "\n"
        own = [found for found in diagnostics if found.place.path == path]
        after = mark + mended(text.replace("\r\n", "\n"), own).replace("\n", ends).encode()
        if after != before:
            changes.append(Change(path, before, after))
    return changes


def _difference(change: Change) -> list[str]:
    before, after = (
        (content or b"").decode("utf-8").splitlines() for content in (change.before, change.after)
    )
    lines = difflib.unified_diff(before, after, change.path, f"{change.path}（改后）", lineterm="", n=0)
    return [f"{line}\n" for line in lines]
