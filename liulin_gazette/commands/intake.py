"""``intake``: turn manuscripts from departments into drafts of an issue."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.new_files import NewIssue, issue_named, next_issue
from liulin_gazette.intake.draft_files import Plan, plan_drafts, report
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.open_file import read_manuscript
from liulin_gazette.intake.plain_text import read_text
from liulin_gazette.intake.recognition import recognise
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named

REPORT = "intake/对照.html"


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Read the manuscripts, show the drafts, and write them once the editor agrees; return the exit code."""
    publication = examine(root).readable
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    intakes: list[Intake] = []
    failed = False
    for name in arguments.files:
        print(f"读 {name}……", flush=True)
        try:
            intakes.append(recognise(_manuscript(name)))
        except IntakeError as error:
            failed = True
            print(error.told, file=sys.stderr)
    issue = _issue(publication, arguments.issue)
    plan = plan_drafts(root, publication, issue, arguments.section, intakes)
    with template_errors_named(root):
        page = report(root, publication, intakes, plan)
    write_file(root / "output", REPORT, page)
    _print_plan(plan, intakes)
    if not plan.planned:
        print("没有可写的草稿。")
        return 1
    if not confirm("写这些草稿吗？", arguments.yes):
        print("没有写。")
        return 1
    apply(root, "intake", plan.changes)
    print(
        "草稿写好了。下一步：对照 output/"
        + REPORT
        + " 核对，运行 python3 build.py check；要撤销，运行 python3 build.py undo。"
    )
    return 1 if failed else 0


def _manuscript(name: str) -> Manuscript:
    """Return the content of the file ``name``, or of standard input for ``-``. Raises IntakeError."""
    if name == "-":
        return read_text("粘贴的文字", sys.stdin.buffer.read())
    return read_manuscript(Path(name))


def _issue(publication: Publication, name: str | None) -> NewIssue:
    """Return the issue ``name``, whether it exists or not; without a name the next one."""
    if name is None:
        return next_issue(publication, date.today())
    year, number = map(int, name.split("-"))
    issue = next((issue for issue in publication.issues if issue.name == name), None)
    if issue is None:
        return issue_named(publication, year, number)
    sections = tuple(section.name for section in issue.sections)
    return NewIssue(year, number, issue.total, issue.date, sections)


def _print_plan(plan: Plan, intakes: list[Intake]) -> None:
    for planned in plan.planned:
        document = planned.draft.document
        print(
            f"  {planned.path}　{planned.section}　{document.number}　{document.title}　待核 {planned.marks} 处"
        )
    for draft in plan.duplicates:
        print(f"  {draft.document.number} 已经有了，没有写：{draft.document.title}")
    for intake in intakes:
        for remark in intake.remarks:
            print(f"  {intake.file_name}：{remark}")
        if intake.omissions:
            print(f"  {intake.file_name}：{len(intake.omissions)} 处没有转入，见 output/{REPORT}")
