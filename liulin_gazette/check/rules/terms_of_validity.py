"""The rule about 有效期 that only the text states (code C029)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.kinds import Need

_TERM = re.compile(
    r"(?:本|此)(?:办法|规定|方案|制度|细则|规则|通知|预案|意见|决定|条例|文件|公告|通告|令)"
    r"(?P<start>[^。；]{0,40}?(?:施行|实施|执行|生效))[^。；]{0,12}?"
    r"(?P<term>有效期(?:限)?(?:为)?(?:[1-9]\d?|[一二三四五六七八九十]{1,3})年)"
)
_AT_ONCE = re.compile("(?:公布|发布|印发|下发|发文)之日起(?:正式)?(?:施行|实施|执行|生效)")


def term_is_declared(annotated: AnnotatedDocument) -> Findings:
    """C029: a term of validity in the text is in the front matter, with the day from which it counts."""
    document = annotated.document
    if document.treatment.need("有效期") is Need.FORBIDDEN:
        return
    policy = document.policy
    for passage, match in annotated.matches(_TERM, annotated.running):
        term = match["term"]
        if not policy.term and not policy.expires:
            yield Finding(
                passage.at(match.start("term")),
                f"文中写“{term}”，文首没有登记，网页上看不出何时失效。",
                f"在文首加“有效期: {term.removeprefix('有效期').lstrip('限为')}”，施行日期不是成文日期的，再加“施行日期”。",
                term,
            )
        elif policy.term and not policy.effective and not _AT_ONCE.search(match["start"]):
            yield Finding(
                passage.at(match.start("start")),
                "有效期从施行日期算，文首没有“施行日期”，现在从成文日期算。",
                "算出施行的那一天，在文首加“施行日期: 2026-03-01”的样子。",
                match["start"],
            )
