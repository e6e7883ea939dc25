"""Rules about numerals in running text, after GB/T 15835-2011 (codes T015–T019)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings

_HYPHEN = re.compile(
    r"(?<![0-9A-Za-z_.\-/〔])(?<![A-Z] )(?P<range>(?:0|[1-9]\d{0,3})(?:\.\d+)?(?:周岁|月龄|岁|日|月|年|天)?-[1-9]\d{0,3}(?:\.\d+)?)"
    r"(?=[年月日天个元万亿岁周米公里倍名人次小时分吨亩%％）]|$)"
)
_DROPPED = re.compile(r"(?<![\d.])\d+(?:\.\d+)?[-—～~至]\d+(?:\.\d+)?(?P<unit>[万亿]|%|％)")
_YEAR_IN_HAN = re.compile(r"[一二][九零〇○][一二三四五六七八九零〇○]{2}年")
_YEAR_IN_DIGITS = re.compile(r"(?:19|20)\d{2}年")
_SHORT_YEAR = re.compile(r"(?<![\d年近前后])[0-9]{2}年(?=\d{1,2}月)")
_PADDED = re.compile(r"\d{4}年(?:0\d月\d{1,2}日|\d{1,2}月0\d日|0\d月)")
_LATIN_ROMAN = re.compile(r"(?<![A-Za-z])(?:I{1,3}|IV|V)(?=[级类型、])")
_ROMAN = re.compile("[Ⅰ-Ⅻ]")


def ranges_have_a_dash(annotated: AnnotatedDocument) -> Findings:
    """T015: a range of numbers is written with — or ～, not with a hyphen (GB/T 15834-2011 §4.13.3)."""
    for passage, match in annotated.matches(_HYPHEN, annotated.running):
        yield Finding(
            passage.at(match.start()),
            f"数值范围“{match['range']}”用了短横。",
            "宜用“～”或“—”；原件如此的照印。",
            match["range"],
        )


def units_are_not_dropped(annotated: AnnotatedDocument) -> Findings:
    """T016: in a range both numbers have their 万, 亿 or % (GB/T 15835-2011 §5.1.3)."""
    for passage, match in annotated.matches(_DROPPED, annotated.body):
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”的前一个数省去了“{match['unit']}”。",
            "两个数都写明单位，免得误解；原件如此的照印。",
            match[0],
        )


def years_are_written_alike(annotated: AnnotatedDocument) -> Findings:
    """T017: years are either all in digits or all in Chinese numerals (GB/T 15835-2011 §4)."""
    if not _YEAR_IN_DIGITS.search(annotated.text):
        return
    for passage, match in annotated.matches(_YEAR_IN_HAN, annotated.running):
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”用汉字，文中其他年份用数字。",
            "核对原件；原件如此的照印。",
            match[0],
        )


def dates_are_written_in_full(annotated: AnnotatedDocument) -> Findings:
    """T018: a year has four digits; a month or day has no leading zero (GB/T 9704-2012 §7.3.5.4)."""
    for passage in annotated.body:
        if "月" not in passage.text:
            continue
        for pattern, problem in ((_SHORT_YEAR, "年份应写四位"), (_PADDED, "月、日前不加0")):
            for match in pattern.finditer(passage.text):
                yield Finding(passage.at(match.start()), f"“{match[0]}”：{problem}。", "核对原件。", match[0])


def roman_numerals_are_alike(annotated: AnnotatedDocument) -> Findings:
    """T019: Roman numerals are either all Latin letters (II) or all single characters (Ⅱ)."""
    if not _ROMAN.search(annotated.text):
        return
    for passage in annotated.running:
        if match := _LATIN_ROMAN.search(passage.text):
            yield Finding(
                passage.at(match.start()),
                f"罗马数字“{match[0]}”用的是拉丁字母，文中别处用“Ⅰ、Ⅱ”。",
                "全文宜统一，便于检索；原件如此的照印。",
                match[0],
            )
            return
