"""Rules about the serial numbers of each 机关代字 (codes N013, N014, N016)."""

from __future__ import annotations

import itertools
from collections import defaultdict

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Document, Publication


def serial_ledger(publication: Publication) -> dict[tuple[str, int], list[Document]]:
    """Return the published documents by 机关代字 and year, each list sorted by serial number."""
    ledger: dict[tuple[str, int], list[Document]] = defaultdict(list)
    for issue in publication.issues:
        for document in issue.documents:
            ledger[document.number.code, document.number.year].append(document)
    for documents in ledger.values():
        documents.sort(key=lambda document: document.number.serial)
    return dict(ledger)


def missing_serials(publication: Publication, code: str, year: int, documents: list[Document]) -> list[int]:
    """Return the serial numbers that are neither published nor declared in 不公开文号.

    ``documents`` are the published ones of ``code`` and ``year``. The publisher is expected to publish all of its
    numbers from 1 on; for another issuer, only numbers after its first published one can be missing.
    """
    serials = {document.number.serial for document in documents}
    owner = next((issuer.name for issuer in publication.issuers if code in issuer.codes), "")
    first = 1 if owner == publication.publisher else min(serials)
    declared = set(publication.proofreading.unpublished)
    return [
        serial
        for serial in range(first, max(serials))
        if serial not in serials and str(DocumentNumber(code, year, serial)) not in declared
    ]


def serials_without_gaps(publication: Publication) -> Findings:
    """N013: no serial number is missing; a number that must not be published can be declared in 不公开文号."""
    for (code, year), documents in serial_ledger(publication).items():
        if missing := missing_serials(publication, code, year, documents):
            last = documents[-1]
            yield Finding(
                value_place(last, "发文字号"),
                f"{code}〔{year}〕到{last.number.serial}号为止，"
                f"没有刊登的有{'、'.join(map(str, missing))}号。",
                "应刊登而漏登的，补登；不公开的，在 gazette.toml “校核”的“不公开文号”中登记。",
                code,
            )


def serials_follow_dates(publication: Publication) -> Findings:
    """N014: within one 机关代字 and year, a higher serial number has no earlier date."""
    for documents in serial_ledger(publication).values():
        for earlier, later in itertools.pairwise(documents):
            if later.date < earlier.date:
                yield Finding(
                    value_place(later, "发文字号"),
                    f"{later.number}的成文日期（{later.date}）早于{earlier.number}（{earlier.date}）。",
                    "核对两份原件的字号和日期。",
                )


def documents_in_order(publication: Publication) -> Findings:
    """N016: within a 栏目, the documents of one 机关代字 are sorted by year and serial number."""
    for issue in publication.issues:
        for section in issue.sections:
            previous: dict[str, Document] = {}
            for document in section.documents:
                before = previous.get(document.number.code)
                if before is not None and document.number < before.number:
                    yield Finding(
                        value_place(document, "发文字号"),
                        f"“{section.name}”中，{document.number}排在{before.number}之后。",
                        "同一机关代字的公文按字号先后排列；在 issue.toml 中调整次序。",
                    )
                previous[document.number.code] = document
