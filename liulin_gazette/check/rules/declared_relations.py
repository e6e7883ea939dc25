"""Rules about declared relations between documents (codes C023, C024)."""

from __future__ import annotations

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.relations import declarations, declared_validity


def validity_agrees(publication: Publication) -> Findings:
    """C023: the stated 有效性 agrees with what later documents declare (修订, 废止, 代替)."""
    declared = declarations(publication)
    for issue in publication.issues:
        for document in issue.documents:
            stated, expected = document.policy.validity, declared_validity(document, declared)
            if stated and expected and stated not in (expected, "已废止", "失效"):
                declaring = "、".join(
                    str(declaration.document.number) for declaration in declared[str(document.number)]
                )
                yield Finding(
                    value_place(document, "有效性"),
                    f"有效性写的是“{stated}”，{declaring}却声明它{expected}。",
                    f"核对后改为“{expected}”，或改正{declaring}的登记。",
                    stated,
                )


def relations_look_back(publication: Publication) -> Findings:
    """C024: a document amends, repeals, replaces or corrects only others, and none with a later date."""
    dates = {document.number: document.date for issue in publication.issues for document in issue.documents}
    for issue in publication.issues:
        for document in issue.documents:
            for relation in document.relations:
                place = value_place(document, relation.kind)
                if relation.number == document.number:
                    yield Finding(place, f"“{relation.kind}”列的是本文件自己的字号。", "核对字号。")
                elif (day := dates.get(relation.number)) and day > document.date:
                    yield Finding(
                        place,
                        f"“{relation.kind}”列的{relation.number}晚于本文件（{day}）。",
                        "核对字号和成文日期。",
                        str(relation.number),
                    )
