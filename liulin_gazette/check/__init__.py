"""The checker: rules for documents, for issues and for the whole series, and the engine that runs them.

Rules are loaded when something is checked: they are some hundred modules, and most of a build gets ready without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from liulin_gazette.cache.memo import Memo, no_memo

if TYPE_CHECKING:
    from liulin_gazette.check.engine import CheckedIssue, CheckResult, ReadBytes
    from liulin_gazette.check.rule import CitedNumber, Correction
    from liulin_gazette.model.diagnostics import Diagnostic
    from liulin_gazette.model.document import FullText
    from liulin_gazette.model.gazette import Gazette
    from liulin_gazette.model.own_texts import OwnText
    from liulin_gazette.model.publication import Issue, Publication


def check_issue(gazette: Gazette, issue: Issue, read_bytes: ReadBytes, memo: Memo = no_memo) -> CheckedIssue:
    """Return the findings of all rules in ``issue``; ``read_bytes`` returns a file by its project path.

    ``memo`` may have what was found in a document before.
    """
    from liulin_gazette.check import engine
    from liulin_gazette.check.rules import RULES

    return engine.check_issue(gazette, issue, RULES, read_bytes, memo)


def check_document(gazette: Gazette, document: FullText, read_bytes: ReadBytes) -> CheckedIssue:
    """Return what the rules that look at one document alone find in ``document``."""
    from liulin_gazette.check import engine
    from liulin_gazette.check.rules import RULES

    return engine.check_document(gazette, document, RULES, read_bytes)


def check_series(
    publication: Publication,
    cited: Iterable[Sequence[CitedNumber]],
    texts: Sequence[OwnText] = (),
    corrections: Sequence[Correction] = (),
) -> tuple[Diagnostic, ...]:
    """Return the findings of all rules for the series.

    ``cited`` are the citations of each issue, ``texts`` those of gazette.toml and contacts.toml.
    """
    from liulin_gazette.check import engine
    from liulin_gazette.check.rules import RULES

    return engine.check_series(publication, cited, RULES, texts, corrections)


def faults_of_reason(gazette: Gazette, reason: str) -> tuple[Diagnostic, ...]:
    """Return the errors that all rules find in the ``reason`` of a change after publication."""
    from liulin_gazette.check import engine
    from liulin_gazette.check.rules import RULES

    return engine.faults_of_reason(gazette, reason, RULES)


def apply_waivers(publication: Publication, findings: Iterable[Diagnostic]) -> CheckResult:
    """Return ``findings`` with the waived ones set apart; faults of waivers and settings are added."""
    from liulin_gazette.check import engine
    from liulin_gazette.check.rules import RULES

    return engine.apply_waivers(publication, findings, RULES)
