"""``waive``: write into a document that a finding is right as it stands, with the reason."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.check.engine import excuses
from liulin_gazette.check.waivability import refusal
from liulin_gazette.commands.terminal.differences import difference
from liulin_gazette.commands.terminal.findings import print_findings, tally
from liulin_gazette.commands.terminal.prompts import ask, confirm
from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.waivers import NewWaiver, WaiverError, with_waiver, words_of_waiver
from liulin_gazette.model.diagnostics import Diagnostic, Place
from liulin_gazette.model.document import Waiver
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.source.folder import read_plain_file
from liulin_gazette.text.editor_error import DECLINED, USAGE

_HOW = "位置和代码照 python3 build.py check 打印的写，例如 content/2026-1/03.md:25:91 T010。"
_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?:?")


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Write the waiver of one finding once the editor agrees; return the exit code."""
    examined = examine(root)
    finding = _chosen(root, examined, arguments.place, arguments.code.upper())
    if arguments.reason == "" and not sys.stdin.isatty():
        print('写明理由，例如："原件如此"。没有改。', file=sys.stderr)
        return USAGE
    reason = " ".join(ask("理由", arguments.reason).split())
    if not any(character.isalnum() for character in reason):
        raise WaiverError("豁免要写明理由，理由随公文公开。没有改。")
    others = [
        each
        for each in examined.diagnostics
        if each.place.path == finding.place.path and each.code == finding.code and each is not finding
    ]
    waiver = NewWaiver(finding.code, words_of_waiver(finding, others), reason)
    path = finding.place.path
    before = read_plain_file(root, path)
    change = Change(path, before, with_waiver(path, before, waiver))
    print(finding)
    _print_also_waived([each for each in others if _is_excused(waiver, each)])
    sys.stdout.writelines(difference(change))
    _print_if_published(examined, path)
    if not confirm("照上面写吗？", arguments.yes):
        print("没有写。")
        return DECLINED
    apply(root, "waive", [change])
    remaining = [each for each in examine(root).diagnostics if each.place.path == path]
    print_findings(root, _new_among(remaining, examined.diagnostics))
    print(f"写好了；要撤销，运行 python3 build.py undo。{path} 现在：{tally(remaining)}")
    return 0


def _chosen(root: Path, examined: Examined, words: str, code: str) -> Diagnostic:
    """Return the finding at the place ``words`` with ``code``. Raises WaiverError."""
    readable(examined.readable)
    match = _PLACE.fullmatch(words.replace("\\", "/"))
    path = match["path"] if match else words
    path = path if path.startswith("content/") else f"content/{path}"
    line, column = (int(match[name] or 0) if match else 0 for name in ("line", "column"))
    if not (root / path).is_file():
        raise WaiverError(f"没有 {path} 这个文件。{_HOW}没有改。")
    if why := refusal(code, path):
        raise WaiverError(f"{why}没有改。")
    of_file = [each for each in examined.diagnostics if (each.code, each.place.path) == (code, path)]
    found = [
        each
        for each in of_file
        if (not line or each.place.line == line) and (not column or each.place.column == column)
    ]
    if len({each.place for each in found}) > 1:
        raise WaiverError(
            f"{words} 有 {len(found)} 处 {code}，写明是哪一处：{'、'.join(str(each.place) for each in found)}。"
        )
    if found:
        return found[0]
    waived = [
        each for each in examined.excused if (each.finding.code, each.finding.place.path) == (code, path)
    ]
    if of_file:
        places = "、".join(str(each.place) for each in of_file)
        raise WaiverError(f"{words} 没有 {code}；{path} 的 {code} 在：{places}。没有改。")
    if waived:
        places = "、".join(f"{each.finding.place}（{each.waiver.reason}）" for each in waived)
        raise WaiverError(f"{path} 的 {code} 已经豁免：{places}。没有改。")
    raise WaiverError(f"{path} 没有 {code} 的问题。{_HOW}没有改。")


def _new_among(after: Sequence[Diagnostic], before: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return what is found ``after`` and was not found ``before``; the lines below the waiver have moved."""
    known = {(each.code, each.place.path, each.message) for each in before}
    return [each for each in after if (each.code, each.place.path, each.message) not in known]


def _is_excused(waiver: NewWaiver, finding: Diagnostic) -> bool:
    return excuses(Waiver(waiver.code, waiver.text, waiver.reason, Place("")), finding)


def _print_also_waived(others: Sequence[Diagnostic]) -> None:
    if others:
        places = "、".join(str(each.place) for each in others)
        print(f"同样的文字还有 {len(others)} 处，一起豁免：{places}。")


def _print_if_published(examined: Examined, path: str) -> None:
    """Say that the issue of the file at ``path`` is published, where it is."""
    folder = path.rpartition("/")[0]
    for issue in readable(examined.readable).issues:
        if issue.folder == folder and issue.record is not None:
            print(
                f"{issue.name} 已经发布：豁免写在公文里，写了以后要 build {issue.name} --republish "
                '"理由" 才能生成。'
            )
