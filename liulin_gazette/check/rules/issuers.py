"""Rules about 发文机关 (codes N011, N017)."""

from __future__ import annotations

import difflib
import re

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.publication import Publication

_COUNTY = re.compile(r"[一-鿿]{1,8}?(?:自治县|县|自治旗|旗|市|区)")


def issuer_is_registered(publication: Publication) -> Findings:
    """N011: 发文机关 is registered in gazette.toml (《党政机关公文处理工作条例》第九条：发文机关用全称或规范化简称)."""
    known = [issuer.name for issuer in publication.issuers]
    for issue in publication.issues:
        for document in issue.documents:
            if document.issuer not in known:
                close = difflib.get_close_matches(document.issuer, known, n=1, cutoff=0.5)
                hint = f"是不是“{close[0]}”？" if close else ""
                yield Finding(
                    value_place(document, "发文机关"),
                    f"发文机关“{document.issuer}”没有登记。",
                    hint + "新的机关在 content/gazette.toml 的“发文机关”中登记。",
                )


def issuers_are_of_this_county(publication: Publication) -> Findings:
    """N017: every issuer belongs to the county; a gazette does not reprint its superiors' documents."""
    county = _COUNTY.match(publication.name)
    if county is None:
        return
    for issuer in publication.issuers:
        if county[0] not in issuer.name:
            yield Finding(
                issuer.place,
                f"发文机关“{issuer.name}”不是{county[0]}的机关。",
                "公报只刊登本地机关的公文；核对名称。",
            )
