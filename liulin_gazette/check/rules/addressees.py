"""Rules about 主送机关 (codes S002, S046, S047)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings, value_place

_KINDS_OF_ADDRESSEE = re.compile(r"人民政府|单位|部门|企业|机构|中心|学校|办事处|局|办")
_TOWNS = re.compile(r"(?:镇|乡|街道)[^，、；]{0,4}(?:人民政府|办事处)|乡（镇）人民政府")
_AGREED = re.compile(
    r"经[^，。；]{0,12}(?:县(?:委|人民政府|政府)|区(?:委|人民政府|政府)|市(?:委|人民政府|政府))[^，。；]{0,10}(?:同意|批准|研究|审定)"
)


def addressees_end_with_colon(annotated: AnnotatedDocument) -> Findings:
    """S002: 主送机关 ends with a full-width colon (GB/T 9704-2012 §7.3.2)."""
    addressees = annotated.document.addressees
    if addressees and not addressees.endswith("："):
        yield Finding(
            value_place(annotated.document, "主送"),
            "主送机关之后应有全角冒号。",
            f"写作“{addressees.rstrip(':；;。，, ')}：”。",
        )


def addressees_are_separated_right(annotated: AnnotatedDocument) -> Findings:
    """S046: addressees of one kind are separated by 、, those of different kinds by ， (GB/T 9704-2012 §7.3.2 示例)."""
    for part in re.split("[，：]", annotated.document.addressees):
        matches = map(_KINDS_OF_ADDRESSEE.findall, part.split("、"))
        kinds = [words[-1] for words in matches if words]
        if len(set(kinds)) > 1 and "人民政府" in kinds:
            yield Finding(
                value_place(annotated.document, "主送"),
                "主送机关中，人民政府与其他单位之间用了顿号。",
                "同类机关之间用顿号，不同类之间用逗号。原件如此的照原样。",
                part,
            )


def bureau_writes_to_towns(annotated: AnnotatedDocument) -> Findings:
    """S047: a department that writes to 乡镇政府 states that the county agreed (《党政机关公文处理工作条例》第十六条)."""
    document = annotated.document
    if document.issuer.endswith(("人民政府", "人民政府办公室")) or not _TOWNS.search(document.addressees):
        return
    if not _AGREED.search(annotated.text):
        yield Finding(
            value_place(annotated.document, "主送"),
            "部门发给乡镇人民政府的公文，没有写明经县政府同意。",
            "核对原件；原件没有的照印。",
            document.addressees,
        )
