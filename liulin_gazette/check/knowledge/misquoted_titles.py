"""The right title of a law that is cited with a slip: 行政许可证法 for 行政许可法."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from liulin_gazette.check.knowledge.data_tables import law_titles
from liulin_gazette.check.knowledge.single_edits import EditKind, is_confusable, single_edit
from liulin_gazette.text.common_words import common_words

STATE = "中华人民共和国"
_ENDINGS = ("法", "条例")
_LEAST_LENGTH = 5
"""Characters of a title without 中华人民共和国; shorter ones (渔业法, 农业法) differ by one character and are both right."""

_LONG = 7
"""Characters of a title, cited with 中华人民共和国, from which hardly another one differs by one."""


@lru_cache(maxsize=4096)
def right_title(cited: str) -> str | None:
    """Return the title that ``cited`` is a slip for; None if it is right, or if nothing certain is known of it."""
    bare = cited.removeprefix(STATE)
    prefix = cited[: len(cited) - len(bare)]
    titles = law_titles()
    if bare in titles:
        return bare if prefix and titles[bare] else None
    if title_of_another_kind(cited):
        return None
    if len(bare) < _LEAST_LENGTH or not bare.endswith(_ENDINGS):
        return None
    near = sorted(
        {
            title
            for key in (bare, *_deletions(bare))
            for title in _titles_by_deletion().get(key, ())
            if _is_slip(bare, title, is_whole=bool(prefix))
        }
    )
    if len(near) != 1:
        return None
    return near[0] if titles[near[0]] else prefix + near[0]


def title_of_another_kind(cited: str) -> str | None:
    """Return the 条例 on the subject of ``cited``, a 法 with 中华人民共和国 that the table lacks, or the other way round.

    None if there is none. ``cited`` may be right all the same: a 条例 of before the 法, or a 法 of after the table.
    """
    bare = cited.removeprefix(STATE)
    if bare == cited or bare in law_titles() or not bare.endswith(_ENDINGS):
        return None
    kind, other = _ENDINGS if bare.endswith(_ENDINGS[0]) else _ENDINGS[::-1]
    title = bare.removesuffix(kind) + other
    return STATE + title if title in law_titles() else None


def _is_slip(cited: str, title: str, *, is_whole: bool) -> bool:
    edit = single_edit(cited, title)
    if edit is None:
        return False
    if edit.kind is EditKind.REPLACED:
        if is_whole and len(title) >= _LONG:
            return True
        start = edit.offset
        typed, right = cited[start], title[start]
        return is_confusable(typed, right) or not (
            {cited[max(start - 1, 0) : start + 1], cited[start : start + 2]} & common_words()
        )
    return True


@cache
def _titles_by_deletion() -> Mapping[str, tuple[str, ...]]:
    """Return the titles by each string that lacks at most one of their characters."""
    titles: dict[str, tuple[str, ...]] = {}
    for title in law_titles():
        if len(title) >= _LEAST_LENGTH and title.endswith(_ENDINGS):
            for key in {title, *_deletions(title)}:
                titles[key] = (*titles.get(key, ()), title)
    return titles


def _deletions(text: str) -> Iterator[str]:
    for offset in range(len(text)):
        yield text[:offset] + text[offset + 1 :]
