"""Rules about titles, units and short names that must agree (codes C001, C015, C019, C021)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings

_ISSUED = re.compile(r"关于(?:印发|修订|发布|公布|下发)(?P<title>.+)的(?:通知|公告|通告|决定)$")
_MARKED = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》")
_PART = re.compile(r"[、，。；：（）“”《》\s\\]")
_UNIT = re.compile(r"县[一-鿿]{2,9}(?:局|委员会)")
_SHORT = re.compile(r"[（(]以下(?:统一)?简称(?:为)?[“：:]?(?P<short>[^）)”，。；、]{1,24})”?[）)]")
_WIDER = re.compile(
    r"(?:保持|全面提升|全面提高|切实提高|进一步提升|推动|促进|确保)(?P<scope>全省|全市)(?![一-鿿]{0,8}(?:部署|会议|精神|要求|统一|平台|系统))"
)


def issued_title_agrees(annotated: AnnotatedDocument) -> Findings:
    """C001: what the title says is issued, the 《》 of the 通知 and the instrument's head have one title."""
    found = _ISSUED.search(annotated.document.title)
    if found is None or not annotated.instruments:
        return
    in_title = found["title"].removeprefix("《").removesuffix("》")
    head = annotated.instruments[0]
    where = annotated.document.places.get("标题", annotated.document.place)
    if len(annotated.instruments) == 1 and _bare(in_title) != _bare(head.title):
        yield Finding(
            where,
            f"标题所印发的是“{in_title}”，后面的文件题作“{head.title}”。",
            "核对原件；原件不一致的照印，写明豁免理由。",
            head.title,
        )
    for passage in annotated.body:
        if passage.line >= head.line:
            break
        for cited in _MARKED.finditer(passage.text):
            title = cited["title"]
            if _alike(title, head.title) and _bare(title) != _bare(head.title):
                yield Finding(
                    passage.at(cited.start("title")),
                    f"印发语中的“{title}”与后面的文件题“{head.title}”不一致。",
                    "核对原件；原件不一致的照印，写明豁免理由。",
                    title,
                )


def _bare(title: str) -> str:
    table = str.maketrans({"(": "（", ")": "）", "〈": "《", "〉": "》", " ": None, "　": None, "\n": None})
    return title.translate(table)


def _alike(one: str, other: str) -> bool:
    """Tell whether two titles mean one instrument: the same last words, and one nearly in the other."""
    short, long = sorted((one, other), key=len)
    return short[-4:] == long[-4:] and sum(c in long for c in short) >= 0.9 * len(short)


def units_have_one_name(documents: Sequence[AnnotatedDocument]) -> Findings:
    """C015: in an issue a unit goes by one short name (条例第九条：规范化简称)."""
    first: dict[str, Passage] = {}
    for annotated in documents:
        for passage in annotated.body:
            if "县" not in passage.text:
                continue
            for part in _PART.split(passage.text):
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
    """Tell whether ``short`` is ``long`` with characters left out after the first kept one of its name."""
    if short[:2] != long[:2] or short[-1] != long[-1] or long.endswith(short[1:]):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def short_names_are_used(annotated: AnnotatedDocument) -> Findings:
    """C019: a short name that 以下简称 defines is used afterwards."""
    text = annotated.text
    for passage, found in annotated.matches(_SHORT, annotated.body):
        short = found["short"].strip("“”")
        if text.count(short) < 2:
            yield Finding(
                passage.at(found.start("short")),
                f"定义了简称“{short}”，后文没有用到。",
                "核对原件，看后文是否用了别的简称。",
                short,
            )


def scope_is_the_county(annotated: AnnotatedDocument) -> Findings:
    """C021: a county's document does not set aims for the whole province (多为照抄上级文件)."""
    for passage in annotated.running:
        if "全省" not in passage.text and "全市" not in passage.text:
            continue
        for found in _WIDER.finditer(passage.text):
            yield Finding(
                passage.at(found.start("scope")),
                f"本县的公文以“{found['scope']}”为范围：“{passage.text[found.start() : found.end() + 12]}”。",
                "核对原件，看是否应为“全县”；原件如此的照印。",
                found[0],
            )
