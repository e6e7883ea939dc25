"""Rules about the serial numbers of each 机关代字 (codes N013, N014, N016)."""

from __future__ import annotations

import itertools
from collections import defaultdict

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.dated_settings import settings_at, unpublished_numbers
from liulin_gazette.model.document import Document
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Publication

Numbered = tuple[DocumentNumber, Document]
"""A document with its number in the numbering of the county."""


def serial_ledger(publication: Publication) -> dict[tuple[str, int], list[Numbered]]:
    """Return the published documents by 机关代字 and year, each list sorted by serial number."""
    ledger: dict[tuple[str, int], list[Numbered]] = defaultdict(list)
    for issue in publication.issues:
        for document in issue.documents:
            if number := document.county_number:
                ledger[number.code, number.year].append((number, document))
    for numbered in ledger.values():
        numbered.sort(key=lambda each: each[0].serial)
    return dict(ledger)


def missing_serials(publication: Publication, code: str, year: int, numbered: list[Numbered]) -> list[int]:
    """Return the serial numbers that are neither published nor declared in 不公开文号.

    ``numbered`` are the published documents of ``code`` and ``year``. The publisher is expected to publish all of its
    numbers from 1 on; for another issuer, only numbers after its first published one can be missing. Who holds
    ``code`` is told by the settings of the issue with the last number.
    """
    serials = {number.serial for number, _ in numbered}
    folder = numbered[-1][1].path.rpartition("/")[0]
    issue = next((issue for issue in publication.issues if issue.folder == folder), None)
    settings = publication.gazette if issue is None else settings_at(publication, issue)
    first = 1 if settings.code_owner(code, year) == settings.publisher else min(serials)
    declared = unpublished_numbers(publication)
    return [
        serial
        for serial in range(first, max(serials))
        if serial not in serials and str(DocumentNumber(code, year, serial)) not in declared
    ]


def serials_without_gaps(publication: Publication) -> Findings:
    """N013: no serial number is missing; a number that must not be published can be declared in 不公开文号."""
    for (code, year), numbered in serial_ledger(publication).items():
        if missing := missing_serials(publication, code, year, numbered):
            number, last = numbered[-1]
            yield Finding(
                value_place(last, "发文字号"),
                f"{code}〔{year}〕到{number.serial}号为止，没有刊登的有{'、'.join(map(str, missing))}号。",
                "应刊登而漏登的，补登；不公开的，在 gazette.toml “校核”的“不公开文号”中登记。",
                code,
            )


def serials_follow_dates(publication: Publication) -> Findings:
    """N014: within one 机关代字 and year, a higher serial number has no earlier date."""
    for numbered in serial_ledger(publication).values():
        for (first, earlier), (second, later) in itertools.pairwise(numbered):
            if later.date < earlier.date:
                yield Finding(
                    value_place(later, "发文字号"),
                    f"{second}的成文日期（{later.date}）早于{first}（{earlier.date}）。",
                    "核对两份原件的字号和日期。",
                )


def documents_in_order(publication: Publication) -> Findings:
    """N016: within a 栏目, the documents of one 机关代字 are sorted by year and serial number."""
    for issue in publication.issues:
        for section in issue.sections:
            previous: dict[str, DocumentNumber] = {}
            for document in section.documents:
                number = document.county_number
                if number is None:
                    continue
                before = previous.get(number.code)
                if before is not None and number < before:
                    yield Finding(
                        value_place(document, "发文字号"),
                        f"“{section.name}”中，{number}排在{before}之后。",
                        "同一机关代字的公文按字号先后排列；在 issue.toml 中调整次序。",
                    )
                previous[number.code] = number
