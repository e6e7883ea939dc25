"""门户 in gazette.toml: which columns the table for the portal's back office has, and in which order."""

from __future__ import annotations

import difflib

from liulin_gazette.model.portal_columns import COLUMNS, KEY, USUAL
from liulin_gazette.source.settings_tables.settings import Settings


def portal_columns(settings: Settings) -> tuple[str, ...]:
    """Return 列 of the table 门户 in its order; by default those of the catalogue.

    A column that does not exist, or stands there twice, is reported (B008).
    """
    if KEY not in settings.values:
        return USUAL
    table = settings.table(KEY)
    table.allow_only("列")
    names = table.strings("列", USUAL)
    for number, name in enumerate(names):
        if name not in COLUMNS:
            table.findings.error("B008", table.place("列"), f"没有“{name}”这一列。", _hint(name))
        elif name in names[:number]:
            table.findings.error("B008", table.place("列"), f"“{name}”写了两次。", "一列只写一次，删去多的。")
    return names


def _hint(name: str) -> str:
    """Return which column was meant, if one is near, and all that there are."""
    close = difflib.get_close_matches(name.strip(), COLUMNS, n=1, cutoff=0.3)
    nearest = f"是不是“{close[0]}”？" if close else ""
    return f"{nearest}可用的有：{'、'.join(COLUMNS)}。"
