"""The words that the office has learned: content/words.toml."""

from __future__ import annotations

from datetime import date

from liulin_gazette.model.learned_words import WORD_KINDS, LearnedWord, fault_of_word
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.settings_tables.settings import Settings, parse_settings
from liulin_gazette.source.text_file import read_text

WORDS_FILE = "words.toml"
WORDS_KEY = "收词"


def learned_words(content: Folder, findings: FindingCollector) -> tuple[LearnedWord, ...]:
    """Return the words in words.toml, in its order; none if there is no such file."""
    if WORDS_FILE not in content.digests and WORDS_FILE not in content.unreadable:
        return ()
    text = read_text(content, WORDS_FILE, findings)
    settings = parse_settings(text, f"{content.path}/{WORDS_FILE}", findings) if text is not None else None
    if settings is None:
        return ()
    settings.allow_only("收词")
    words: dict[str, LearnedWord] = {}
    for entry in settings.tables(WORDS_KEY, required=False):
        word = _word(entry)
        if word.word in words:
            line = words[word.word].place.line
            findings.error(
                "B006", word.place, f"“{word.word}”收了两次。", f"另一处在第 {line} 行，删去一处。"
            )
        words.setdefault(word.word, word)
    return tuple(words.values())


def _word(entry: Settings) -> LearnedWord:
    entry.allow_only("词", "类", "理由", "日期")
    word, kind = entry.get("词", str), entry.get("类", str, WORD_KINDS[-1])
    if word and (fault := fault_of_word(word)):
        entry.findings.error("B008", entry.place("词"), f"{fault}。", "改正，或删去这一项。")
    if kind not in WORD_KINDS:
        known = "、".join(WORD_KINDS)
        entry.findings.error("B008", entry.place("类"), f"没有“{kind}”这一类。", f"可用的有：{known}。")
    learned = entry.get("日期", date) if "日期" in entry.values else None
    return LearnedWord(word, kind, entry.get("理由", str, ""), learned, entry.place("词"))
