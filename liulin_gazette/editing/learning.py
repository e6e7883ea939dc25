"""Words added to the office's own list, content/words.toml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.toml_tables import with_table
from liulin_gazette.model.learned_words import LearnedWord, fault_of_word
from liulin_gazette.source.settings_tables.word_list import WORDS_FILE, WORDS_KEY
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import CONTENT, EditorError

PATH = f"content/{WORDS_FILE}"
_HEADER = "# 核对过、确实没有错的名称和用语，校核不再问。写法见 docs/写作规范.md 第十节。\n"


class LearningError(EditorError):
    """A word cannot be added; the message says why, and what to do."""

    exit_code = CONTENT


def words_change(root: Path, words: Sequence[LearnedWord]) -> Change:
    """Return the change that adds ``words`` to words.toml, which is created where it is missing.

    Raises LearningError where a word cannot be learned or the file cannot be read, EditingError where it cannot be
    opened.
    """
    for each in words:
        if fault := fault_of_word(each.word):
            raise LearningError(f"{fault}。没有收。")
    change = file_change(root, PATH, None)
    content = _HEADER.encode() if change.before is None else change.before
    for each in words:
        reason = {"理由": each.reason} if each.reason else {}
        day = {"日期": each.learned} if each.learned else {}
        added = with_table(content, WORDS_KEY, {"词": each.word, "类": each.kind, **reason, **day})
        if added is None:
            raise LearningError(advice(f"{PATH} 读不懂，没有动它。先", Act.CHECK, "，改正。"))
        content = added
    return Change(PATH, change.before, content)
