"""Rules about 发文机关 (codes N011, N017)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from liulin_gazette.check.grammar.gazette_place import gazette_place
from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Issuer
from liulin_gazette.model.publication import Publication

_SHORT_NAME = 2
"""Characters; a shorter name of a county (单县) is no proof in the name of an office."""


def issuer_is_registered(publication: Publication) -> Findings:
    """N011: 发文机关 is registered in gazette.toml (《党政机关公文处理工作条例》第九条：发文机关用全称或规范化简称)."""
    for issue in publication.issues:
        registered = settings_at(publication, issue).issuers
        known = [issuer.name for issuer in registered]
        for document in issue.documents:
            if not document.treatment.county_numbers:
                continue
            for number, issuer in enumerate(document.issuers, 1):
                place = value_place(
                    document, "发文机关" if len(document.issuers) == 1 else f"发文机关 {number}"
                )
                if issuer in known:
                    yield from _outside_period(document, issuer, place, registered)
                    continue
                close = difflib.get_close_matches(issuer, known, n=1, cutoff=0.5)
                hint = f"是不是“{close[0]}”？" if close else ""
                yield Finding(
                    place,
                    f"发文机关“{issuer}”没有登记。",
                    hint + "新的机关在 content/gazette.toml 的“发文机关”中登记。",
                )


def _outside_period(document: Document, name: str, place: Place, registered: Sequence[Issuer]) -> Findings:
    """Yield N011, at ``place``, if the issuer called ``name`` has periods, and 成文日期 lies in none of them."""
    own = [issuer for issuer in registered if issuer.name == name]
    if any(issuer.acts_on(document.date) for issuer in own):
        return
    others = [issuer.name for issuer in registered if issuer.former_name == name]
    later = f"它后来是{'、'.join(others)}。" if others else ""
    yield Finding(
        place,
        f"发文机关“{name}”登记为{'、'.join(issuer.period for issuer in own)}，"
        f"成文日期（{document.date}）不在其中。",
        later + "核对成文日期和机关名称；起止写错的，在 content/gazette.toml 的“发文机关”中改正“自”“至”。",
    )


def issuers_are_of_this_county(publication: Publication) -> Findings:
    """N017: the name of every registered issuer has the name of the county, perhaps short: 吕梁市生态环境局柳林分局."""
    names = [publication.gazette.name, *(era.settings.name for era in publication.eras)]
    counties = [place for place in map(gazette_place, dict.fromkeys(names)) if place]
    if not counties:
        return
    known = [county for county, _ in counties]
    known += [short for _, short in counties if len(short) >= _SHORT_NAME]
    for issuer in publication.gazette.issuers:
        if not any(name in issuer.name for name in known):
            yield Finding(
                issuer.place,
                f"发文机关“{issuer.name}”的名称里没有“{counties[0][0]}”。",
                "公报登记本地机关；核对名称。上级机关的文件作为“体裁: 转载”刊登，不用登记。",
            )
