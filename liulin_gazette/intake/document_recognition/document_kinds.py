"""The kind (体裁) of a document, as its head tells."""

from __future__ import annotations

import re

from liulin_gazette.intake.drafts import Head
from liulin_gazette.intake.line_kinds import EXPLAINS
from liulin_gazette.model.kinds import KINDS, OFFICIAL, Kind

_PERSONNEL = re.compile("任免|免职|任职|任命")
_ENDS = (
    ("政府工作报告", "报告"),
    ("统计公报", "统计公报"),
    ("大事记", "大事记"),
    ("公示", "公示"),
    ("解读", "政策解读"),
    ("讲话", "讲话"),
    ("更正", "更正"),
    ("更正启事", "更正"),
    ("勘误", "更正"),
    ("致辞", "讲话"),
    ("答记者问", "政策解读"),
    ("纪要", "资料"),
)
"""How titles of each kind end, for documents without a 发文字号."""


def kind_of(head: Head) -> Kind:
    """Return the kind of the document that has ``head``; an official document unless its words tell of another kind."""
    if head.is_order:
        return KINDS["政府令"]
    if _PERSONNEL.search(head.title):
        return KINDS["人事任免"]
    if head.headnote and not head.number and not head.serial and head.title.endswith("报告"):
        return KINDS["报告"]
    if not head.number:
        if EXPLAINS.match(head.title):
            return KINDS["政策解读"]
        for end, name in _ENDS:
            if head.title.endswith(end):
                return KINDS[name]
    return KINDS[OFFICIAL]
