"""``intake``: turn manuscripts from departments into drafts of an issue."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from liulin_gazette.commands.terminal.archive_run import intake_archive
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.commands.terminal.reading_progress import print_pages, print_recognised
from liulin_gazette.commands.terminal.unforeseen import unforeseen_fault
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.editing.new_issues import NewIssue, next_issue, requested_issue
from liulin_gazette.intake.draft_files import Plan, plan_drafts, report
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.limited_reading import (
    READING,
    call_within_limits,
    recognise_within_limits,
    unpack_within_limits,
)
from liulin_gazette.intake.manuscript import IntakeError, Manuscript, ReaderFaultError
from liulin_gazette.intake.ocr_command import OcrCommand, ocr_command
from liulin_gazette.intake.open_file import read_manuscripts
from liulin_gazette.intake.scanned_pages import read_recognising
from liulin_gazette.intake.text_files.plain_text import read_text
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.text.editor_error import CONTENT, DECLINED, UNFORESEEN, USAGE, EditorError

_PASTED = "粘贴的文字"
REPORT = "intake/对照.html"


class IntakeUsageError(EditorError):
    """The arguments of the command do not go together."""

    exit_code = USAGE


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Read the manuscripts, show the drafts, and write them once the editor agrees; return the exit code."""
    command = ocr_command(arguments.ocr) if arguments.ocr else None
    if arguments.archive:
        if arguments.files or arguments.issue or arguments.section:
            raise IntakeUsageError("--archive 逐期转换整个文件夹，不和来稿、--issue、--section 一起写。")
        return intake_archive(root, Path(arguments.archive), command, arguments.yes)
    if not arguments.files:
        raise IntakeUsageError("没有写来稿的文件名；转换往期的，写 --archive 文件夹。")
    publication = readable(examine(root).readable)
    intakes, code = _read_all(root, arguments.files, command)
    issue = requested_issue(root, publication, arguments.issue, date.today())
    if not _is_wanted(root, publication, issue, arguments.yes):
        print("没有写。")
        return DECLINED
    plan = plan_drafts(root, publication, issue, arguments.section, intakes)
    with template_errors_named(root):
        page = report(root, publication.gazette, intakes, plan)
    write_file(root / "output", REPORT, page)
    _print_plan(plan, intakes)
    if not plan.planned:
        print("没有可写的草稿。")
        return code or CONTENT
    if not confirm("写这些草稿吗？", arguments.yes):
        print("没有写。")
        return DECLINED
    apply(root, "intake", plan.changes)
    print(
        "草稿写好了。下一步：对照 output/"
        + REPORT
        + " 核对，运行 python3 build.py check；要撤销，运行 python3 build.py undo。"
    )
    return code


def _read_all(root: Path, names: Sequence[str], command: OcrCommand | None) -> tuple[list[Intake], int]:
    """Return what is recognised in the files of these ``names``, and the exit code; what cannot be read is told."""
    intakes: list[Intake] = []
    code = 0
    for name in names:
        print(f"读 {name}……", flush=True)
        for outcome in _manuscripts(name, command):
            try:
                intake = _intake(outcome)
            except ReaderFaultError as error:
                code = UNFORESEEN
                fault = error.__cause__ if isinstance(error.__cause__, Exception) else error
                print(f"{error.told}{unforeseen_fault(root, fault, 'intake')}", file=sys.stderr)
                continue
            except IntakeError as error:
                code = max(code, CONTENT)
                is_named = Path(name).name in error.told or name == "-"
                print(error.told if is_named else f"{name}：{error.told}", file=sys.stderr)
                continue
            except (MemoryError, ImportError, BrokenPipeError):
                raise  # These do not come from the file.
            except Exception as error:
                # A fault of the program at one file must not cost the editor the others.
                code = UNFORESEEN
                print(f"{name}：{unforeseen_fault(root, error, 'intake')}", file=sys.stderr)
                continue
            if not any(draft.conversions for draft in intake.drafts):
                code = max(code, CONTENT)
                print(
                    f"{intake.file_name} 里没有可以转换的文字，没有写草稿。请打开看看内容在不在。",
                    file=sys.stderr,
                )
                intake = replace(intake, drafts=())
            intakes.append(intake)
    return intakes, code


def _is_wanted(root: Path, publication: Publication, issue: NewIssue, is_agreed: bool) -> bool:
    """Tell whether ``issue`` is to be created, although its number is not the next one; the editor is asked."""
    if issue.supplement or (root / "content" / issue.name).exists():
        return True
    expected = next_issue(publication, date.today())
    if (issue.year, issue.number) == (expected.year, expected.number):
        return True
    told = f"还没有 {issue.name} 这一期，而下一期应是 {expected.name}。"
    if is_agreed:
        print(f"注意：{told}期号写错了的，运行 python3 build.py undo 撤销。")
    return confirm(f"{told}确定新建 {issue.name} 吗？", is_agreed)


def _intake(outcome: Manuscript | IntakeError) -> Intake:
    """Return the drafts of what was read. Raises IntakeError, also for why nothing was."""
    if isinstance(outcome, IntakeError):
        raise outcome
    return recognise_within_limits(outcome)


def _manuscripts(name: str, command: OcrCommand | None) -> Iterator[Manuscript | IntakeError]:
    """Yield the content of the file ``name``, of each file in it, or of standard input for ``-``; or why it is not read."""
    if name != "-":
        read = partial(read_recognising, command=command, progress=print_pages, tell=print_recognised)
        yield from read_manuscripts(Path(name), read, unpack_within_limits)
        return
    try:
        yield call_within_limits(_PASTED, READING, read_text, _PASTED, sys.stdin.buffer.read())
    except IntakeError as error:
        yield error


def _print_plan(plan: Plan, intakes: list[Intake]) -> None:
    for planned in plan.planned:
        document = planned.draft.document
        print(
            f"  {planned.path}　{planned.section}　{_number_of(document)}　{document.title}　待核 {planned.marks} 处"
        )
        if planned.same_title:
            print(f"  {planned.path} 的标题与 {planned.same_title} 相同，核对是不是同一份。")
    for intake in intakes:
        for draft in (each for each in plan.duplicates if any(each is own for own in intake.drafts)):
            number = _number_of(draft.document)
            print(f"  {intake.file_name}：{number} 已经有了，没有写：{draft.document.title}")
        for remark in intake.remarks:
            print(f"  {intake.file_name}：{remark}")
        if intake.account:
            print(f"  {intake.file_name}：{intake.account.told}")
        if intake.omissions:
            print(f"  {intake.file_name}：{len(intake.omissions)} 处没有转入，见 output/{REPORT}")


def _number_of(document: NewDocument) -> str:
    """Return 发文字号 or 令号, or that there is none."""
    return document.number or str(document.fields.get("令号", "")) or "无文号"
