"""The checker: rules for documents, for issues and for the whole series, and the engine that runs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liulin_gazette.check import engine
from liulin_gazette.check.engine import CheckedIssue, CheckResult, PlacedFinding, ReadBytes
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.check.rules import RULES
from liulin_gazette.model.publication import Issue, Publication


def check_issue(publication: Publication, issue: Issue, read_bytes: ReadBytes) -> CheckedIssue:
    """Return the findings of all rules in ``issue``; ``read_bytes`` returns a file by its project path."""
    return engine.check_issue(publication, issue, RULES, read_bytes)


def check_series(
    publication: Publication, cited: Iterable[Sequence[CitedNumber]]
) -> tuple[PlacedFinding, ...]:
    """Return the findings of all rules for the series; ``cited`` are the citations of each issue."""
    return engine.check_series(publication, cited, RULES)


def apply_waivers(publication: Publication, findings: Iterable[PlacedFinding]) -> CheckResult:
    """Return ``findings`` with the waived ones set apart; faults of waivers and settings are added."""
    return engine.apply_waivers(publication, findings, RULES)
