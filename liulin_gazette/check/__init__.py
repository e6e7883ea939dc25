"""Rules over issues and over the whole series: what must not be printed wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liulin_gazette.check import engine
from liulin_gazette.check.engine import CheckedIssue, CheckResult, PlacedFinding, ReadBytes
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.check.rules import RULES
from liulin_gazette.model.publication import Issue, Publication


def check_issue(publication: Publication, issue: Issue, read_bytes: ReadBytes) -> CheckedIssue:
    """Return what every rule says of ``issue``; ``read_bytes`` returns a file by its project path."""
    return engine.check_issue(publication, issue, RULES, read_bytes)


def check_series(
    publication: Publication, cited: Iterable[Sequence[CitedNumber]]
) -> tuple[PlacedFinding, ...]:
    """Return what every rule says of the series; ``cited`` is what each issue cites."""
    return engine.check_series(publication, cited, RULES)


def conclude(publication: Publication, said: Iterable[PlacedFinding]) -> CheckResult:
    """Return what is left of what rules ``said`` once waivers are honoured."""
    return engine.conclude(publication, said, RULES)
