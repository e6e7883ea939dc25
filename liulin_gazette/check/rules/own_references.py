"""Rules about what a text refers to within itself: articles, 款, 项, parts and annexes (codes C057, C058)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Article
from liulin_gazette.text.numerals import chinese_number

_HAN = "[一二三四五六七八九十百零]{1,7}"
_OWN = "本(?:办法|条例|规定|细则|制度|规则|章程|规范|规程|法)"
_BEFORE = "依照|按照|依据|根据|符合|违反|适用|执行|具有|属于|除"
_ARTICLE = re.compile(
    rf"(?:(?P<own>{_OWN})|(?P<verb>{_BEFORE}))第(?P<article>{_HAN})条(?:第(?P<paragraph>{_HAN})款)?(?:第[（(]?(?P<item>{_HAN})[）)]?项)?"
)
_OF_THIS = re.compile(rf"本条第(?P<paragraph>{_HAN})款")
_PART = re.compile(rf"本(?:方案|意见|通知|规划|预案|计划|公告)第(?P<part>{_HAN})(?:部分|章)")
_PART_HEAD = re.compile(rf"(?P<han>{_HAN})、|第(?P<chapter>{_HAN})(?:部分|章)")
_ITEM = re.compile(rf"[（(](?P<number>{_HAN})[）)]")
_AMENDS = re.compile("修改|修正|修订|改为|增加|删去|删除|作为|解释|批复|答复")
_ATTACHED = re.compile(
    r"(?<![一-鿿]的)(?P<kind>附件|附表|附图|附录)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d份个张页年月份、.．：:]|[一-鿿]{0,2}(?:所列名单外))"
)
_SEE_ANNEX = re.compile(
    r"[（(]?(?:详见|见|附于|列于)(?P<kind>附件|附表|附图)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?(?=[）)。；，])"
)
_ANNEX_LINE = re.compile("^附[件表图]", re.MULTILINE)
"""Where what is attached begins as plain text, as in an instrument."""


@dataclass(slots=True)
class _Counted:
    """An article with how many 款 it has, and the numbers of its 项."""

    paragraphs: int = 1
    items: set[int] = field(default_factory=set[int])


def own_references_lead_somewhere(annotated: AnnotatedDocument) -> Findings:
    """C057: each 条, 款, 项 or part of itself that the text refers to exists."""
    if not _AMENDS.search(annotated.document.title):
        for texts in _texts(annotated.running):
            yield from _articles(texts)
    heads = [
        match
        for passage in annotated.running
        if passage.kind == "heading" and (match := _PART_HEAD.match(passage.text))
    ]
    last = max((_number(match["han"] or match["chapter"]) for match in heads), default=0)
    if last:
        for passage, match in annotated.matches(_PART, annotated.running):
            if _number(match["part"]) > last and not is_quoted(passage.text, match.start()):
                yield _missing(passage, match, f"全文到第{last}部分为止")


def _texts(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield the passages of each text with articles: a text ends where the articles begin anew."""
    text: list[Passage] = []
    last = 0
    for passage in passages:
        number = passage.block.number if isinstance(passage.block, Article) else 0
        if number and number <= last and number == 1:
            yield text
            text, last = [], 0
        last = max(last, number)
        text.append(passage)
    yield text


def _articles(passages: Sequence[Passage]) -> Findings:
    counted: dict[int, _Counted] = {}
    number, depth = 0, 0
    starts_quoted: dict[int, bool] = {}
    for passage in passages:
        starts_quoted[id(passage)] = depth > 0
        if isinstance(passage.block, Article):
            number = passage.block.number
            is_first = number not in counted and "条之" not in passage.block.label
            counted[number] = _Counted() if is_first else _Counted(99, set(range(1, 99)))
        elif passage.kind == "heading":
            number = 0
        elif number and passage.kind == "text" and not (found := _ITEM.match(passage.text)):
            counted[number].paragraphs += 1
        for found in _ITEM.finditer(passage.text) if number else ():
            counted[number].items.add(_number(found["number"]))
        depth = max(depth + passage.text.count("“") - passage.text.count("”"), 0)
    if not counted or sorted(counted) != list(range(1, max(counted) + 1)):
        return
    current = 0
    for passage in passages:
        current = passage.block.number if isinstance(passage.block, Article) else current
        if starts_quoted[id(passage)]:
            continue
        for match in _ARTICLE.finditer(passage.text):
            before = passage.text[: match.start()]
            begins = match["own"] or not before or before[-1] in "，；。：、的"
            problem = _absent(match, counted, strict=bool(match["own"])) if begins else ""
            if problem and not is_quoted(passage.text, match.start()):
                yield _missing(passage, match, problem)
        for match in _OF_THIS.finditer(passage.text):
            told = counted[current].paragraphs if current in counted else 99
            if _number(match["paragraph"]) > told and not is_quoted(passage.text, match.start()):
                yield _missing(passage, match, f"本条只有{told}款")


def _absent(match: re.Match[str], counted: dict[int, _Counted], *, strict: bool) -> str:
    """Return why what ``match`` refers to does not exist; empty where it does.

    Where ``strict`` is false the article may be one of another text, and only its number is judged.
    """
    number = _number(match["article"])
    if number > max(counted):
        return "" if strict else f"全文到第{max(counted)}条为止"
    article = counted.get(number)
    if article is None or not strict:
        return ""
    if match["paragraph"] and _number(match["paragraph"]) > article.paragraphs:
        return f"第{match['article']}条只有{article.paragraphs}款"
    if match["item"] and article.items and _number(match["item"]) not in article.items:
        return f"第{match['article']}条只有{len(article.items)}项"
    if match["item"] and not article.items:
        return f"第{match['article']}条没有分项"
    return ""


def _number(han: str) -> int:
    return chinese_number(han.replace("〇", "零"))


def _missing(passage: Passage, match: re.Match[str], problem: str) -> Finding:
    return Finding(
        passage.at(match.start()),
        f"“{match[0]}”不存在，{problem}。",
        "核对所说的条、款、项；是别的文件的，写明名称；原件如此的照印，写明豁免理由。",
        match[0],
    )


def attached_parts_exist(annotated: AnnotatedDocument) -> Findings:
    """C058: each 附件, 附表, 附图 and 附录 that the text refers to exists; S042 looks at 附件 after 见 and 按照."""
    labels = {annex.label.replace(" ", "") for annex in annotated.annexes}
    told = {f"{each[:2]}{_digits(each[2:])}" for each in labels if each[2:]} | labels
    written = annotated.whole
    for passage, match in annotated.matches(_ATTACHED, annotated.running):
        kind, number = match["kind"], _digits(match["number"])
        labels_of_kind = [label for label in told if label.startswith(kind) and label[2:].isdigit()]
        if not labels_of_kind or f"{kind}{number}" in told or is_quoted(passage.text, match.start()):
            continue
        if passage.annex or passage.text.startswith(match[0]) or f"\n{kind}{number}" in written:
            continue
        yield _missing_annex(
            passage, match, f"本文到“{kind}{max(int(label[2:]) for label in labels_of_kind)}”为止"
        )
    if labels or _ANNEX_LINE.search(written):
        return
    has_instrument = any(passage.kind == "title" for passage in annotated.body)
    for passage, match in annotated.matches(_SEE_ANNEX, annotated.running):
        if has_instrument and not match["number"]:
            continue
        if not is_quoted(passage.text, match.start()) and "附件：" not in written:
            yield _missing_annex(passage, match, "本文没有附件")


def _missing_annex(passage: Passage, match: re.Match[str], problem: str) -> Finding:
    return Finding(
        passage.at(match.start()),
        f"文中说到“{match[0].strip('（(')}”，{problem}。",
        "核对原件，补上附件或改正编号；不公开、另发的，写明豁免理由。",
        match[0],
    )


def _digits(number: str) -> str:
    return number if number.isdigit() else str(_number(number)) if re.fullmatch(_HAN, number) else ""
