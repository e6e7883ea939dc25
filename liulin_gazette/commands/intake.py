"""``intake``: what departments send, turned into drafts of an issue."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.prompts import yes
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.new_files import NewIssue, issue_named, next_issue
from liulin_gazette.intake.draft_files import Plan, plan, report
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.manuscript import IntakeError, Source
from liulin_gazette.intake.open_file import read_source
from liulin_gazette.intake.plain_text import read_text
from liulin_gazette.intake.recognition import recognise
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named

REPORT = "intake/对照.html"


def run(root: Path, given: argparse.Namespace) -> int:
    """Read the files, show what would be written, and write it once agreed."""
    publication = examine(root).readable
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    intakes: list[Intake] = []
    failed = False
    for name in given.files:
        print(f"读 {name}……", flush=True)
        try:
            intakes.append(recognise(_source(name)))
        except IntakeError as error:
            failed = True
            print(error.told, file=sys.stderr)
    made = plan(root, publication, _issue(publication, given.issue), given.section, intakes)
    with template_errors_named(root):
        written = report(root, publication, intakes, made)
    write_file(root / "output", REPORT, written)
    _show(made, intakes)
    if not made.placed:
        print("没有可写的草稿。")
        return 1
    if not yes("写这些草稿吗？", given.yes):
        print("没有写。")
        return 1
    apply(root, "intake", made.changes)
    print(
        "草稿写好了。下一步：对照 output/"
        + REPORT
        + " 核对，运行 python3 build.py check；要撤销，运行 python3 build.py undo。"
    )
    return 1 if failed else 0


def _source(name: str) -> Source:
    """Return the parts of the file ``name``; of what is pasted into the terminal for ``-``."""
    return read_text("粘贴的文字", sys.stdin.buffer.read()) if name == "-" else read_source(Path(name))


def _issue(publication: Publication, name: str | None) -> NewIssue:
    if name is None:
        return next_issue(publication, date.today())
    year, number = map(int, name.split("-"))
    issue = next((each for each in publication.issues if each.name == name), None)
    if issue is None:
        return issue_named(publication, year, number)
    sections = tuple(section.name for section in issue.sections)
    return NewIssue(year, number, issue.total, issue.date, sections)


def _show(made: Plan, intakes: list[Intake]) -> None:
    for placed in made.placed:
        document = placed.draft.document
        print(
            f"  {placed.path}　{placed.section}　{document.number}　{document.title}　待核 {placed.marks} 处"
        )
    for draft in made.known:
        print(f"  {draft.document.number} 已经有了，没有写：{draft.document.title}")
    for intake in intakes:
        for remark in intake.remarks:
            print(f"  {intake.source}：{remark}")
        if intake.left_out:
            print(f"  {intake.source}：{len(intake.left_out)} 处没有转入，见 output/{REPORT}")
