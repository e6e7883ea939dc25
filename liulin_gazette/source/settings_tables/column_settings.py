"""分栏 as the settings, an issue, a section or a document states it."""

from __future__ import annotations

import difflib

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.text_columns import COLUMN_COUNTS, KEY
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.settings import Settings


def column_count(text: str, place: Place, findings: FindingCollector) -> int | None:
    """Return how many columns the value ``text`` of 分栏 means; None, reported (B008), if it is none of those known."""
    if text not in COLUMN_COUNTS:
        close = difflib.get_close_matches(text, COLUMN_COUNTS, n=1, cutoff=0.3)
        nearest = f"是不是“{close[0]}”？" if close else ""
        findings.error(
            "B008",
            place,
            f"“{KEY}”没有“{text}”这个写法。",
            f"{nearest}可用的有：{'、'.join(COLUMN_COUNTS)}；不写就是两栏。",
        )
    return COLUMN_COUNTS.get(text)


def stated_columns(settings: Settings) -> int | None:
    """Return 分栏 of the settings, an issue or a section; None where it is not stated, or reported (B008)."""
    if KEY not in settings.values:
        return None
    text = settings.get(KEY, str)
    return column_count(text, settings.place(KEY), settings.findings) if text else None
