"""``new``: create an issue or a document."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.document_questions import ask_document
from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.prompts import Question, answer_to, confirm
from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.new_files import document_changes
from liulin_gazette.editing.new_issues import issue_changes, requested_issue, require_series
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.text.editor_error import DECLINED


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Create an issue or a document once the editor agrees; return the exit code."""
    examined = examine(root)
    publication = readable(examined.readable)
    if arguments.what == "issue" and not publication.issues:
        require_series(examined.diagnostics)
    changes = (
        _issue(root, publication, arguments)
        if arguments.what == "issue"
        else _document(root, publication, arguments)
    )
    for change in changes:
        print(
            f"\n{change.path}{'（改动）' if change.before else ''}\n{(change.after or b'').decode('utf-8')}"
        )
    if not confirm("照上面写吗？", arguments.yes):
        print("没有写。")
        return DECLINED
    apply(root, f"new {arguments.what}", changes)
    paths = {change.path for change in changes}
    print_findings(
        root,
        tuple(diagnostic for diagnostic in examine(root).diagnostics if diagnostic.place.path in paths),
    )
    if arguments.what == "document":
        print(f"接着在 {changes[0].path} 里写正文。")
    print("写好了；要撤销，运行 python3 build.py undo。")
    return 0


def _issue(root: Path, publication: Publication, arguments: argparse.Namespace) -> tuple[Change, ...]:
    """Return the changes that create the issue asked for, or the next one. Raises NewError, WrongAnswerError."""
    new = requested_issue(root, publication, arguments.issue, date.today())
    proposed = new.date.isoformat()

    def fault(day: str) -> str:
        try:
            date.fromisoformat(day)
        except ValueError:
            return f"日期“{day}”写法不对，写作 {proposed} 的样子。"
        return ""

    day = answer_to(Question("出版日期", proposed=proposed, fault=fault), arguments.date or "")
    return issue_changes(root, replace(new, date=date.fromisoformat(day)))


def _document(root: Path, publication: Publication, arguments: argparse.Namespace) -> tuple[Change, ...]:
    """Return the changes that create the document asked for. Raises NewError, WrongAnswerError, UnansweredError."""
    section, new = ask_document(root, publication, arguments)
    return document_changes(root, arguments.issue, section, new)
