"""接排: which documents and annexes follow the one before them on the page, instead of beginning a page of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

KEY = "接排"


@dataclass(frozen=True, slots=True)
class RunOn:
    """What follows on the page where the text before it ends."""

    documents: bool = False
    """Whether a document begins below the one before it."""
    annexes: bool = False
    """Whether an upright annex begins below what is before it in its document."""


APART = RunOn()
"""Each document and each annex begins a page (GB/T 9704-2012 §7.3.7 for annexes)."""
RUN_ON_VALUES = {
    "不接": APART,
    "公文": RunOn(documents=True),
    "附件": RunOn(annexes=True),
    "全部": RunOn(documents=True, annexes=True),
}
"""The values of 接排, as an issue, a section or a document states it."""


def first_stated(values: Iterable[RunOn | None]) -> RunOn:
    """Return the first of ``values`` that is stated: that of a document, its section, its issue."""
    return next((value for value in values if value is not None), APART)
