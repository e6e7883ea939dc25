"""成品 in gazette.toml: the editions that are made beside the site and the PDFs."""

from __future__ import annotations

import difflib

from liulin_gazette.model.editions import EDITIONS, KEY
from liulin_gazette.source.settings_tables.settings import Settings


def editions(settings: Settings) -> tuple[str, ...]:
    """Return the names in 成品, in the order of ``EDITIONS``; none by default. An unknown name is reported (B008)."""
    names = settings.strings(KEY, ())
    for name in names:
        if name not in EDITIONS:
            settings.findings.error("B008", settings.place(KEY), f"没有“{name}”这种成品。", _hint(name))
    return tuple(name for name in EDITIONS if name in names)


def _hint(name: str) -> str:
    """Return which name was meant, if one is near, and all that there are."""
    by_folded = {known.casefold(): known for known in EDITIONS}
    close = difflib.get_close_matches(name.strip().casefold(), by_folded, n=1, cutoff=0.3)
    nearest = f"是不是“{by_folded[close[0]]}”？" if close else ""
    return f"{nearest}可用的有：{'、'.join(EDITIONS)}。"
