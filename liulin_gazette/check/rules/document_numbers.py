"""Rules about 发文字号, 令号 and addresses (codes N002, N004, N012, N022–N024)."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Publication
from liulin_gazette.text.pinyin import syllables

MAX_ADDRESS_NAME = 30
"""Characters of a proposed 网址名."""


def code_belongs_to_issuer(publication: Publication) -> Findings:
    """N002: 机关代字 is one that the first issuer may use (GB/T 9704-2012 §7.2.5)."""
    for issue in publication.issues:
        settings = settings_at(publication, issue)
        for document in issue.documents:
            number = document.county_number
            issuer = document.issuers[0] if document.issuers else ""
            acting = settings.issuers_on(document.date)
            owners = {code: each.name for each in acting for code in each.codes}
            codes = {each.name: each.codes for each in acting}
            if number is None or issuer not in codes or number.code in codes[issuer]:
                continue
            code, owner = number.code, owners.get(number.code)
            problem = f"是{owner}的，不是{issuer}的" if owner else "没有登记"
            registered = "、".join(codes[issuer]) or "（未登记）"
            yield Finding(
                value_place(document, "发文字号"),
                f"机关代字“{code}”{problem}。",
                f"{issuer}的机关代字是：{registered}。新的代字在 content/gazette.toml 中登记。",
            )


def reprints_have_no_county_code(publication: Publication) -> Findings:
    """N024: a reprint has no 机关代字 that one of the county's issuers holds on its day."""
    for issue in publication.issues:
        settings = settings_at(publication, issue)
        for document in issue.documents:
            if document.number is None or document.county_number:
                continue
            acting = settings.issuers_on(document.date)
            owner = next((each.name for each in acting if document.number.code in each.codes), "")
            if owner:
                yield Finding(
                    value_place(document, "发文字号"),
                    f"转载的文件用了{owner}的机关代字“{document.number.code}”。",
                    "核对原件的字号；本县机关自己的公文不是转载，删去“体裁: 转载”。外地机关的代字确与本县相同的，写明豁免理由。",
                    document.number.code,
                )


def numbers_are_unique(publication: Publication) -> Findings:
    """N004: no number of the county's numbering occurs twice, in one issue or in several."""
    numbered = (each for issue in publication.issues for each in issue.documents if each.county_number)
    yield from _repeated(
        numbered, "发文字号", "核对两份原件，改正写错的一处；确是一个号发了两份的，后一份的字号写进“题注”。"
    )


def orders_are_unique(publication: Publication) -> Findings:
    """N023: no 令号 of an issuer of the county occurs twice; numbers that begin anew are waived."""
    orders = (
        each
        for issue in publication.issues
        for each in issue.documents
        if each.order and each.treatment.county_numbers
    )
    yield from _repeated(
        orders,
        "令号",
        "核对两份原件，改正写错的一处；换届后令号重新从 1 数起的，写明豁免理由。",
    )


def _repeated(documents: Iterable[Document], key: str, hint: str) -> Findings:
    """Yield a finding at ``key`` of each document whose identifier an earlier one has."""
    first: dict[str, Document] = {}
    for document in documents:
        other = first.setdefault(document.identifier, document)
        if other is not document:
            yield Finding(
                value_place(document, key),
                f"{key}“{document.identifier}”与另一份公文相同。",
                f"另一处：{value_place(other, key)}。{hint}",
                document.identifier,
            )


def addresses_are_unique(publication: Publication) -> Findings:
    """N012: no two documents of an issue have the same address: the number in pinyin, or the kind and the date.

    Two with the same number of the county's numbering are the business of N004.
    """
    for issue in publication.issues:
        first: dict[str, Document] = {}
        taken = {document.slug for document in issue.documents}
        for document in issue.documents:
            other = first.setdefault(document.slug, document)
            same_number = document.county_number and document.county_number == other.county_number
            if other is not document and not same_number:
                key = "发文字号" if document.number else "令号" if document.order else "成文日期"
                name = _address_name(document, other, taken)
                taken.add(f"{document.slug}-{name}")
                yield Finding(
                    value_place(document, key),
                    f"“{document.identifier or document.title}”与“{other.identifier or other.title}”的网址"
                    f"相同（{document.slug}）。",
                    f"在文首加一行“网址名: {name}”，网址以它结尾；公布以后不要再改。",
                )


def _address_name(document: Document, other: Document, taken: Container[str]) -> str:
    """Return a proposal for 网址名: pinyin of where the title of ``document`` differs from that of ``other``.

    The address that it makes is not among ``taken``.
    """
    pairs = zip(document.title, other.title, strict=False)
    shared = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))
    own = document.title[shared:] if shared < len(document.title) else document.title
    name = ""
    for syllable in syllables(own):
        if syllable.isascii() and syllable.isalnum() and len(name) + len(syllable) < MAX_ADDRESS_NAME:
            name = f"{name}-{syllable}".lstrip("-")
        elif name and len(name) > MAX_ADDRESS_NAME // 2:
            break
    numbered = (name if number == 1 else f"{name}-{number}".lstrip("-") for number in itertools.count(1))
    return next(each for each in numbered if each and f"{document.slug}-{each}" not in taken)


def orders_follow_dates(publication: Publication) -> Findings:
    """N022: of the orders of one issuer, a higher 令号 has no earlier date."""
    orders: dict[str, list[Document]] = {}
    for issue in publication.issues:
        for document in issue.documents:
            if document.order and document.treatment.county_numbers:
                orders.setdefault(document.issuer, []).append(document)
    for of_issuer in orders.values():
        of_issuer.sort(key=lambda document: document.order)
        for earlier, later in itertools.pairwise(of_issuer):
            if later.date < earlier.date:
                yield Finding(
                    value_place(later, "令号"),
                    f"{later.identifier}的日期（{later.date}）早于{earlier.identifier}（{earlier.date}）。",
                    "核对两份原件的令号和日期；换届后令号重新从 1 数起的，写明豁免理由。",
                )
