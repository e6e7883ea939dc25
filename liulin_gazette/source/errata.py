"""勘误 in the front matter: what was wrong in a published document, and what is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from liulin_gazette.model.corrected_places import text_place
from liulin_gazette.model.document import Erratum, Relation
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import Row, Value

ReadTarget = Callable[[Value, FindingCollector], str]
"""Returns the document that a value names; empty, reported, if it cannot be understood."""


def errata(
    values: Mapping[str, Value],
    relations: Sequence[Relation],
    read_target: ReadTarget,
    findings: FindingCollector,
) -> tuple[Erratum, ...]:
    """Return the errata in front-matter ``values``.

    One whose document, place or words cannot be understood is reported (B008) and left out. ``relations`` are those that
    the document declares: a corrected document is one of those under 更正.
    """
    corrected = [relation.target for relation in relations if relation.kind == "更正"]
    found: list[Erratum] = []
    for row in values["勘误"].rows if "勘误" in values else ():
        target = _target(row, corrected, read_target, findings)
        if target and _is_sound(row, findings):
            fields = row.fields
            found.append(
                Erratum(target, fields.get("位置", ""), fields["原文"], fields["更正为"], row.places["原文"])
            )
    return tuple(found)


def _target(row: Row, corrected: Sequence[str], read_target: ReadTarget, findings: FindingCollector) -> str:
    if "文件" not in row.fields:
        if len(corrected) == 1:
            return corrected[0]
        findings.error(
            "B008",
            row.place,
            "这一项“勘误”没有说是哪份文件。",
            "在“更正”里列出所更正的文件；列了几份的，这一项加一行“文件: ……”，写它的字号。",
        )
        return ""
    place = row.places["文件"]
    target = read_target(Value(row.fields["文件"], (), {}, place), findings)
    if target and target not in corrected:
        findings.error(
            "B008", place, f"“勘误”的文件{target}没有列在“更正”里。", f"在“更正”下加一行“  - {target}”。"
        )
        return ""
    return target


def _is_sound(row: Row, findings: FindingCollector) -> bool:
    """Tell whether place and words of ``row`` can be understood; report what cannot (B008)."""
    where = row.fields.get("位置", "")
    if where and text_place(where) is None:
        findings.error(
            "B008",
            row.places["位置"],
            f"看不懂位置“{where}”。",
            "写作“第3页”“第五条第二款”“第2段”“附件1第2段”的样子；处处都错的写“全文”；说不清的不写，原文多引几个字。",
        )
        return False
    if row.fields["原文"] == row.fields["更正为"]:
        findings.error("B008", row.places["更正为"], "“原文”和“更正为”一样。", "写上更正以后的文字。")
        return False
    return True
