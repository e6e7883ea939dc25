"""Rules about citations of other documents (codes N018, N019, C016–C018, C062, T021)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.title_comparison import are_same_title, is_same_without_issuer
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Citations, Finding, Findings
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.document_number import PATTERN, canonical_form

_CODE_END = "发函字办电规文通党政秘"
_MISWRITTEN = re.compile(
    rf"[一-鿿]{{1,8}}[{_CODE_END}][\[［【（(〈„‟](?:19|20)\d{{2}}[\]］】）)〉”‟]\s*第?\s*\d{{1,5}}\s*号"
    r"|(?<=》（)[一-鿿]{2,9}[\[［【（(〈„‟](?:19|20)\d{2}[\]］】）)〉”‟]\s*第?\s*\d{1,5}\s*号"
    r"|[一-鿿]{2,9}(?:〔(?:\d{2}|\d{4})〕(?:\s+\d{1,5}\s*号|\s*第\s*\d{1,5}\s*号|0\d{0,4}号|\d{1,5}\s+号)"
    r"|〔\d{2}〕\d{1,5}号)"
)
_YEAR = re.compile(r"[\[［【（(〈„‟〔]\d{2}")
_STATE_COUNCIL = {
    "国发": "国务院",
    "国函": "国务院",
    "国办发": "国务院办公厅",
    "国办函": "国务院办公厅",
}
"""The issuers of the 机关代字 of the State Council, which every county cites."""
_ISSUED = re.compile(r"关于(?:印发|修订|发布|公布|下发)(?P<title>.+)的(?:通知|公告|通告|决定)$")
_AMONG_NOTED_TITLES = re.compile(r"《[^《》]*》（[^（）]*号）《")
_NUMBER_PARTS = re.compile("[〔〕]")
_REPEALING = re.compile("废止|失效|清理")
LEAST_CATALOGUE = 3
"""Numbers in a form that is not today's which make a catalogue of old documents."""
LEAST_TITLE = 8
"""Characters of a title that is not the same as another by chance."""
_NUMBER_BEFORE_TITLE = re.compile(PATTERN + "《")


def cited_number_form(annotated: AnnotatedDocument) -> Findings:
    """N018: a cited 发文字号 has 〔〕, no 第, no leading zero and no space (GB/T 9704-2012 §7.2.5).

    Old documents bear other forms. A table of them, or a document that repeals several, is one finding, and no fix
    rewrites it: whether a catalogue gives a number as it was written then is for the office to decide.
    """
    found: dict[int, list[tuple[Passage, re.Match[str]]]] = {}
    repeals = _REPEALING.search(annotated.document.title) is not None
    for passage in annotated.body:
        if "号" in passage.text and _YEAR.search(passage.text):
            catalogue = 0 if repeals else id(passage.block) if passage.kind == "cell" else id(passage)
            found.setdefault(catalogue, []).extend(
                (passage, each) for each in _MISWRITTEN.finditer(passage.text)
            )
    for catalogue, numbers in found.items():
        first, match = next(iter(numbers), (None, None))
        if first is None or match is None:
            continue
        if len(numbers) >= LEAST_CATALOGUE and (repeals or first.kind == "cell"):
            yield Finding(
                Place(first.path, first.line),
                f"{'本文' if catalogue == 0 else '这个表'}有{len(numbers)}个发文字号的写法不规范，第一个是“{match[0]}”。",
                "旧文件当年就这样写、目录照录的，核对后写一条豁免，全部照印；要改的，逐个改为六角括号〔〕，不加“第”。",
                match[0],
            )
            continue
        for passage, each in numbers:
            canonical = canonical_form(each[0])
            yield Finding(
                passage.at(each.start()),
                f"发文字号“{each[0]}”的写法不规范。",
                f"核对原件；应是“{canonical}”。" if canonical else "写作“国办发〔2020〕53号”的样子。",
                each[0],
            )


def cited_year_is_past(annotated: AnnotatedDocument) -> Findings:
    """N019: the year of a cited number is not after that of 成文日期."""
    for passage, citation in annotated.citations:
        if citation.number.year > annotated.document.date.year:
            yield Finding(
                passage.at(citation.start),
                f"引用的“{citation.number}”晚于本文的成文日期（{annotated.document.date}）。",
                "核对引用的字号。",
                str(citation.number),
            )


def one_title_per_number(citations: Citations) -> Findings:
    """C016: a number is cited with the same title everywhere, and with that under which it was published here.

    Mostly cited is not the 通知 that bears the number, but what it issues.
    """
    first: dict[str, tuple[str, str]] = {}
    for citation in citations.cited:
        number, title = citation.number, citation.title
        if not title:
            continue
        published = citations.published.get(number)
        if published is not None and not (
            any(_may_be_same(title, each) for each in published) or _issues(published[0], title)
        ):
            yield Finding(
                citation.place,
                f"引用{number}的标题与本刊刊登的不同。",
                f"本刊刊登的是“{published[0]}”。",
                title,
            )
            continue
        other = first.setdefault(number, (title, citation.path))
        if not (_may_be_same(other[0], title) or _issues(other[0], title) or _issues(title, other[0])):
            yield Finding(
                citation.place,
                f"{number}引用了两个标题：“{title}”与“{other[0]}”。",
                f"另一处在 {other[1]}。核对原件。",
                title,
            )


def one_number_per_title(citations: Citations) -> Findings:
    """C062: what was published here is cited by the number that it bears here.

    Notices of several years may have one title, so that only a number that is nearly the right one is a warning.
    """
    for citation in citations.cited:
        if len(citation.title) < LEAST_TITLE or citation.number in citations.published:
            continue
        bearing = [
            number
            for number, titles in citations.published.items()
            if any(_may_be_same(citation.title, each) for each in titles)
        ]
        if not bearing or any(citation.number.endswith(number) for number in bearing):
            continue
        is_near = any(_differs_in_one_part(citation.number, number) for number in bearing)
        yield Finding(
            citation.place,
            f"《{citation.title}》在本刊的字号是{'、'.join(bearing)}，这里写的是{citation.number}。",
            "核对引用的字号；是别的年份的同名文件的，写明豁免理由。",
            citation.number,
            None if is_near else Severity.NOTE,
        )


def _differs_in_one_part(one: str, other: str) -> bool:
    """Tell whether two numbers differ only in their 机关代字, or only in their year, or only in their serial number."""
    parts, other_parts = _NUMBER_PARTS.split(one), _NUMBER_PARTS.split(other)
    return (
        len(parts) == len(other_parts) and sum(a != b for a, b in zip(parts, other_parts, strict=True)) == 1
    )


def _may_be_same(one: str, other: str) -> bool:
    return are_same_title(one, other) or is_same_without_issuer(one, other)


def _issues(title: str, instrument: str) -> bool:
    """Tell whether a document with ``title`` is one that issues ``instrument``: 关于印发…的通知."""
    issued = _ISSUED.search(title)
    return issued is not None and are_same_title(issued["title"].strip("《》〈〉"), instrument)


def number_follows_title(annotated: AnnotatedDocument) -> Findings:
    """C017: a citation gives the title first, then the number in brackets (GB/T 9704-2012 §7.3.3 示例惯例)."""
    for passage, match in annotated.matches(_NUMBER_BEFORE_TITLE, annotated.body):
        yield Finding(
            passage.at(match.start()),
            f"引用公文应先写标题，后写发文字号：“{match[0]}……》”。",
            "写作“《标题》（发文字号）”。",
            match[0],
        )


def code_agrees_with_cited_issuer(annotated: AnnotatedDocument) -> Findings:
    """C018: a cited 机关代字 belongs to the issuer at the head of the cited title."""
    owners = {code: (name,) for code, name in _STATE_COUNCIL.items()} | annotated.archive.codes
    for passage, citation in annotated.citations:
        holders = owners.get(citation.number.code, ())
        if not holders or "关于" not in citation.title or citation.title.startswith("关于"):
            continue
        stated = citation.title.split("关于", 1)[0]
        if not any(owner in stated or stated in owner for owner in holders):
            yield Finding(
                passage.at(citation.start),
                f"机关代字“{citation.number.code}”是{'、'.join(holders)}的，所引标题的发文机关却是“{stated}”。",
                "核对所引公文的标题和字号。",
                str(citation.number),
            )


def noted_titles_are_separated(annotated: AnnotatedDocument) -> Findings:
    """T021: titles in 《》 that are followed by notes in brackets are separated by 、 (GB/T 15834-2011 §4.5.3.5)."""
    for passage in annotated.running:
        if match := _AMONG_NOTED_TITLES.search(passage.text):
            yield Finding(
                passage.at(match.end() - 1),
                "并列的书名号之间有括号里的字号，宜用顿号隔开。",
                "原件没有顿号的，照原样，可写明豁免理由。",
                match[0],
            )
