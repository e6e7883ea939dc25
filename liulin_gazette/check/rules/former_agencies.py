"""A rule about agencies that bear their names of before a reform (code K003)."""

from __future__ import annotations

import re
from functools import cache

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted, names_year_before, sentence_at
from liulin_gazette.check.knowledge.data_tables import former_agencies
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_PAST = re.compile(
    "原|旧|曾|时任|前身|更名|改名|改称|改为|整合|划转|撤销|合并|并入|组建|机构改革|挂牌|移交|以前|此前|历史|沿革|档案"
)


@cache
def _former_names() -> re.Pattern[str]:
    """Match a former name after a place (县工商局), or at the beginning of a word."""
    names = "|".join(sorted(former_agencies(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=[县市区省旗州盟])|(?<![一-鿿]))(?P<name>{names})"
        "(?!家属|宿舍|小区|大院|旧址|路口|办公楼|楼|院|巷|街|站|(?<=部)门)"
    )


def agencies_bear_their_present_names(annotated: AnnotatedDocument) -> Findings:
    """K003: an agency bears the name that it has since the reform (深化党和国家机构改革方案), but in telling of the past."""
    gazette = annotated.archive.gazette
    for passage, match in annotated.matches(_former_names(), annotated.body):
        name = match["name"]
        agency = former_agencies()[name]
        if (
            annotated.document.date.year <= agency.year
            or name in gazette.proofreading.accepted
            or any(issuer.name.endswith(name) for issuer in gazette.issuers)
            or is_quoted(passage.text, match.start())
        ):
            continue
        sentence = sentence_at(passage.text, match.start())
        if _PAST.search(sentence) or names_year_before(sentence, agency.year):
            continue
        is_of_a_place = match.start() > 0 and passage.text[match.start() - 1] in "县市区省旗州盟"
        if agency.severity is Severity.NOTE and not is_of_a_place:
            continue
        yield Finding(
            passage.at(match.start()),
            f"“{name}”是机构改革（{agency.year}年完成）以前的名称，现在多是{agency.present_name}。",
            "核对原件；原件如此的照印，写明豁免理由。本地仍用这一名称的，在 gazette.toml “校核”的“认可的名称”中登记。",
            name,
            None if agency.severity is Severity.WARNING else agency.severity,
        )
