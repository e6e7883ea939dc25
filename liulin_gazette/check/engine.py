"""Run the rules: collect their findings with place and severity, then apply the waivers.

The findings in one issue depend only on that issue and on gazette.toml. The findings for the series depend on all
issues, but not on their texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from liulin_gazette.cache.memo import Memo, no_memo
from liulin_gazette.check.annotations import AnnotatedDocument, Archive
from liulin_gazette.check.learned_findings import is_learned
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Citations, CitedNumber, Correction, Finding, OwnParts, Rule, Scope
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText, Waiver
from liulin_gazette.model.gazette import Gazette, Proofreading
from liulin_gazette.model.learned_words import LearnedWord
from liulin_gazette.model.own_texts import OwnText
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.source.publication_records import RECORD_FILE
from liulin_gazette.source.settings_tables.toml_texts import own_texts

ReadBytes = Callable[[str], bytes]
"""Returns the content of a file by its project path."""
UNUSED_WAIVER = "B030"
"""The code of a waiver that excuses nothing."""
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
class CheckedIssue:
    """The findings of the rules in one issue, and the document numbers that it cites."""

    findings: tuple[Diagnostic, ...]
    """Before waivers are applied."""
    cited: tuple[CitedNumber, ...]


@dataclass(frozen=True, slots=True)
class _CheckedDocument:
    """A document as the rules for its issue take it, and what those for it alone found."""

    annotated: AnnotatedDocument
    checked: CheckedIssue


def check_issue(
    gazette: Gazette,
    issue: Issue,
    rules: Sequence[Rule],
    read_bytes: ReadBytes,
    memo: Memo = no_memo,
) -> CheckedIssue:
    """Return the findings of ``rules`` in ``issue``, which must have its texts.

    Only the settings of ``gazette`` are used, not its issues. ``read_bytes`` returns sources and pictures. ``memo`` may
    have what was found in a document before with the same settings, rules and pictures.
    """
    exempt = _exempt((issue,))
    collector = _Collector({}, gazette.proofreading, read_bytes, exempt, gazette.learned_words)
    archive, off = Archive(gazette, read_bytes), gazette.proofreading.off

    def check(document: FullText) -> _CheckedDocument:
        annotated = AnnotatedDocument(archive, document, memo)
        found = memo("findings", document.path, partial(_checked, annotated, rules, exempt))
        return _CheckedDocument(annotated, found)

    of_documents = [memo("check", each.path, partial(check, each)) for each in issue.full_texts]
    documents = [each.annotated for each in of_documents]
    collector.findings += [finding for each in of_documents for finding in each.checked.findings]
    for rule in _of_scope(rules, Scope.ISSUE, off):
        collector.add(rule, rule.check(documents))
    path = f"{issue.folder}/{ISSUE_FILE}"
    pictures = tuple(dict.fromkeys(picture.file for picture in issue.faces.pictures))
    own = OwnParts(
        own_texts(read_bytes(path), path), pictures, gazette.proofreading.public_phones, read_bytes
    )
    collector.add_own(rules, own)
    cited = tuple(number for each in of_documents for number in each.checked.cited)
    return CheckedIssue(tuple(collector.findings), cited)


def check_document(
    gazette: Gazette, document: FullText, rules: Sequence[Rule], read_bytes: ReadBytes
) -> CheckedIssue:
    """Return what those of ``rules`` that look at one document alone find in ``document``."""
    archive = Archive(gazette, read_bytes)
    exempt = {document.path: document.treatment.rules_off}
    return _checked(AnnotatedDocument(archive, document), rules, exempt)


def _checked(
    annotated: AnnotatedDocument, rules: Sequence[Rule], exempt: Mapping[str, Collection[str]]
) -> CheckedIssue:
    """Return what those of ``rules`` that look at one document alone find in ``annotated``.

    ``exempt`` has the codes of rules that do not apply to a document, by its path.
    """
    archive, gazette = annotated.archive, annotated.archive.gazette
    settings = gazette.proofreading
    collector = _Collector({}, settings, archive.read_bytes, exempt, gazette.learned_words)
    for rule in _of_scope(rules, Scope.DOCUMENT, settings.off):
        collector.add(rule, rule.check(annotated))
    cited = _cited(collector, annotated)
    return CheckedIssue(tuple(collector.findings), cited)


def _cited(collector: _Collector, annotated: AnnotatedDocument) -> tuple[CitedNumber, ...]:
    return tuple(
        CitedNumber(
            annotated.document.path,
            collector.place(passage.at(citation.start)),
            str(citation.number),
            citation.title,
        )
        for passage, citation in annotated.citations
    )


def check_series(
    publication: Publication,
    cited: Iterable[Sequence[CitedNumber]],
    rules: Sequence[Rule],
    texts: Sequence[OwnText] = (),
    corrections: Sequence[Correction] = (),
) -> tuple[Diagnostic, ...]:
    """Return the findings of ``rules`` for the series; ``cited`` are the citations of each issue.

    ``texts`` are those of gazette.toml and contacts.toml.
    """
    by_folder = {issue.folder: settings_at(publication, issue).proofreading for issue in publication.issues}
    collector = _Collector(
        by_folder, publication.gazette.proofreading, _no_source, _exempt(publication.issues)
    )
    for rule in _of_scope(rules, Scope.SERIES):
        collector.add(rule, rule.check(publication))
    for rule in _of_scope(rules, Scope.CORRECTIONS):
        collector.add(rule, rule.check(corrections))
    collector.add_own(rules, _texts_alone(publication.gazette, texts))
    collector.add_own(
        rules, _texts_alone(publication.gazette, tuple(_reasons(publication))), Severity.WARNING
    )
    titles = {
        document.identifier: (document.title, *document.instruments)
        for issue in publication.issues
        for document in issue.documents
        if document.identifier
    }
    citation_rules = list(_of_scope(rules, Scope.CITATIONS))
    for of_issue in cited:
        for rule in citation_rules:
            collector.add(rule, rule.check(Citations(of_issue, titles)))
    return tuple(collector.findings)


def apply_waivers(
    publication: Publication, findings: Iterable[Diagnostic], rules: Sequence[Rule]
) -> CheckResult:
    """Return ``findings`` with the waived ones set apart; faults of waivers and settings (B030–B032) are added."""
    waivers = {
        document.path: document.waivers
        for issue in publication.issues
        for document in issue.documents
        if document.waivers
    }
    waivers |= {
        f"{issue.folder}/{ISSUE_FILE}": issue.waivers for issue in publication.issues if issue.waivers
    }
    settings = (publication.gazette.proofreading, *(era.settings.proofreading for era in publication.eras))
    return _with_waivers(findings, waivers, {rule.code: rule for rule in rules}, settings)


def faults_of_reason(gazette: Gazette, reason: str, rules: Sequence[Rule]) -> tuple[Diagnostic, ...]:
    """Return the errors that ``rules`` find in the ``reason`` of a change, before a page shows it."""
    collector = _Collector({}, gazette.proofreading, _no_source, {})
    collector.add_own(rules, _texts_alone(gazette, (OwnText("理由", reason, Place("")),)))
    return tuple(finding for finding in collector.findings if finding.severity is Severity.ERROR)


def _texts_alone(gazette: Gazette, texts: Sequence[OwnText]) -> OwnParts:
    return OwnParts(tuple(texts), (), gazette.proofreading.public_phones, _no_source)


def _reasons(publication: Publication) -> Iterator[OwnText]:
    """Yield the reasons of changes after publication, which the pages of issues show."""
    for issue in publication.issues:
        for change in issue.record.changes if issue.record else ():
            yield OwnText("理由", change.reason, Place(f"{issue.folder}/{RECORD_FILE}"))


def _no_source(path: str) -> bytes:
    raise FileNotFoundError(path)


def _of_scope(rules: Sequence[Rule], scope: Scope, off: Sequence[str] = ()) -> list[Rule]:
    """Return the rules of ``scope`` but those that are ``off``, if they can be."""
    return [rule for rule in rules if rule.scope is scope and not (rule.waivable and rule.code in off)]


def _exempt(issues: Iterable[Issue]) -> dict[str, Collection[str]]:
    """Return the codes of rules that do not apply to a document because of its kind, by its path."""
    return {
        document.path: document.treatment.rules_off
        for issue in issues
        for document in issue.documents
        if document.treatment.rules_off
    }


class _Collector:
    """Collects the findings of rules that are not switched off; reads a source file only to place a finding in it."""

    def __init__(
        self,
        by_folder: Mapping[str, Proofreading],
        settings: Proofreading,
        read_bytes: ReadBytes,
        exempt: Mapping[str, Collection[str]],
        learned: Sequence[LearnedWord] = (),
    ) -> None:
        """``by_folder`` has the settings that hold for an issue, ``settings`` those of everything else.

        ``exempt`` has the codes of rules whose findings in a file are dropped, by its path; findings about ``learned``
        words are dropped too.
        """
        self.findings: list[Diagnostic] = []
        self._by_folder = by_folder
        self._settings = settings
        self._read_bytes = read_bytes
        self._exempt = exempt
        self._learned = learned
        self._path = ""
        self._lines: tuple[str, ...] = ()

    def add(self, rule: Rule, findings: Iterable[Finding]) -> None:
        found = (
            each
            for each in findings
            if rule.code not in self._exempt.get(_path_of(each), ())
            and not is_learned(rule.code, each, self._learned)
        )
        for finding in found if rule.scope is Scope.SERIES else _at_most(found):
            severity = finding.severity or rule.severity
            place = finding.where if isinstance(finding.where, Place) else self.place(finding.where)
            if rule.waivable:
                settings = self._by_folder.get(place.path.rpartition("/")[0], self._settings)
                if rule.code in settings.off:
                    continue
                severity = settings.severities.get(rule.code, severity)
            self.findings.append(
                Diagnostic(
                    rule.code, severity, place, finding.message, finding.hint, finding.text, finding.certainty
                )
            )

    def add_own(self, rules: Sequence[Rule], own: OwnParts, severity: Severity | None = None) -> None:
        """Add what ``rules`` find in what the gazette shows beside documents, as of ``severity`` if that is not None."""
        for rule in rules:
            if rule.check_own and not (rule.waivable and rule.code in self._settings.off):
                found = rule.check_own(own)
                self.add(rule, (replace(each, severity=severity or each.severity) for each in found))

    def place(self, spot: Spot) -> Place:
        if spot.passage.path != self._path:
            self._path = spot.passage.path
            text = self._read_bytes(self._path).decode("utf-8-sig")
            self._lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        return spot.place(self._lines)


def _path_of(finding: Finding) -> str:
    return finding.where.path if isinstance(finding.where, Place) else finding.where.passage.path


def _at_most(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first ``MAX_FINDINGS`` findings; the hint of the last one says so if there are more."""
    first = list(itertools.islice(findings, MAX_FINDINGS + 1))
    yield from first[: MAX_FINDINGS - 1]
    for last in first[MAX_FINDINGS - 1 : MAX_FINDINGS]:
        more = "同类的问题还有更多，改过再校核。" if len(first) > MAX_FINDINGS else ""
        yield replace(last, hint=last.hint + more)


def _with_waivers(
    findings: Iterable[Diagnostic],
    waivers: Mapping[str, tuple[Waiver, ...]],
    known: Mapping[str, Rule],
    settings: Sequence[Proofreading],
) -> CheckResult:
    """Apply the ``waivers`` of each document (by its path) to ``findings``; ``known`` are the rules by code."""
    remaining: list[Diagnostic] = []
    excused: list[WaivedFinding] = []
    used: set[Waiver] = set()
    for finding in findings:
        waiver = _waiver_for(finding, known, waivers.get(finding.place.path, ()))
        if waiver is None:
            remaining.append(finding)
        else:
            used.add(waiver)
            excused.append(WaivedFinding(finding, waiver))
    for of_document in waivers.values():
        remaining.extend(_faults_of_waivers(of_document, used, known))
    for fault in (fault for each in settings for fault in _faults_of_settings(each, known)):
        if fault not in remaining:
            remaining.append(fault)

    def order(finding: Diagnostic) -> tuple[Place, str, str]:
        return finding.place, finding.code, finding.message

    return CheckResult(
        tuple(sorted(remaining, key=order)), tuple(sorted(excused, key=lambda waived: order(waived.finding)))
    )


def _waiver_for(finding: Diagnostic, known: Mapping[str, Rule], waivers: tuple[Waiver, ...]) -> Waiver | None:
    """Return the first waiver that excuses the finding; None if there is none."""
    if waivers and known[finding.code].waivable:
        for waiver in waivers:
            if excuses(waiver, finding):
                return waiver
    return None


def excuses(waiver: Waiver, finding: Diagnostic) -> bool:
    """Return whether ``waiver`` excuses ``finding``, which is in its document and can be waived."""
    return waiver.code == finding.code and waiver.text in (finding.words or finding.message)


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
                UNUSED_WAIVER, Severity.WARNING, waiver.place,
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
