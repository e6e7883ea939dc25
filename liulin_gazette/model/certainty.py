"""How certain a finding is, in words: one scale for all rules that can tell."""

from __future__ import annotations

from enum import Enum


class Certainty(Enum):
    """The words that editors read."""

    ALMOST_SURE = "几乎肯定有误"
    LIKELY = "很可能有误"
    PERHAPS = "也许有误"


_ALMOST_SURE, _LIKELY = 6.0, 4.0
"""Least natural logarithms of the odds. A rule that knows them warns from ``_LIKELY`` on, and only notes below it."""


def certainty(log_odds: float) -> Certainty:
    """Return the words for a finding that is right with these ``log_odds``."""
    if log_odds >= _ALMOST_SURE:
        return Certainty.ALMOST_SURE
    return Certainty.LIKELY if log_odds >= _LIKELY else Certainty.PERHAPS
