"""Carry out the rules: every document proofread once, findings graded, waivers honoured and accounted for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.check.passages import Spot
from liulin_gazette.check.proof import Archive, Proof
from liulin_gazette.check.rule import Found, Rule, Scope
from liulin_gazette.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model import Document, Proofreading, Publication, Waiver

ReadBytes = Callable[[str], bytes]
MOST_FINDINGS = 100
"""Of one rule in one document or issue; whoever has more has lost something other than a character."""
"""Returns the content of a file by its project path."""


@dataclass(frozen=True, slots=True)
class Excused:
    """A finding that a document's waiver excuses."""

    finding: Diagnostic
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules say of a publication."""

    findings: tuple[Diagnostic, ...]
    """Sorted by place, code and message."""
    excused: tuple[Excused, ...]


def check(publication: Publication, rules: Sequence[Rule], read_bytes: ReadBytes) -> Checked:
    """Return what ``rules`` say of ``publication``; ``read_bytes`` is asked for the sources of findings."""
    desk = _Desk(publication.proofreading, read_bytes)
    archive = Archive(publication, read_bytes)
    by_scope = {
        scope: [rule for rule in rules if rule.scope is scope and not _is_off(rule, publication.proofreading)]
        for scope in Scope
    }
    for rule in by_scope[Scope.SERIES]:
        desk.take(rule, rule.check(publication))
    for issue in publication.issues:
        proofs = [Proof(archive, issue, document) for document in issue.documents]
        for proof in proofs:
            for rule in by_scope[Scope.DOCUMENT]:
                desk.take(rule, rule.check(proof))
        for rule in by_scope[Scope.ISSUE]:
            desk.take(rule, rule.check(proofs))
    documents = [document for issue in publication.issues for document in issue.documents]
    return _with_waivers(desk.items, documents, rules, publication.proofreading)


@dataclass(frozen=True, slots=True)
class _Item:
    finding: Diagnostic
    rule: Rule
    text: str


class _Desk:
    """Collects findings; reads a source only to place a finding in it."""

    def __init__(self, settings: Proofreading, read_bytes: ReadBytes) -> None:
        self.items: list[_Item] = []
        self._settings = settings
        self._read_bytes = read_bytes
        self._path = ""
        self._lines: list[str] = []

    def take(self, rule: Rule, found: Iterable[Found]) -> None:
        for each in found if rule.scope is Scope.SERIES else _at_most(found):
            severity = each.severity or rule.severity
            if rule.waivable:
                severity = self._settings.severities.get(rule.code, severity)
            place = each.where if isinstance(each.where, Place) else self._place(each.where)
            finding = Diagnostic(rule.code, severity, place, each.message, each.hint)
            self.items.append(_Item(finding, rule, each.text))

    def _place(self, spot: Spot) -> Place:
        if spot.passage.path != self._path:
            self._path = spot.passage.path
            text = self._read_bytes(self._path).decode("utf-8-sig")
            self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return spot.place(self._lines)


def _at_most(found: Iterable[Found]) -> Iterator[Found]:
    """Yield the first findings; the last one says where there are more."""
    taken = list(itertools.islice(found, MOST_FINDINGS + 1))
    yield from taken[: MOST_FINDINGS - 1]
    for last in taken[MOST_FINDINGS - 1 : MOST_FINDINGS]:
        more = "同类的问题还有更多，改过再校核。" if len(taken) > MOST_FINDINGS else ""
        yield replace(last, hint=last.hint + more)


def _is_off(rule: Rule, settings: Proofreading) -> bool:
    return rule.waivable and rule.code in settings.off


def _with_waivers(
    items: list[_Item], documents: list[Document], rules: Sequence[Rule], settings: Proofreading
) -> Checked:
    waivers = {document.path: document.waivers for document in documents if document.waivers}
    findings: list[Diagnostic] = []
    excused: list[Excused] = []
    used: set[Waiver] = set()
    for item in items:
        waiver = _excuse(item, waivers.get(item.finding.place.path, ()))
        if waiver is None:
            findings.append(item.finding)
        else:
            used.add(waiver)
            excused.append(Excused(item.finding, waiver))
    known = {rule.code: rule for rule in rules}
    for own in waivers.values():
        findings.extend(_of_waivers(own, used, known))
    findings.extend(_of_settings(settings, known))

    def order(finding: Diagnostic) -> tuple[Place, str, str]:
        return finding.place, finding.code, finding.message

    return Checked(
        tuple(sorted(findings, key=order)), tuple(sorted(excused, key=lambda each: order(each.finding)))
    )


def _excuse(item: _Item, waivers: tuple[Waiver, ...]) -> Waiver | None:
    if not item.rule.waivable:
        return None
    for waiver in waivers:
        if waiver.code == item.rule.code and waiver.text in (item.text or item.finding.message):
            return waiver
    return None


def _of_waivers(
    waivers: tuple[Waiver, ...], used: set[Waiver], known: dict[str, Rule]
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


def _of_settings(settings: Proofreading, known: dict[str, Rule]) -> Iterator[Diagnostic]:
    """B032: gazette.toml names a rule that is unknown, or that can be neither switched off nor re-graded."""
    for code in (*settings.off, *settings.severities):
        if code not in known or not known[code].waivable:
            problem = "不能关闭或改级" if code in known else "不是校核规则"
            yield Diagnostic(
                "B032", Severity.ERROR, settings.place, f"“校核”中的 {code} {problem}。", "删去，或改正代码。"
            )
