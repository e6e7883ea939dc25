"""``learn``: add names and terms that are right to the office's own list, so that the checks ask no more."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.check.learned_findings import is_about_words
from liulin_gazette.commands.terminal.differences import difference
from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.learning import PATH, words_change
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.learned_words import LearnedWord
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.text.editor_error import DECLINED


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Add the words that are not in the list yet, once the editor agrees; return the exit code."""
    examined = examine(root)
    known = {each.word: each.place for each in readable(examined.readable).gazette.learned_words}
    wanted = list(dict.fromkeys(word.strip() for word in arguments.words))
    for word in wanted:
        if word in known:
            print(f"“{word}”已经收了：{known[word]}。")
    new = [
        LearnedWord(word, arguments.word_kind, " ".join(arguments.reason.split()), date.today())
        for word in wanted
        if word not in known
    ]
    if not new:
        return 0
    change = words_change(root, new)
    sys.stdout.writelines(difference(change))
    if not confirm("照上面写吗？", arguments.yes):
        print("没有写。")
        return DECLINED
    apply(root, "learn", [change])
    remaining = examine(root).diagnostics
    print_findings(root, [each for each in remaining if each.place.path == PATH])
    settled = _doubts(examined.diagnostics) - _doubts(remaining)
    print(f"收好了，校核的结果少了 {settled} 处；要撤销，运行 python3 build.py undo。")
    return 0


def _doubts(diagnostics: tuple[Diagnostic, ...]) -> int:
    return sum(is_about_words(each.code) for each in diagnostics)
