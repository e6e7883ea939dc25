"""Rules about 发文字号 (codes N002, N004, N012)."""

from __future__ import annotations

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.publication import Document, Publication


def code_belongs_to_issuer(publication: Publication) -> Findings:
    """N002: 机关代字 is one that the issuer may use (GB/T 9704-2012 §7.2.5)."""
    owners = {code: issuer.name for issuer in publication.issuers for code in issuer.codes}
    codes = {issuer.name: issuer.codes for issuer in publication.issuers}
    for issue in publication.issues:
        for document in issue.documents:
            if document.issuer not in codes or document.number.code in codes[document.issuer]:
                continue
            code, owner = document.number.code, owners.get(document.number.code)
            problem = f"是{owner}的，不是{document.issuer}的" if owner else "没有登记"
            registered = "、".join(codes[document.issuer]) or "（未登记）"
            yield Finding(
                value_place(document, "发文字号"),
                f"机关代字“{code}”{problem}。",
                f"{document.issuer}的机关代字是：{registered}。新的代字在 content/gazette.toml 中登记。",
            )


def numbers_are_unique(publication: Publication) -> Findings:
    """N004: no number occurs twice, in one issue or in several."""
    first: dict[str, Document] = {}
    for issue in publication.issues:
        for document in issue.documents:
            other = first.setdefault(str(document.number), document)
            if other is not document:
                yield Finding(
                    value_place(document, "发文字号"),
                    f"发文字号“{document.number}”与另一份公文相同。",
                    f"另一处：{value_place(other, '发文字号')}。核对两份原件，改正写错的一处。",
                )


def addresses_are_unique(publication: Publication) -> Findings:
    """N012: no two numbers of an issue lead to the same address, which is their romanised form."""
    for issue in publication.issues:
        first: dict[str, Document] = {}
        for document in issue.documents:
            other = first.setdefault(document.slug, document)
            if other is not document and other.number != document.number:
                yield Finding(
                    value_place(document, "发文字号"),
                    f"“{document.number}”与“{other.number}”的网址相同（{document.slug}）。",
                    "两个机关代字读音相同，请联系开发者为其中一个另定网址。",
                )
