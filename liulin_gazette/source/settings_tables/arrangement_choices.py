"""How documents are arranged on paper, as the settings, an issue, a section or a document states it: 接排, 分栏."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from liulin_gazette.model import run_on, text_columns
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """A key with a few values, each of which has a name."""

    key: str
    values: Mapping[str, T]
    usual: str
    """What holds where nothing is stated, as a clause for the editor."""


RUN_ON = Choice(run_on.KEY, run_on.RUN_ON_VALUES, "不写就各从新的一页排起")
COLUMNS = Choice(text_columns.KEY, text_columns.COLUMN_COUNTS, "不写就是两栏")


def chosen(choice: Choice[T], text: str, place: Place, findings: FindingCollector) -> T | None:
    """Return the value of ``choice`` that ``text`` names; None, reported (B008), if it names none."""
    if text not in choice.values:
        close = difflib.get_close_matches(text, choice.values, n=1, cutoff=0.3)
        nearest = f"是不是“{close[0]}”？" if close else ""
        findings.error(
            "B008",
            place,
            f"“{choice.key}”没有“{text}”这个写法。",
            f"{nearest}可用的有：{'、'.join(choice.values)}；{choice.usual}。",
        )
    return choice.values.get(text)


def stated(choice: Choice[T], settings: Settings) -> T | None:
    """Return the value of ``choice`` that ``settings`` state; None where they state none, or it is reported (B008)."""
    if choice.key not in settings.values:
        return None
    text = settings.get(choice.key, str)
    return chosen(choice, text, settings.place(choice.key), settings.findings) if text else None
