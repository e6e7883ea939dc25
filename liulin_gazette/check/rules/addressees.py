"""Rules about 主送机关 (codes S002, S046, S047, S054)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.blocks import Paragraph
from liulin_gazette.model.kinds import Need

_KINDS_OF_ADDRESSEE = re.compile(r"人民政府|单位|部门|企业|机构|中心|学校|办事处|局|办")
_ADDRESSEES = re.compile(
    rf"[^。；：:]{{0,120}}(?:{_KINDS_OF_ADDRESSEE.pattern})(?:（[^（）]*）)?(?:[，、][^。；：:]{{0,120}})?[：:]"
)
_SUBDISTRICT = re.compile(r"街道办事处$")
"""Ends the name of an office that does in a town's 街道 what 人民政府 does in a township."""
_TOWNS = re.compile(r"(?:镇|乡|苏木|街道)[^，、；]{0,4}(?:人民政府|办事处)|乡（镇）人民政府")
_GOVERNS = re.compile(r"(?:人民政府|区管理委员会|区管委会|行政公署|[县区旗市]委员会)(?:办公室)?$")
"""Ends the name of a body that 乡镇, 街道 or a zone's own offices are below, or of its office: it needs nobody's consent."""
_DIVISION_OF_ISSUER = re.compile(r"[^县旗]{2,40}(?P<level>[县旗])")
_AGREED = re.compile(
    r"经[^，。；]{0,12}(?:县(?:委|人民政府|政府)|[区旗](?:委|人民政府|政府)|市(?:委|人民政府|政府))[^，。；]{0,10}(?:同意|批准|研究|审定)"
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


def addressees_are_in_front_matter(annotated: AnnotatedDocument) -> Findings:
    """S054: a document that names addressees has them under 主送, not as its first paragraph, which is indented."""
    first = next(iter(annotated.body), None)
    document = annotated.document
    if document.addressees or first is None or not isinstance(first.block, Paragraph):
        return
    if document.treatment.need("主送") is not Need.FORBIDDEN and _ADDRESSEES.fullmatch(first.text):
        yield Finding(
            first.at(),
            f"“{first.text}”像是主送机关，写在正文里会缩进两字，按一段正文印。",
            f"移到文首，写作“主送: {first.text}”。",
            first.text,
        )


def addressees_are_separated_right(annotated: AnnotatedDocument) -> Findings:
    """S046: addressees of one kind are separated by 、, those of different kinds by ， (GB/T 9704-2012 §7.3.2 示例)."""
    for part in re.split("[，：]", annotated.document.addressees):
        names = (_SUBDISTRICT.sub("人民政府", name) for name in part.split("、"))
        matches = map(_KINDS_OF_ADDRESSEE.findall, names)
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
    issuers = document.issuers
    if any(map(_GOVERNS.search, issuers)) or not _TOWNS.search(document.addressees):
        return
    if not _AGREED.search(annotated.text):
        yield Finding(
            value_place(annotated.document, "主送"),
            f"部门发给乡镇人民政府的公文，没有写明经{_level(issuers[0])}政府同意。",
            "核对原件；原件没有的照印。",
            document.addressees,
        )


def _level(issuer: str) -> str:
    """Return the word for the division of which ``issuer`` is a department: 县 or 旗; 本级 where it is another."""
    found = _DIVISION_OF_ISSUER.match(issuer)
    return found["level"] if found else "本级"
