"""Rules about the laws that a document cites (codes K001, K002)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import names_year_before, sentence_at
from liulin_gazette.check.knowledge.data_tables import repealed_laws
from liulin_gazette.check.knowledge.misquoted_titles import STATE, right_title, title_of_another_kind
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_TITLE = re.compile("《(?P<title>[^《》〈〉（）()]{3,50})》")
_AS_BASIS = re.compile("根据|依据|依照|按照|遵照|违反|执行|贯彻|落实")
_PAST = re.compile("原|旧|废止|失效|停止执行|不再|修订|修改|修正|取代|代替|替代|当时|以前|此前|之前|前身|曾")


def cited_laws_bear_their_titles(annotated: AnnotatedDocument) -> Findings:
    """K001: a cited law bears its title as promulgated, with or without 中华人民共和国."""
    accepted = annotated.archive.gazette.proofreading.accepted
    for passage, match in annotated.matches(_TITLE):
        title = "".join(match["title"].split())
        if title in accepted:
            continue
        if right := right_title(title):
            yield Finding(
                passage.at(match.start()),
                f"没有《{title}》，应是《{right}》。",
                "核对所引的法规；原件如此的照印，写明豁免理由。确有这部法规的，在 gazette.toml “校核”的“认可的名称”中登记。",
                title,
            )
        elif other := title_of_another_kind(title):
            yield Finding(
                passage.at(match.start()),
                f"法规表里没有《{title}》，有《{other}》。法规表不全，也不收以前的条例和新出的法。",
                "核对是法还是条例；引用无误的不用改，可以在 gazette.toml “校核”的“认可的名称”中登记。",
                title,
                Severity.NOTE,
            )


def cited_laws_are_in_force(annotated: AnnotatedDocument) -> Findings:
    """K002: what a document acts on is in force on its 成文日期."""
    proofreading = annotated.archive.gazette.proofreading
    for passage, match in annotated.matches(_TITLE, annotated.body):
        title = match["title"]
        law = repealed_laws().get(title.removeprefix(STATE))
        if law is None or annotated.document.date <= law.gone_by or title in proofreading.accepted:
            continue
        sentence = sentence_at(passage.text, match.start())
        if (
            not _AS_BASIS.search(sentence)
            or _PAST.search(sentence)
            or names_year_before(sentence, law.gone_by.year)
        ):
            continue
        yield Finding(
            passage.at(match.start()),
            f"《{title}》已经失效（不晚于{law.gone_by}）。",
            (f"现行的是《{law.successor}》；" if law.successor else "")
            + "核对原件；原件如此的照印，写明豁免理由。",
            title,
        )
