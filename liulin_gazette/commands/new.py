"""``new``: create an issue or a document."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.prompts import ask, confirm
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.new_files import (
    NewDocument,
    NewError,
    document_changes,
    issue_changes,
    issue_named,
    next_issue,
    next_number,
)
from liulin_gazette.model.document_number import parse
from liulin_gazette.model.publication import Contact, Publication
from liulin_gazette.pipeline.examination import examine


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Create an issue or a document once the editor agrees; return the exit code."""
    publication = examine(root).readable
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    changes = (
        _issue(root, publication, arguments)
        if arguments.kind == "issue"
        else _document(root, publication, arguments)
    )
    for change in changes:
        print(
            f"\n{change.path}{'（改动）' if change.before else ''}\n{(change.after or b'').decode('utf-8')}"
        )
    if not confirm("照上面写吗？", arguments.yes):
        print("没有写。")
        return 1
    apply(root, f"new {arguments.kind}", changes)
    paths = {change.path for change in changes}
    print_findings(
        root,
        tuple(diagnostic for diagnostic in examine(root).diagnostics if diagnostic.place.path in paths),
    )
    print("写好了；要撤销，运行 python3 build.py undo。")
    return 0


def _issue(root: Path, publication: Publication, arguments: argparse.Namespace) -> tuple[Change, ...]:
    """Return the changes that create the issue asked for, or the next one. Raises NewError."""
    new = next_issue(publication, date.today())
    if arguments.issue:
        year, number = map(int, arguments.issue.split("-"))
        new = issue_named(publication, year, number)
    day = ask("出版日期", arguments.date or "", new.date.isoformat())
    try:
        new = replace(new, date=date.fromisoformat(day))
    except ValueError:
        raise NewError(f"日期“{day}”写法不对，写作 {new.date.isoformat()} 的样子。") from None
    return issue_changes(root, new)


def _document(root: Path, publication: Publication, arguments: argparse.Namespace) -> tuple[Change, ...]:
    """Return the changes that create the document asked for. Raises NewError."""
    issue = next((issue for issue in publication.issues if issue.name == arguments.issue), None)
    sections = [section.name for section in issue.sections] if issue else []
    section = ask("栏目", arguments.section, sections[0] if len(sections) == 1 else "")
    issuer = ask("发文机关", arguments.issuer)
    known_issuer = next((known for known in publication.issuers if known.name == issuer), None)
    year = issue.year if issue else int(arguments.issue.split("-")[0])
    proposed = str(next_number(publication, known_issuer.codes[0], year)) if known_issuer else ""
    number = ask("发文字号", arguments.number, proposed if sys.stdin.isatty() else "")
    parse(number)
    contact = Contact(
        ask("责任单位", arguments.unit, issuer),
        ask("责任股室", arguments.office),
        ask("责任人", arguments.person),
        ask("电话", arguments.phone),
    )
    new = NewDocument(
        title=ask("标题", arguments.title),
        number=number,
        issuer=issuer,
        date=ask("成文日期", arguments.date),
        addressees=ask("主送", arguments.addressees),
        contact=contact,
    )
    return document_changes(root, arguments.issue, section, new)
