"""Carry out the rules: every document proofread once, findings graded, waivers honoured and accounted for.

What rules say of one issue depends on that issue and on gazette.toml alone; what they say of the series, on
what is known of every issue without its texts.
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
MOST_FINDINGS = 100
"""Of one rule in one document or issue; whoever has more has lost something other than a character."""


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that a document's waiver excuses."""

    finding: Diagnostic
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the rules say of a publication."""

    findings: tuple[Diagnostic, ...]
    """Sorted by place, code and message."""
    excused: tuple[WaivedFinding, ...]


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """What a rule says, before waivers."""

    finding: Diagnostic
    text: str
    """The words at fault, by which a waiver can name them."""


@dataclass(frozen=True, slots=True)
class CheckedIssue:
    """What the rules say of one issue, and what it cites."""

    said: tuple[PlacedFinding, ...]
    cited: tuple[CitedNumber, ...]


def check_issue(
    publication: Publication, issue: Issue, rules: Sequence[Rule], read_bytes: ReadBytes
) -> CheckedIssue:
    """Return what ``rules`` say of ``issue``, which has its texts.

    Of ``publication`` only what gazette.toml says counts. ``read_bytes`` is asked for sources and pictures.
    """
    desk = _Desk(publication.proofreading, read_bytes)
    archive = Archive(publication, read_bytes)
    documents = [AnnotatedDocument(archive, issue, document) for document in issue.full_texts]
    for annotated in documents:
        for rule in _carried_out(rules, Scope.DOCUMENT, publication.proofreading):
            desk.take(rule, rule.check(annotated))
    for rule in _carried_out(rules, Scope.ISSUE, publication.proofreading):
        desk.take(rule, rule.check(documents))
    cited = tuple(
        CitedNumber(annotated.document.path, desk.place(passage.at(each.start)), str(each.number), each.title)
        for annotated in documents
        for passage, each in annotated.citations
    )
    return CheckedIssue(tuple(desk.said), cited)


def check_series(
    publication: Publication, cited: Iterable[Sequence[CitedNumber]], rules: Sequence[Rule]
) -> tuple[PlacedFinding, ...]:
    """Return what ``rules`` say of the series; ``cited`` is what each issue cites."""
    desk = _Desk(publication.proofreading, _no_source)
    for rule in _carried_out(rules, Scope.SERIES, publication.proofreading):
        desk.take(rule, rule.check(publication))
    titles = {str(each.number): each.title for issue in publication.issues for each in issue.documents}
    by_citations = list(_carried_out(rules, Scope.CITATIONS, publication.proofreading))
    for own in cited:
        for rule in by_citations:
            desk.take(rule, rule.check(Citations(own, titles)))
    return tuple(desk.said)


def conclude(publication: Publication, said: Iterable[PlacedFinding], rules: Sequence[Rule]) -> CheckResult:
    """Return what is left of what the rules ``said`` once waivers are honoured, and what is wrong with those."""
    waivers = {
        document.path: document.waivers
        for issue in publication.issues
        for document in issue.documents
        if document.waivers
    }
    return _with_waivers(said, waivers, {rule.code: rule for rule in rules}, publication.proofreading)


def _no_source(path: str) -> bytes:
    raise FileNotFoundError(path)


def _carried_out(rules: Sequence[Rule], scope: Scope, settings: Proofreading) -> Iterator[Rule]:
    for rule in rules:
        if rule.scope is scope and not (rule.waivable and rule.code in settings.off):
            yield rule


class _Desk:
    """Collects what rules say; reads a source only to place a finding in it."""

    def __init__(self, settings: Proofreading, read_bytes: ReadBytes) -> None:
        self.said: list[PlacedFinding] = []
        self._settings = settings
        self._read_bytes = read_bytes
        self._path = ""
        self._lines: list[str] = []

    def take(self, rule: Rule, found: Iterable[Finding]) -> None:
        for each in found if rule.scope is Scope.SERIES else _at_most(found):
            severity = each.severity or rule.severity
            if rule.waivable:
                severity = self._settings.severities.get(rule.code, severity)
            place = each.where if isinstance(each.where, Place) else self.place(each.where)
            self.said.append(
                PlacedFinding(Diagnostic(rule.code, severity, place, each.message, each.hint), each.text)
            )

    def place(self, spot: Spot) -> Place:
        if spot.passage.path != self._path:
            self._path = spot.passage.path
            text = self._read_bytes(self._path).decode("utf-8-sig")
            self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return spot.place(self._lines)


def _at_most(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first findings; the last one says where there are more."""
    taken = list(itertools.islice(found, MOST_FINDINGS + 1))
    yield from taken[: MOST_FINDINGS - 1]
    for last in taken[MOST_FINDINGS - 1 : MOST_FINDINGS]:
        more = "同类的问题还有更多，改过再校核。" if len(taken) > MOST_FINDINGS else ""
        yield replace(last, hint=last.hint + more)


def _with_waivers(
    said: Iterable[PlacedFinding],
    waivers: Mapping[str, tuple[Waiver, ...]],
    known: Mapping[str, Rule],
    settings: Proofreading,
) -> CheckResult:
    findings: list[Diagnostic] = []
    excused: list[WaivedFinding] = []
    used: set[Waiver] = set()
    for each in said:
        waiver = _excuse(each, known, waivers.get(each.finding.place.path, ()))
        if waiver is None:
            findings.append(each.finding)
        else:
            used.add(waiver)
            excused.append(WaivedFinding(each.finding, waiver))
    for own in waivers.values():
        findings.extend(_of_waivers(own, used, known))
    findings.extend(_of_settings(settings, known))

    def order(finding: Diagnostic) -> tuple[Place, str, str]:
        return finding.place, finding.code, finding.message

    return CheckResult(
        tuple(sorted(findings, key=order)), tuple(sorted(excused, key=lambda each: order(each.finding)))
    )


def _excuse(said: PlacedFinding, known: Mapping[str, Rule], waivers: tuple[Waiver, ...]) -> Waiver | None:
    finding = said.finding
    if waivers and known[finding.code].waivable:
        for waiver in waivers:
            if waiver.code == finding.code and waiver.text in (said.text or finding.message):
                return waiver
    return None


def _of_waivers(
    waivers: tuple[Waiver, ...], used: set[Waiver], known: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """B030: a waiver that excuses nothing. B031: one for a code that is unknown or cannot be excused."""
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


def _of_settings(settings: Proofreading, known: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """B032: gazette.toml names a rule that is unknown, or that can be neither switched off nor re-graded."""
    for code in (*settings.off, *settings.severities):
        if code not in known or not known[code].waivable:
            problem = "不能关闭或改级" if code in known else "不是校核规则"
            yield Diagnostic(
                "B032", Severity.ERROR, settings.place, f"“校核”中的 {code} {problem}。", "删去，或改正代码。"
            )
