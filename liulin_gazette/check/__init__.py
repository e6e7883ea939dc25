"""Rules over the whole publication: what must not be printed wrong."""

from __future__ import annotations

from liulin_gazette.check import numbers, structure
from liulin_gazette.diagnostics import Diagnostic
from liulin_gazette.model import Publication

RULES = (*numbers.RULES, *structure.RULES)


def check(publication: Publication) -> tuple[Diagnostic, ...]:
    """Return the findings of every rule, sorted by place and code."""
    found = [diagnostic for rule in RULES for diagnostic in rule(publication)]
    return tuple(sorted(found, key=lambda each: (each.place, each.code, each.message)))
