"""Rules about slips in numbers: letters among digits, impossible years, telephones of the wrong length (codes T042–T045)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_HINT = "核对原件；原件如此的照印，写明豁免理由。"
_COUNTED = "万亿元年月日人名户项个亩台套份家所间%％"
_MIXED = re.compile(
    # All begin with one of these: one look at it spares eleven where there is other text.
    r"(?=[\d.OolI%％一二三四五六七八九十百А-Яа-яЁё])(?:"
    rf"(?<![A-Za-z\d.\-/])(?=[\dOo]*\d)(?=\d*[Oo])[\dOo]{{2,}}(?=[{_COUNTED}])"
    rf"|(?<![A-Za-z\d.\-/])(?=[\dlIOo]*\d)(?=\d*[lI])[\dlIOo]{{2,}}(?=[{_COUNTED}])"
    r"|(?<![A-Za-z\d.\-/])[1-9]\d*O[\dO]+(?![A-Za-z\d])"
    r"|(?<![\d一二三四五六七八九十百千〇零])(?=\d+[一二三四五六七八九〇零])[12]\d[\d一二三四五六七八九〇零]{2}(?=年)"
    r"|(?<=\d)\.\.(?=\d)"
    r"|(?<![\d.附件第表图例〔、\-])[1-9]\d{0,2}，\d{3}(?=(?:万|亿)?(?:元|人|户|亩|吨|平方米|公里|公顷|千瓦)(?![一-鿿]{0,4}以上))"
    r"|(?<![\d.附件第表图例〔、\-])(?<!\d，)(?<!满分)\d{1,4}[，。](?=\d{1,2}(?:亿|[%％](?!的|以[上下内外])))"
    r"|(?<=\d)(?:[%％]{2}|[%％]‰)"
    r"|(?<![A-Za-z\d.\-/])(?:\d[Ool]|[Ool]\d)(?=分钟|小时|[天人]内|周岁|公里|平方米)"
    r"|(?<=第)(?:[一二三四五六七八九十百]+\d+|\d+[一二三四五六七八九十百]+)(?=[条次届章节款项号期])"
    r"|[А-Яа-яЁё]+)"
)
_YEAR = re.compile(
    r"(?<![\d.．，,\-—～~至到/:：A-Za-z])(?P<year>\d{3,5})年(?P<month>\d{1,2}月)?(?![间内以龄期来])"
)
_FARTHEST = 2060
"""The last year for which plans are made (碳中和)."""
_LONG_AGO = 100
"""A document of this century and the last tells its days by years not farther back than this."""
_PHONE = re.compile(r"(?<![\d\-])(?P<area>0\d{2,3})[-－—](?P<number>\d{5,10})(?![\d])")
_NUMBERED_YEAR = re.compile(r"[字发函办令号告知]〔(?P<year>\d{1,6})〕(?:第?\d+号)")


def numbers_are_of_digits(annotated: AnnotatedDocument) -> Findings:
    """T042: no letter O or l, Han digit, comma, stop, second point or Cyrillic letter stands in a number or a word.

    48O万元, 20二6年, 283，000万元, 98。2%, 第八十6次.
    """
    for passage, match in annotated.matches(_MIXED):
        yield Finding(
            passage.at(match.start()), f"“{_around(match)}”里混进了别的字符“{match[0]}”。", _HINT, match[0]
        )


def years_can_be(annotated: AnnotatedDocument) -> Findings:
    """T043: a year has four digits and is not far off: not 2206年, 206年3月, 20226年."""
    for passage, match in annotated.matches(_YEAR):
        digits = match["year"]
        year = int(digits)
        is_wrong = (
            digits[0] == "0"
            or (len(digits) == 5 and digits[:2] in ("19", "20"))
            or (
                len(digits) == 4
                and year > max(_FARTHEST, annotated.document.date.year)
                and (year % 100 or match["month"])
            )
            or (len(digits) == 4 and match["month"] and year < annotated.document.date.year - _LONG_AGO)
            or (len(digits) == 3 and match["month"] is not None)
        )
        if is_wrong:
            yield Finding(
                passage.at(match.start()), f"“{match[0]}”：年份可能漏打、重打或颠倒了数字。", _HINT, match[0]
            )
        elif len(digits) == 3 and re.fullmatch("20[12]|2[0-2][0-9]", digits):
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”：年份可能漏打了数字。",
                _HINT,
                match[0],
                Severity.NOTE,
            )


def phones_can_be_dialled(annotated: AnnotatedDocument) -> Findings:
    """T044: a telephone in the text has seven or eight digits after an area code that there is; C064 knows this area."""
    for passage, match in annotated.matches(_PHONE, annotated.body):
        area, number = match["area"], match["number"]
        if not 7 <= len(number) <= 8:
            message = f"“{match[0]}”：{len(number)}位号码，可能多打或漏打了数字。"
        elif len(area) == 3 and area != "010" and area[1] != "2":
            message = f"“{match[0]}”：没有区号{area}。"
        else:
            continue
        yield Finding(passage.at(match.start()), message, "核对号码能不能打通。", match[0])


def cited_years_are_whole(annotated: AnnotatedDocument) -> Findings:
    """T045: the year in a cited number has four digits of this time: not 〔206〕, 〔0226〕."""
    for passage, match in annotated.matches(_NUMBERED_YEAR):
        year = int(match["year"])
        if not (len(match["year"]) == 4 and 1949 <= year <= annotated.document.date.year + 1):
            yield Finding(
                passage.at(match.start("year") - 1), f"“{match[0]}”：字号里的年份不对。", _HINT, match[0]
            )


def _around(match: re.Match[str]) -> str:
    """Return the match with some characters before and after it."""
    return match.string[max(match.start() - 3, 0) : match.end() + 3]
