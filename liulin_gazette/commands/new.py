"""``new``: a new issue, a new document."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.prompts import text, yes
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


def run(root: Path, given: argparse.Namespace) -> int:
    """Make what was asked for, after showing it."""
    publication = examine(root).readable
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    changes = (
        _issue(root, publication, given) if given.kind == "issue" else _document(root, publication, given)
    )
    for change in changes:
        print(
            f"\n{change.path}{'（改动）' if change.before else ''}\n{(change.after or b'').decode('utf-8')}"
        )
    if not yes("照上面写吗？", given.yes):
        print("没有写。")
        return 1
    apply(root, f"new {given.kind}", changes)
    own = tuple(
        found for found in examine(root).diagnostics if found.place.path in [each.path for each in changes]
    )
    print_findings(root, own)
    print("写好了；要撤销，运行 python3 build.py undo。")
    return 0


def _issue(root: Path, publication: Publication, given: argparse.Namespace) -> tuple[Change, ...]:
    new = next_issue(publication, date.today())
    if given.issue:
        year, number = map(int, given.issue.split("-"))
        new = issue_named(publication, year, number)
    day = text("出版日期", given.date or "", new.date.isoformat())
    try:
        new = type(new)(new.year, new.number, new.total, date.fromisoformat(day), new.sections)
    except ValueError:
        raise NewError(f"日期“{day}”写法不对，写作 {new.date.isoformat()} 的样子。") from None
    return issue_changes(root, new)


def _document(root: Path, publication: Publication, given: argparse.Namespace) -> tuple[Change, ...]:
    issue = next((each for each in publication.issues if each.name == given.issue), None)
    sections = [section.name for section in issue.sections] if issue else []
    section = text("栏目", given.section, sections[0] if len(sections) == 1 else "")
    issuer = text("发文机关", given.issuer)
    known = next((each for each in publication.issuers if each.name == issuer), None)
    year = issue.year if issue else int(given.issue.split("-")[0])
    proposed = str(next_number(publication, known.codes[0], year)) if known else ""
    number = text("发文字号", given.number, proposed if sys.stdin.isatty() else "")
    parse(number)
    contact = Contact(
        text("责任单位", given.unit, issuer),
        text("责任股室", given.office),
        text("责任人", given.person),
        text("电话", given.phone),
    )
    new = NewDocument(
        title=text("标题", given.title),
        number=number,
        issuer=issuer,
        date=text("成文日期", given.date),
        addressees=text("主送", given.addressees),
        contact=contact,
    )
    return document_changes(root, given.issue, section, new)
