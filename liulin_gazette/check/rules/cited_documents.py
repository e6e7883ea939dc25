"""Rules about citations of other documents (codes N018, N019, C016–C018, T021)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Citations, Finding, Findings
from liulin_gazette.model.document_number import PATTERN, canonical_form

_CODE_END = "发函字办电规文通党政"
_MISWRITTEN = re.compile(
    rf"[一-鿿]{{1,8}}[{_CODE_END}]"
    r"(?:[\[［【（(〈„‟](?:19|20)\d{2}[\]］】）)〉”‟]\s*第?\s*\d{1,5}\s*号"
    r"|〔(?:\d{2}|\d{4})〕(?:\s+\d{1,5}\s*号|\s*第\s*\d{1,5}\s*号|0\d{0,4}号|\d{1,5}\s+号)"
    r"|〔\d{2}〕\d{1,5}号)"
)
_YEAR = re.compile(r"[\[［【（(〈„‟〔]\d{2}")
_STATE = {
    "国发": "国务院",
    "国函": "国务院",
    "国办发": "国务院办公厅",
    "国办函": "国务院办公厅",
}
"""机关代字 that every county cites, with their issuers."""
_AMONG_NOTED_TITLES = re.compile(r"《[^《》]*》（[^（）]*号）《")
_NUMBER_BEFORE_TITLE = re.compile(PATTERN + "《")


def cited_number_form(annotated: AnnotatedDocument) -> Findings:
    """N018: a cited 发文字号 has 六角括号, no 第, no leading zero and no space (GB/T 9704-2012 §7.2.5)."""
    for passage in annotated.body:
        if "号" not in passage.text or not _YEAR.search(passage.text):
            continue
        for found in _MISWRITTEN.finditer(passage.text):
            meant = canonical_form(found[0])
            yield Finding(
                passage.at(found.start()),
                f"发文字号“{found[0]}”的写法不规范。",
                f"核对原件；应是“{meant}”。" if meant else "写作“国办发〔2020〕53号”的样子。",
                found[0],
            )


def cited_year_is_past(annotated: AnnotatedDocument) -> Findings:
    """N019: no cited number is of a year after the signature."""
    for passage, citation in annotated.citations:
        if citation.number.year > annotated.document.date.year:
            yield Finding(
                passage.at(citation.start),
                f"引用的“{citation.number}”晚于本文的成文日期（{annotated.document.date}）。",
                "核对引用的字号。",
                str(citation.number),
            )


def one_title_per_number(citations: Citations) -> Findings:
    """C016: the same cited number has the same title everywhere, and the archive's where it has it."""
    first: dict[str, tuple[str, str]] = {}
    for each in citations.cited:
        number, title = each.number, each.title
        if not title:
            continue
        published = citations.published.get(number)
        if published is not None and not _same(title, published):
            yield Finding(
                each.place,
                f"引用{number}的标题与本刊刊登的不同。",
                f"本刊刊登的是“{published}”。",
                title,
            )
            continue
        other = first.setdefault(number, (title, each.path))
        if not _same(other[0], title):
            yield Finding(
                each.place,
                f"{number}引用了两个标题：“{title}”与“{other[0]}”。",
                f"另一处在 {other[1]}。核对原件。",
                title,
            )


def _same(one: str, other: str) -> bool:
    """Tell whether two titles are the same but for spaces and the width of brackets."""

    def bare(title: str) -> str:
        table = str.maketrans({"(": "（", ")": "）", "〈": "《", "〉": "》", " ": None, "　": None})
        return title.translate(table)

    return bare(one) == bare(other)


def number_follows_title(annotated: AnnotatedDocument) -> Findings:
    """C017: a citation gives the title first, then the number in brackets (GB/T 9704-2012 §7.3.3 示例惯例)."""
    for passage, found in annotated.matches(_NUMBER_BEFORE_TITLE, annotated.body):
        yield Finding(
            passage.at(found.start()),
            f"引用公文应先写标题，后写发文字号：“{found[0]}……》”。",
            "写作“《标题》（发文字号）”。",
            found[0],
        )


def code_agrees_with_cited_issuer(annotated: AnnotatedDocument) -> Findings:
    """C018: the cited 机关代字 belongs to the issuer that the cited title begins with."""
    owners = _STATE | annotated.archive.codes
    for passage, citation in annotated.citations:
        owner = owners.get(citation.number.code)
        if owner is None or "关于" not in citation.title or citation.title.startswith("关于"):
            continue
        stated = citation.title.split("关于", 1)[0]
        if not stated.startswith(owner) and owner not in stated and stated not in owner:
            yield Finding(
                passage.at(citation.start),
                f"机关代字“{citation.number.code}”是{owner}的，所引标题的发文机关却是“{stated}”。",
                "核对所引公文的标题和字号。",
                str(citation.number),
            )


def noted_titles_are_separated(annotated: AnnotatedDocument) -> Findings:
    """T021: between titles in 《》 that carry notes stands a 、 (GB/T 15834-2011 §4.5.3.5)."""
    for passage in annotated.running:
        if found := _AMONG_NOTED_TITLES.search(passage.text):
            yield Finding(
                passage.at(found.end() - 1),
                "并列的书名号之间有括号里的字号，宜用顿号隔开。",
                "原件没有顿号的，照原样，可写明豁免理由。",
                found[0],
            )
