"""Run the rules: collect their findings with place and severity, then apply the waivers.

The findings in one issue depend only on that issue and on gazette.toml. The findings for the series depend on all
issues, but not on their texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.check.annotations import AnnotatedDocument, Archive
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Citations, CitedNumber, Finding, Rule, Scope
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Issue, Proofreading, Publication, Waiver

ReadBytes = Callable[[str], bytes]
"""Returns the content of a file by its project path."""
MAX_FINDINGS = 100
"""The most findings of one rule in one document or issue; where there are more, they have a common cause."""


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that a waiver in its document excuses."""

    finding: Diagnostic
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of a check of a publication."""

    findings: tuple[Diagnostic, ...]
    """Sorted by place, code and message."""
    excused: tuple[WaivedFinding, ...]
    """Sorted likewise."""


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding before waivers are applied."""

    finding: Diagnostic
    text: str
    """The faulty words; a waiver can name some of them."""


@dataclass(frozen=True, slots=True)
class CheckedIssue:
    """The findings of the rules in one issue, and the document numbers that it cites."""

    findings: tuple[PlacedFinding, ...]
    cited: tuple[CitedNumber, ...]


def check_issue(
    publication: Publication, issue: Issue, rules: Sequence[Rule], read_bytes: ReadBytes
) -> CheckedIssue:
    """Return the findings of ``rules`` in ``issue``, which must have its texts.

    Only the settings of ``publication`` are used, not its issues. ``read_bytes`` returns sources and pictures.
    """
    collector = _Collector(publication.proofreading, read_bytes)
    archive = Archive(publication, read_bytes)
    documents = [AnnotatedDocument(archive, issue, document) for document in issue.full_texts]
    for annotated in documents:
        for rule in _active(rules, Scope.DOCUMENT, publication.proofreading):
            collector.add(rule, rule.check(annotated))
    for rule in _active(rules, Scope.ISSUE, publication.proofreading):
        collector.add(rule, rule.check(documents))
    cited = tuple(
        CitedNumber(
            annotated.document.path,
            collector.place(passage.at(citation.start)),
            str(citation.number),
            citation.title,
        )
        for annotated in documents
        for passage, citation in annotated.citations
    )
    return CheckedIssue(tuple(collector.findings), cited)


def check_series(
    publication: Publication, cited: Iterable[Sequence[CitedNumber]], rules: Sequence[Rule]
) -> tuple[PlacedFinding, ...]:
    """Return the findings of ``rules`` for the series; ``cited`` are the citations of each issue."""
    collector = _Collector(publication.proofreading, _no_source)
    for rule in _active(rules, Scope.SERIES, publication.proofreading):
        collector.add(rule, rule.check(publication))
    titles = {
        str(document.number): document.title for issue in publication.issues for document in issue.documents
    }
    citation_rules = list(_active(rules, Scope.CITATIONS, publication.proofreading))
    for of_issue in cited:
        for rule in citation_rules:
            collector.add(rule, rule.check(Citations(of_issue, titles)))
    return tuple(collector.findings)


def apply_waivers(
    publication: Publication, findings: Iterable[PlacedFinding], rules: Sequence[Rule]
) -> CheckResult:
    """Return ``findings`` with the waived ones set apart; faults of waivers and settings (B030–B032) are added."""
    waivers = {
        document.path: document.waivers
        for issue in publication.issues
        for document in issue.documents
        if document.waivers
    }
    return _with_waivers(findings, waivers, {rule.code: rule for rule in rules}, publication.proofreading)


def _no_source(path: str) -> bytes:
    raise FileNotFoundError(path)


def _active(rules: Sequence[Rule], scope: Scope, settings: Proofreading) -> Iterator[Rule]:
    """Yield the rules of ``scope`` that gazette.toml does not switch off."""
    for rule in rules:
        if rule.scope is scope and not (rule.waivable and rule.code in settings.off):
            yield rule


class _Collector:
    """Collects the findings of rules; reads a source file only to place a finding in it."""

    def __init__(self, settings: Proofreading, read_bytes: ReadBytes) -> None:
        self.findings: list[PlacedFinding] = []
        self._settings = settings
        self._read_bytes = read_bytes
        self._path = ""
        self._lines: list[str] = []

    def add(self, rule: Rule, findings: Iterable[Finding]) -> None:
        for finding in findings if rule.scope is Scope.SERIES else _at_most(findings):
            severity = finding.severity or rule.severity
            if rule.waivable:
                severity = self._settings.severities.get(rule.code, severity)
            place = finding.where if isinstance(finding.where, Place) else self.place(finding.where)
            diagnostic = Diagnostic(rule.code, severity, place, finding.message, finding.hint)
            self.findings.append(PlacedFinding(diagnostic, finding.text))

    def place(self, spot: Spot) -> Place:
        if spot.passage.path != self._path:
            self._path = spot.passage.path
            text = self._read_bytes(self._path).decode("utf-8-sig")
            self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return spot.place(self._lines)


def _at_most(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first ``MAX_FINDINGS`` findings; the hint of the last one says so if there are more."""
    first = list(itertools.islice(findings, MAX_FINDINGS + 1))
    yield from first[: MAX_FINDINGS - 1]
    for last in first[MAX_FINDINGS - 1 : MAX_FINDINGS]:
        more = "同类的问题还有更多，改过再校核。" if len(first) > MAX_FINDINGS else ""
        yield replace(last, hint=last.hint + more)


def _with_waivers(
    findings: Iterable[PlacedFinding],
    waivers: Mapping[str, tuple[Waiver, ...]],
    known: Mapping[str, Rule],
    settings: Proofreading,
) -> CheckResult:
    """Apply the ``waivers`` of each document (by its path) to ``findings``; ``known`` are the rules by code."""
    remaining: list[Diagnostic] = []
    excused: list[WaivedFinding] = []
    used: set[Waiver] = set()
    for placed in findings:
        waiver = _waiver_for(placed, known, waivers.get(placed.finding.place.path, ()))
        if waiver is None:
            remaining.append(placed.finding)
        else:
            used.add(waiver)
            excused.append(WaivedFinding(placed.finding, waiver))
    for of_document in waivers.values():
        remaining.extend(_faults_of_waivers(of_document, used, known))
    remaining.extend(_faults_of_settings(settings, known))

    def order(finding: Diagnostic) -> tuple[Place, str, str]:
        return finding.place, finding.code, finding.message

    return CheckResult(
        tuple(sorted(remaining, key=order)), tuple(sorted(excused, key=lambda waived: order(waived.finding)))
    )


def _waiver_for(
    placed: PlacedFinding, known: Mapping[str, Rule], waivers: tuple[Waiver, ...]
) -> Waiver | None:
    """Return the first waiver that excuses the finding; None if there is none."""
    finding = placed.finding
    if waivers and known[finding.code].waivable:
        for waiver in waivers:
            if waiver.code == finding.code and waiver.text in (placed.text or finding.message):
                return waiver
    return None


def _faults_of_waivers(
    waivers: tuple[Waiver, ...], used: set[Waiver], known: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """Yield B030 for a waiver that excuses nothing, B031 for one whose code is unknown or cannot be waived."""
    for waiver in waivers:
        if waiver.code not in known:
            yield Diagnostic(
                "B031", Severity.ERROR, waiver.place,
                f"没有“{waiver.code}”这条校核规则。", "代码见 docs/诊断代码.md。",
            )  # fmt: skip
        elif not known[waiver.code].waivable:
            yield Diagnostic(
                "B031", Severity.ERROR, waiver.place,
                f"{waiver.code} 不能豁免。", "改正所指的问题，删去这一项豁免。",
            )  # fmt: skip
        elif waiver not in used:
            yield Diagnostic(
                "B030", Severity.WARNING, waiver.place,
                f"对 {waiver.code} 的豁免没有用上。", "问题已经改正的，删去这一项；“文字”写错的，改正。",
            )  # fmt: skip


def _faults_of_settings(settings: Proofreading, known: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """Yield B032 for a rule in 校核 that is unknown, or that can be neither switched off nor re-graded."""
    for code in (*settings.off, *settings.severities):
        if code not in known or not known[code].waivable:
            problem = "不能关闭或改级" if code in known else "不是校核规则"
            yield Diagnostic(
                "B032", Severity.ERROR, settings.place, f"“校核”中的 {code} {problem}。", "删去，或改正代码。"
            )
