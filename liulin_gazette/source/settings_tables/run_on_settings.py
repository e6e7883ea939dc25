"""接排 as an issue, a section or a document states it."""

from __future__ import annotations

import difflib

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.run_on import KEY, RUN_ON_VALUES, RunOn
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.settings import Settings


def run_on(text: str, place: Place, findings: FindingCollector) -> RunOn | None:
    """Return what the value ``text`` of 接排 means; None, reported (B008), if it is none of those known."""
    if text not in RUN_ON_VALUES:
        close = difflib.get_close_matches(text, RUN_ON_VALUES, n=1, cutoff=0.3)
        nearest = f"是不是“{close[0]}”？" if close else ""
        findings.error(
            "B008",
            place,
            f"“{KEY}”没有“{text}”这个写法。",
            f"{nearest}可用的有：{'、'.join(RUN_ON_VALUES)}；不写就各从新的一页排起。",
        )
    return RUN_ON_VALUES.get(text)


def stated_run_on(settings: Settings) -> RunOn | None:
    """Return 接排 of an issue or a section; None where it is not stated, or reported (B008)."""
    if KEY not in settings.values:
        return None
    text = settings.get(KEY, str)
    return run_on(text, settings.place(KEY), settings.findings) if text else None
