"""Rules about declared relations between documents (codes C023, C024)."""

from __future__ import annotations

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.relations import (
    NOT_YET_EFFECTIVE,
    declarations,
    declared_for,
    declared_validity,
    documents_by_name,
    meant_by,
    state_day,
)


def validity_agrees(publication: Publication) -> Findings:
    """C023: the stated 有效性 agrees with what later documents declare (修订, 废止, 代替)."""
    declared, day = declarations(publication), state_day(publication)
    for issue in publication.issues:
        for document in issue.documents:
            stated, expected = document.policy.validity, declared_validity(document, declared, day)
            if expected == NOT_YET_EFFECTIVE:
                continue
            if stated and expected and stated not in (expected, "已废止", "失效"):
                declaring = "、".join(
                    declaration.document.identifier or declaration.document.title
                    for declaration in declared_for(document, declared)
                )
                yield Finding(
                    value_place(document, "有效性"),
                    f"有效性写的是“{stated}”，{declaring}却声明它{expected}。",
                    f"核对后改为“{expected}”，或改正{declaring}的登记。",
                    stated,
                )


def relations_look_back(publication: Publication) -> Findings:
    """C024: a document amends, repeals, replaces, corrects or explains only others, and none with a later date.

    An explanation may be signed before the document that it explains, and is published with it.
    """
    named = documents_by_name(publication)
    for issue in publication.issues:
        for document in issue.documents:
            for relation in document.relations:
                place = value_place(document, relation.kind)
                meant = meant_by(document, named.get(relation.target, ()))
                if meant and meant[1].path == document.path:
                    yield Finding(place, f"“{relation.kind}”列的是本文件自己的字号。", "核对字号。")
                elif meant and relation.kind != "解读" and (day := meant[1].date) > document.date:
                    yield Finding(
                        place,
                        f"“{relation.kind}”列的{relation.target}晚于本文件（{day}）。",
                        "核对字号和成文日期。",
                        relation.target,
                    )
