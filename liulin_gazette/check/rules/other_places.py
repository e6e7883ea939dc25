"""A rule about the name of another county where the gazette's own should stand (code K007)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.gazette_place import gazette_place
from liulin_gazette.check.rule import Finding, Findings

_KIND = "[县区旗]"
_NAME = "[一-鿿]{1,7}?"
_BOUNDARY = "(?:^|(?<=[，。；：、（“ 　]))"
_ROLES = re.compile(
    rf"经(?P<approving>{_NAME}{_KIND})(?:委、)?(?:人民)?政府(?:[^，。；]{{0,8}})?(?:同意|批准|研究|审定)"
    rf"|{_BOUNDARY}(?P<whole>{_NAME}{_KIND})(?:各乡镇|各镇|各街道|直各单位|直有关单位|直机关各单位)"
    rf"|{_BOUNDARY}(?:各乡镇人民政府，|本通知由)(?P<interpreting>{_NAME}{_KIND})(?:直各单位|人民政府办公室负责解释)"
)
_NO_NAME = re.compile(
    "[各该本全我市省县区旗州盟、和及与由请报需须须应按向对在]|有关|相关|所在|自治|上级|同级|辖"
)


def roles_are_of_this_county(annotated: AnnotatedDocument) -> Findings:
    """K007: the county that approves, or whose towns are addressed, is the gazette's own (a name left from a template)."""
    gazette = annotated.archive.gazette
    place = gazette_place(gazette.name)
    if place is None:
        return
    county, short = place
    own_names = (gazette.name, annotated.document.title, *(issuer.name for issuer in gazette.issuers))
    for passage, match in annotated.matches(_ROLES):
        name = next(filter(None, match.groups()))
        if (
            name[-1] != county[-1]
            or len(name) < 3
            or _NO_NAME.search(name[:-1])
            or name.endswith(county)
            or name[:-1].endswith(short)
            or any(name in each for each in own_names)
            or name in gazette.proofreading.accepted
            or not annotated.document.treatment.county_numbers
        ):
            continue
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”说的是{name}，本刊是{county}的。",
            "看是不是从别处的样本带来的；原件确实如此的，写明豁免理由。",
            name,
        )
