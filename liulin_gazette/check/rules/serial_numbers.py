"""Rules about the serials of each 机关代字 and the series of issues (codes N013–N017, N020)."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass

from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Document, Issue, Publication

_COUNTY = re.compile(r"[一-鿿]{1,8}?(?:自治县|县|自治旗|旗|市|区)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A published number in the ledger."""

    issue: Issue
    document: Document

    @property
    def place(self) -> Place:
        """Where the number is written."""
        return self.document.places.get("发文字号", self.document.place)


def serial_ledger(publication: Publication) -> dict[tuple[str, int], list[Entry]]:
    """Return the published numbers of each 机关代字 and year, by serial."""
    ledger: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for issue in publication.issues:
        for document in issue.documents:
            ledger[document.number.code, document.number.year].append(Entry(issue, document))
    for entries in ledger.values():
        entries.sort(key=lambda entry: entry.document.number.serial)
    return dict(ledger)


def missing_serials(publication: Publication, code: str, year: int, entries: list[Entry]) -> list[int]:
    """Return the serials that are neither published nor declared 不公开文号.

    The county office publishes all its numbers from 1 on; of others only what lies between two that
    were published can be missing.
    """
    serials = {entry.document.number.serial for entry in entries}
    owner = next((issuer.name for issuer in publication.issuers if code in issuer.codes), "")
    first = 1 if owner == publication.publisher else min(serials)
    declared = set(publication.proofreading.unpublished)
    return [
        serial
        for serial in range(first, max(serials))
        if serial not in serials and str(DocumentNumber(code, year, serial)) not in declared
    ]


def serials_without_gaps(publication: Publication) -> Findings:
    """N013: serials that have not appeared; unpublished numbers are legitimate, and can be declared."""
    for (code, year), entries in serial_ledger(publication).items():
        if missing := missing_serials(publication, code, year, entries):
            last = entries[-1]
            yield Finding(
                last.place,
                f"{code}〔{year}〕到{last.document.number.serial}号为止，"
                f"没有刊登的有{'、'.join(map(str, missing))}号。",
                "应刊登而漏登的，补登；不公开的，在 gazette.toml “校核”的“不公开文号”中登记。",
                code,
            )


def serials_follow_dates(publication: Publication) -> Findings:
    """N014: of one code and year, a later serial is not dated before an earlier one."""
    for entries in serial_ledger(publication).values():
        for earlier, later in itertools.pairwise(entries):
            if later.document.date < earlier.document.date:
                yield Finding(
                    later.place,
                    f"{later.document.number}的成文日期（{later.document.date}）"
                    f"早于{earlier.document.number}（{earlier.document.date}）。",
                    "核对两份原件的字号和日期。",
                )


def documents_are_recent(publication: Publication) -> Findings:
    """N015: a document is printed within 最长间隔 after its date."""
    for issue in publication.issues:
        for document in issue.documents:
            lag = (issue.date - document.date).days
            if lag > publication.proofreading.longest_lag:
                yield Finding(
                    document.places.get("成文日期", document.place),
                    f"成文日期（{document.date}）比出版日期早{lag}天。",
                    "核对日期；确是补登的，可写明豁免理由。",
                )


def documents_in_order(publication: Publication) -> Findings:
    """N016: in a 栏目, documents of one 机关代字 stand by year and serial."""
    for issue in publication.issues:
        for section in issue.sections:
            last: dict[str, Document] = {}
            for document in section.documents:
                before = last.get(document.number.code)
                if before is not None and document.number < before.number:
                    yield Finding(
                        document.places.get("发文字号", document.place),
                        f"“{section.name}”中，{document.number}排在{before.number}之后。",
                        "同一机关代字的公文按字号先后排列；在 issue.toml 中调整次序。",
                    )
                last[document.number.code] = document


def issuers_are_of_this_county(publication: Publication) -> Findings:
    """N017: every issuer belongs to the county; a gazette does not reprint its superiors' documents."""
    found = _COUNTY.match(publication.name)
    if found is None:
        return
    for issuer in publication.issuers:
        if found[0] not in issuer.name:
            yield Finding(
                issuer.place,
                f"发文机关“{issuer.name}”不是{found[0]}的机关。",
                "公报只刊登本地机关的公文；核对名称。",
            )


def series_is_complete(publication: Publication) -> Findings:
    """N020: between the first and the last issue none is missing, 停刊 and 合刊 apart."""
    series = publication.series
    absent = {
        (each.year, number)
        for each in series.exceptions
        for number in (
            [each.number] if each.category == "停刊" else range(each.number + 1, each.merged_with + 1)
        )
        if each.category in ("停刊", "合刊")
    }
    regular = [issue for issue in publication.issues if 1 <= issue.number <= series.per_year]
    for before, after in itertools.pairwise(regular):
        year, number = before.year, before.number
        missing: list[str] = []
        while (year, number) < (after.year, after.number) and len(missing) < 24:
            number += 1
            if number > series.per_year:
                year, number = year + 1, 1
            if (year, number) < (after.year, after.number) and (year, number) not in absent:
                missing.append(f"{year}年第{number}期")
        if missing:
            yield Finding(
                after.places.get("期", Place(f"{after.folder}/issue.toml", 1, 1)),
                f"前面缺{'、'.join(missing)}。",
                "补上；停刊、合刊的，在 gazette.toml 的“期号例外”中登记。",
                severity=Severity.WARNING,
            )
