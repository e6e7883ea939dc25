"""Rules about dates, periods and the bounds of ranges in the text (codes C007–C011, C067)."""

from __future__ import annotations

import itertools
import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import bounds, plain_number
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.reversed_bounds import bounds_are_in_order
from liulin_gazette.model.diagnostics import Severity

_WEEKDAY = re.compile(r"[（(，]?(?:星期|周)([一二三四五六日天])(?![一-鿿]{0,40}(?:次|期))")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_BETWEEN = re.compile(r"(?:起)?(?:至|到|—{1,2}|－|-|～|~|开始[，、]?(?:至|到)?|起[，、]?(?:至|到))")
_NEXT_YEAR = re.compile(r"次年|翌年|第二年|来年|农历|每年")
_EFFECTIVE = re.compile(r"起(?:正式)?(?:施行|实施|执行|生效)")


def bounds_meet(annotated: AnnotatedDocument) -> Findings:
    """C007: the value at which two ranges meet belongs to exactly one of them (含 on one side only)."""
    yield from bounds_are_in_order(annotated)
    for passage in annotated.body:
        known = [bound for bound in bounds(passage.text) if bound.included is not None]
        for below in (bound for bound in known if bound.side == "below"):
            for above in (bound for bound in known if bound.side == "above"):
                meet = (below.value, below.unit) == (above.value, above.unit)
                if meet and below.included == above.included:
                    problem = "两边都含" if below.included else "两边都不含"
                    yield Finding(
                        passage.at(above.start),
                        f"“{below.text}”与“{above.text}”{problem}{plain_number(above.value)}{above.unit}。",
                        "分界的一点只能归一边；核对原件，原件如此的照印，写明豁免理由。",
                        above.text,
                    )


def periods_run_forward(annotated: AnnotatedDocument) -> Findings:
    """C008: a period does not end before it starts; an end without a year is in the year of the start, or the next.

    In autumn a period may run over the end of the year: 11月1日至3月31日.
    """
    dates = annotated.dates
    for (passage, start), (next_passage, end) in itertools.pairwise(dates):
        if passage is not next_passage or _NEXT_YEAR.search(passage.text):
            continue
        between = passage.text[start.end : end.start]
        is_period = _BETWEEN.fullmatch(between) or (
            between in ("开始，", "起，", "启动，")
            and passage.text[end.end : end.end + 2] in ("结束", "截止", "止。", "止，")
        )
        first = start.value(start.year or annotated.document.date.year)
        last = end.value(end.year or start.year or annotated.document.date.year)
        is_over_new_year = not end.year and start.month >= 7 and end.month < start.month
        if is_period and first and last and last < first and not is_over_new_year:
            yield Finding(
                passage.at(end.start),
                f"从{start.text}到{end.text}，结束早于开始。",
                "核对原件的两个日期；跨年的写明年份。",
                end.text,
                None if start.year else Severity.WARNING,
            )


def weekdays_agree(annotated: AnnotatedDocument) -> Findings:
    """C009: the weekday after a full date is the right one."""
    for passage, written in annotated.dates:
        match = _WEEKDAY.match(passage.text, written.end)
        day = written.value() if written.year else None
        if match and day and "一二三四五六日".index(match[1].replace("天", "日")) != day.weekday():
            right = "一二三四五六日"[day.weekday()]
            yield Finding(
                passage.at(match.start()),
                f"{written.text}是星期{right}，不是星期{match[1]}。",
                "核对原件的日期和星期。",
                match[0],
            )


def weekdays_without_a_year_agree(annotated: AnnotatedDocument) -> Findings:
    """C067: the weekday after a date without a year is right in the document's year, or in another that is near.

    That is a year that its paragraph names, the next one for an earlier month, and the last one for a later month.
    """
    signed = annotated.document.date
    for passage, written in annotated.dates:
        match = None if written.year else _WEEKDAY.match(passage.text, written.end)
        if match is None or not written.exists:
            continue
        years = {signed.year, *map(int, _YEAR.findall(passage.text))}
        if written.month < signed.month:
            years.add(signed.year + 1)
        if written.month > signed.month:
            years.add(signed.year - 1)
        weekday = "一二三四五六日".index(match[1].replace("天", "日"))
        days = [day for year in sorted(years) if (day := written.value(year))]
        if days and all(day.weekday() != weekday for day in days):
            in_year = written.value(signed.year) or days[0]
            yield Finding(
                passage.at(match.start()),
                f"{in_year.year}年{written.text}是星期{'一二三四五六日'[in_year.weekday()]}，不是星期{match[1]}。",
                "核对原件的日期和星期；是别的年份的，写明年份。",
                match[0],
            )


def dates_exist(annotated: AnnotatedDocument) -> Findings:
    """C010: a date is a day of the calendar."""
    for passage, written in annotated.dates:
        exists = written.value() is not None if written.year else written.exists
        if not exists:
            yield Finding(
                passage.at(written.start),
                f"没有“{written.text}”这一天。",
                "核对原件的日期。",
                written.text,
            )


def effect_follows_signature(annotated: AnnotatedDocument) -> Findings:
    """C011: an instrument does not take effect before it is signed."""
    for passage, written in annotated.dates:
        day = written.value() if written.year else None
        before = passage.text[max(written.start - 8, 0) : written.start]
        is_of_this_document = re.search(
            r"(?:本|此)(?:办法|规定|方案|制度|细则|通知|预案|意见|决定|条例)自$", before
        )
        if (
            day
            and is_of_this_document
            and _EFFECTIVE.match(passage.text, written.end)
            and day < annotated.document.date
        ):
            yield Finding(
                passage.at(written.start),
                f"施行日期（{written.text}）早于成文日期（{annotated.document.date}）。",
                "核对两个日期；确实追溯的照印，写明豁免理由。",
                written.text,
            )
