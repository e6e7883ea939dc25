"""Rules about declared relations between documents (codes C023, C024)."""

from __future__ import annotations

from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.relations import declarations, declared_validity


def validity_agrees(publication: Publication) -> Findings:
    """C023: 有效性 as stated agrees with what later documents declare (修订, 废止, 代替)."""
    declared = declarations(publication)
    for issue in publication.issues:
        for document in issue.documents:
            stated, meant = document.policy.validity, declared_validity(document, declared)
            if stated and meant and stated not in (meant, "已废止", "失效"):
                by = "、".join(
                    str(declaration.document.number) for declaration in declared[str(document.number)]
                )
                yield Finding(
                    document.places.get("有效性", document.place),
                    f"有效性写的是“{stated}”，{by}却声明它{meant}。",
                    f"核对后改为“{meant}”，或改正{by}的登记。",
                    stated,
                )


def relations_look_back(publication: Publication) -> Findings:
    """C024: what a document amends, repeals, replaces or corrects is another and not a later one."""
    dates = {each.number: each.date for issue in publication.issues for each in issue.documents}
    for issue in publication.issues:
        for document in issue.documents:
            for relation in document.relations:
                place = document.places.get(relation.kind, document.place)
                if relation.number == document.number:
                    yield Finding(place, f"“{relation.kind}”列的是本文件自己的字号。", "核对字号。")
                elif (day := dates.get(relation.number)) and day > document.date:
                    yield Finding(
                        place,
                        f"“{relation.kind}”列的{relation.number}晚于本文件（{day}）。",
                        "核对字号和成文日期。",
                        str(relation.number),
                    )
