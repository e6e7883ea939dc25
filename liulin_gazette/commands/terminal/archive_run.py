"""``intake --archive``: a folder of back issues, issue by issue, into draft issues and a report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from liulin_gazette.commands.terminal.prompts import Question, answer_to, confirm
from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.commands.terminal.reading_progress import print_pages, print_recognised
from liulin_gazette.commands.terminal.unforeseen import unforeseen_fault
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.intake.back_issues.archive_drafts import (
    comparison,
    failed,
    identity_from,
    issue_drafts,
    names_of_sections,
)
from liulin_gazette.intake.back_issues.archive_folder import ArchiveFolder, SourceIssue, archive_folder
from liulin_gazette.intake.back_issues.archive_records import (
    REFUSED,
    WRITTEN,
    IssueRecord,
    files_digest,
    keep_record,
    written_record,
)
from liulin_gazette.intake.back_issues.archive_report import archive_report
from liulin_gazette.intake.back_issues.issue_evidence import clue_of_decision
from liulin_gazette.intake.back_issues.issue_recognition import IssueReading, recognise_issue
from liulin_gazette.intake.limited_reading import READING_PAGES, call_in, unpack_within_limits
from liulin_gazette.intake.manuscript import IntakeError, Manuscript, ReaderFaultError
from liulin_gazette.intake.ocr_command import OcrCommand
from liulin_gazette.intake.open_file import read_manuscripts
from liulin_gazette.intake.scanned_pages import read_recognising
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.spawning.limited_process import LimitedProcess
from liulin_gazette.text.editor_error import CONTENT, DECLINED, UNFORESEEN
from liulin_gazette.text.issue_name_form import ISSUE_NAME

REPORT = "intake/往期.html"
MAX_PAGES = 5_000
"""Pages of a PDF of the archive."""


def intake_archive(root: Path, folder: Path, command: OcrCommand | None, is_agreed: bool) -> int:
    """Read the back issues in ``folder``, write a draft issue for each, and a report; return the exit code."""
    publication = readable(examine(root).readable)
    archive = archive_folder(folder)
    if not archive.issues:
        raise IntakeError(
            f"{folder} 里没有往期的文件。",
            "一期放一个 PDF、Word 或 OFD 文件，或者一期一个文件夹，名字里写年和期，例如“2018年第3期”。",
        )
    digests = _digests(archive)
    done = {path: record for path, digest in digests.items() if (record := written_record(root, digest))}
    print(f"{folder} 里有 {len(archive.issues)} 期，{len(done)} 期以前已经转好。")
    rest = len(archive.issues) - len(done)
    if rest and not confirm(
        f"转换其余 {rest} 期吗？一期写一期，可以逐期撤销，中断了再运行就接着做。", is_agreed
    ):
        print("没有写。")
        return DECLINED
    with LimitedProcess(READING_PAGES, (IntakeError,)) as process:
        records, code = _all(root, publication, archive, digests, done, _Tools(command, process, is_agreed))
    return max(code, _report(root, publication, records, archive))


@dataclass(frozen=True, slots=True)
class _Tools:
    """What every issue of a run is read with."""

    command: OcrCommand | None
    process: LimitedProcess
    """Finds the documents of one issue after another."""
    is_agreed: bool
    """``--yes``."""


def _all(
    root: Path,
    publication: Publication,
    archive: ArchiveFolder,
    digests: Mapping[str, str],
    done: Mapping[str, IssueRecord],
    tools: _Tools,
) -> tuple[list[IssueRecord], int]:
    """Read and write all issues but those that are ``done``; return their records, and the exit code."""
    records: list[IssueRecord] = []
    code = 0
    first: dict[str, str] = {}
    for number, source in enumerate(archive.issues, 1):
        print(f"[{number}/{len(archive.issues)}] {source.path}", flush=True)
        digest = digests.get(source.path, "")
        if digest and digest in first:
            record = failed(source.path, f"与 {first[digest]} 是同一个文件")
        elif source.path in done:
            record = replace(done[source.path], path=source.path)
            print(f"  以前已经转好：content/{record.name}")
        else:
            record, fault = _one(root, publication, source, tools)
            code = max(code, fault)
            if record.outcome == WRITTEN and digest:
                keep_record(root, digest, record)
        if digest:
            first.setdefault(digest, source.path)
        records.append(record)
        if record.outcome != WRITTEN:
            code = max(code, CONTENT)
            print(f"  {record.outcome}：{record.told}。", file=sys.stderr)
    return records, code


def _digests(archive: ArchiveFolder) -> dict[str, str]:
    """Return the digest of each issue by its path; one that cannot be read has none, and is told when its turn comes."""
    digests: dict[str, str] = {}
    for source in archive.issues:
        try:
            digests[source.path] = files_digest(source.files)
        except OSError:
            continue
    return digests


def _one(root: Path, publication: Publication, source: SourceIssue, tools: _Tools) -> tuple[IssueRecord, int]:
    """Read one back issue and write its drafts; return its record, and the exit code that it asks for."""
    try:
        manuscripts = list(_manuscripts(source, tools.command))
        known = names_of_sections(publication)
        reading = call_in(
            tools.process, source.path, READING_PAGES, recognise_issue, source.path, manuscripts, known
        )
        identity = identity_from(source, reading)
        if not identity.name and (name := _asked(source, identity.told, reading, tools.is_agreed)):
            source = replace(source, decision=clue_of_decision(name, "编辑"))
            identity = identity_from(source, reading)
        drafts = issue_drafts(root, publication, source, reading, identity)
    except ReaderFaultError as error:
        fault = error.__cause__ if isinstance(error.__cause__, Exception) else error
        told = f"{error.told}{unforeseen_fault(root, fault, 'intake')}"
        return failed(source.path, told.rstrip("。")), UNFORESEEN
    except IntakeError as error:
        return failed(source.path, error.told.rstrip("。")), CONTENT
    except NewError as error:
        return failed(source.path, str(error).rstrip("。")), CONTENT
    except (MemoryError, ImportError, BrokenPipeError):
        raise  # These do not come from the files.
    except Exception as error:
        # A fault of the program at one issue must not cost the editor the others.
        return failed(source.path, unforeseen_fault(root, error, "intake").rstrip("。")), UNFORESEEN
    record = drafts.record
    if record.outcome == WRITTEN:
        apply(root, "intake", drafts.changes)
        with template_errors_named(root):
            write_file(
                root / "output",
                f"intake/{record.page}",
                comparison(root, publication.gazette, reading, drafts),
            )
        doubtful = (
            f"，与目录不全相符的 {n} 份" if (n := sum(bool(each.doubts) for each in record.documents)) else ""
        )
        print(
            f"  {record.title}：公文 {len(record.documents)} 份{doubtful}，待核 {record.marks} 处 → content/{record.name}"
        )
    return record, 0


def _asked(source: SourceIssue, known: str, reading: IssueReading, is_agreed: bool) -> str:
    """Return the name of the issue that the editor types; empty without a terminal, with ``--yes``, or for none."""
    if is_agreed or not sys.stdin.isatty():
        return ""
    for clue in reading.clues:
        print(f"  {clue.source}：{clue.text}")
    print(f"  文件名：{source.path}")

    def fault(answer: str) -> str:
        good = not answer or ISSUE_NAME.fullmatch(answer)
        return "" if good else "期号写作 2018-3 的样子；合刊 2018-3-4，增刊 2018-z1。"

    note = "看不准就直接回车，这一份先不转"
    return answer_to(Question(f"{known}。对照原件，这是哪一期", note, fault=fault))


def _manuscripts(source: SourceIssue, command: OcrCommand | None) -> Iterator[Manuscript]:
    """Yield the contents of the files of an issue. Raises IntakeError if one of them cannot be read."""
    read = partial(
        read_recognising, command=command, progress=print_pages, tell=print_recognised, max_pages=MAX_PAGES
    )
    for file in source.files:
        for outcome in read_manuscripts(file, read, unpack_within_limits):
            if isinstance(outcome, IntakeError):
                raise outcome
            yield outcome


def _report(
    root: Path, publication: Publication, records: Sequence[IssueRecord], archive: ArchiveFolder
) -> int:
    """Write the report of the run and print its figures; return the exit code."""
    with template_errors_named(root):
        page, summary, findings = archive_report(root, publication, records, archive.others)
    write_file(root / "output", REPORT, page)
    for finding in findings:
        print(f"  {finding}")
    for path, why in archive.others:
        print(f"  {path}：{why}")
    print(
        f"共 {summary.issues} 期：已写草稿 {summary.written} 期，没有写 {summary.refused} 期；公文 {summary.documents} 份，"
        f"与目录不全相符的 {summary.doubtful} 份，目录里有、正文里没有找到的 {summary.missing} 份。"
    )
    print(
        f"哪里要人看，见 output/{REPORT}。核对一期改一期：python3 build.py check 期号；撤销最后写的一期：python3 build.py undo。"
    )
    return CONTENT if any(each.outcome == REFUSED for each in records) else 0
