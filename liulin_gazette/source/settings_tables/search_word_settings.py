"""The table 检索用词 of gazette.toml: what people say, and what documents say for it."""

from __future__ import annotations

from liulin_gazette.model.gazette import MOST_SEARCH_WORDS, SearchWords
from liulin_gazette.source.settings_tables.settings import Settings

TABLE = "检索用词"
BUILT_IN = "自带"
"""The key that says whether the words that come with the program are used."""
LONGEST = 20
"""Characters of a word at most."""


def search_words(settings: Settings) -> SearchWords:
    """Return the words in 检索用词; one that is no word, or too long, is reported (B008).

    So are more words for one than search looks for.
    """
    if TABLE not in settings.values:
        return SearchWords()
    table = settings.table(TABLE)
    words: dict[str, tuple[str, ...]] = {}
    for word in table.values:
        if word == BUILT_IN:
            continue
        others = table.strings(word, ())
        wrong = next((each for each in (word, *others) if not _is_word(each)), None)
        if wrong is not None:
            table.findings.error(
                "B008",
                table.place(word),
                f"检索用词“{wrong}”不是一个词。",
                f'左边是百姓的说法，右边是公文里的写法，不带空格和标点，至多{LONGEST}字：“"坟墓" = ["殡葬", "墓地"]”。',
            )
        elif len(others) > MOST_SEARCH_WORDS:
            table.findings.error(
                "B008",
                table.place(word),
                f"检索用词“{word}”有 {len(others)} 个写法，检索只用前 {MOST_SEARCH_WORDS} 个。",
                f"留下最贴切的 {MOST_SEARCH_WORDS} 个，去掉{'、'.join(others[MOST_SEARCH_WORDS:])}。",
            )
        else:
            words[word] = others
    return SearchWords(words, table.get(BUILT_IN, bool, True))


def _is_word(text: str) -> bool:
    return text.isalnum() and len(text) <= LONGEST
