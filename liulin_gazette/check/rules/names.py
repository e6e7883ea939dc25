"""Rules about the names of units, short names and the territory (codes C015, C019, C021)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.gazette_place import gazette_place
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings

_SEPARATOR = re.compile(r"[、，。；：（）“”《》\s\\]")
_UNIT = re.compile(r"[县市区旗州盟][一-鿿]{2,9}(?:局|委员会)")
_SHORT = re.compile(r"[（(]以下(?:统一)?简称(?:为)?[“：:]?(?P<short>[^）)”，。；、]{1,24})”?[）)]")
_PREFECTURES = "市盟州"
_WIDER = re.compile(
    r"(?:保持|全面提升|全面提高|切实提高|进一步提升|推动|促进|确保)(?P<scope>全[省市盟州])(?![一-鿿]{0,8}(?:部署|会议|精神|要求|统一|平台|系统))"
)


def units_have_one_name(documents: Sequence[AnnotatedDocument]) -> Findings:
    """C015: within an issue a unit has one name (《党政机关公文处理工作条例》第九条：规范化简称)."""
    first: dict[str, Passage] = {}
    for annotated in documents:
        for passage in annotated.body:
            for part in _SEPARATOR.split(passage.text):
                if _UNIT.fullmatch(part):
                    first.setdefault(part, passage)
    names = sorted(first, key=len)
    for index, short in enumerate(names):
        for long in names[index + 1 :]:
            if len(long) - len(short) <= 6 and _abbreviates(short, long):
                passage = first[short]
                yield Finding(
                    passage.at(max(passage.text.find(short), 0)),
                    f"本期中“{short}”又作“{long}”。",
                    f"另一处：{first[long].path} 第 {first[long].line} 行。宜统一；原件如此的照印。",
                    short,
                )


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether ``short`` is ``long`` with characters left out between the first two and the last."""
    if short[:2] != long[:2] or short[-1] != long[-1] or long.endswith(short[1:]):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def short_names_are_used(annotated: AnnotatedDocument) -> Findings:
    """C019: a short name defined by 以下简称 is used afterwards."""
    text = annotated.text
    for passage, match in annotated.matches(_SHORT, annotated.body):
        short = match["short"].strip("“”")
        if text.count(short) < 2:
            yield Finding(
                passage.at(match.start("short")),
                f"定义了简称“{short}”，后文没有用到。",
                "核对原件，看后文是否用了别的简称。",
                short,
            )


def scope_is_the_county(annotated: AnnotatedDocument) -> Findings:
    """C021: a document sets no aims for a wider place than its own, which are mostly copied from a superior's text."""
    place = gazette_place(annotated.archive.gazette.name)
    own = place[0][-1] if place else "县"
    for passage, match in annotated.matches(_WIDER, annotated.running):
        wider = match["scope"][-1]
        if wider == own or (own in _PREFECTURES and wider in _PREFECTURES):
            continue
        yield Finding(
            passage.at(match.start("scope")),
            f"本{own}的公文以“{match['scope']}”为范围：“{passage.text[match.start() : match.end() + 12]}”。",
            f"核对原件，看是否应为“全{own}”；原件如此的照印。",
            match[0],
        )
