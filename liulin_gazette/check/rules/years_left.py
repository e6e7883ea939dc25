"""Rules about years that were left from the text of an earlier year (code C068)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings

_YEAR_OF_TITLE = re.compile(r"(?<!\d)(?P<year>20\d{2})年(?:度)?(?![—～~至到和、]|月)(?P<what>[一-鿿]{4,})")
_PURPOSE = re.compile(
    r"(?:^|[。：])为(?:了)?(?:切实|进一步|认真|扎实|全力|有序|全面|深入|有效|统筹|科学|及时|规范)*(?:做好|抓好|推进|开展|落实|加强|组织好|完成|搞好)(?:好)?(?:全县|我县|本县|全市|全区|县级|辖区)?(?P<year>20\d{2})年"
)
_PAST = re.compile(
    "回顾|总结|完成情况|执行情况|原|上年|去年|以来|已|结转|结余|期间|对比|相比|决算|结束|考核结果|被|至|—|基础上"
)
"""Words beside an earlier year that is meant."""
_SAME = 4
"""Characters after the year that are the same in title and text."""
_ENDS = re.compile("(?:的)?(?:通知|方案|意见|计划|办法|公告|通告|报告)$")


def years_are_those_of_the_title(annotated: AnnotatedDocument) -> Findings:
    """C068: where the title says 2026年护林工作, the text does not say 2025年护林工作."""
    title = annotated.document.title
    told = [(int(match["year"]), match["what"]) for match in _YEAR_OF_TITLE.finditer(title)]
    if len(told) != 1:
        return
    year, what = told[0]
    what = _ENDS.sub("", what)[:6]
    if len(what) >= _SAME:
        same = re.compile(rf"(?<!\d)(?P<year>20\d{{2}})年(?:度)?{re.escape(what[:_SAME])}")
        for passage, match in annotated.matches(same, annotated.body):
            before = passage.text[: match.start()]
            if int(match["year"]) == year or is_quoted(passage.text, match.start()):
                continue
            if _PAST.search(before[-12:]) or _PAST.search(passage.text[match.end() : match.end() + 14]):
                continue
            yield _finding(passage.at(match.start()), match, year)
    for passage, match in annotated.matches(_PURPOSE, annotated.running):
        if int(match["year"]) < year and f"{match['year']}年" not in title and not passage.annex:
            yield _finding(passage.at(match.start("year")), match, year)


def _finding(where: Spot, match: re.Match[str], year: int) -> Finding:
    return Finding(
        where,
        f"“{match[0].lstrip('。：')}”：标题说的是{year}年。",
        "看年份是不是从上一年的文件带来的；原件如此的照印，写明豁免理由。",
        match[0].lstrip("。："),
    )
