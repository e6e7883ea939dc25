"""The rule about periods whose length is stated beside their first and last day (code C070)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.dates import WrittenDate, dates
from liulin_gazette.check.grammar.quantities import COUNT, count
from liulin_gazette.check.rule import Finding, Findings

_DAY = r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日"
_HOUR = r"(?:[上下]午)?(?:\d{1,2}(?:时|:\d{2}|：\d{2}))?"
_PERIOD = (
    rf"(?P<first>{_DAY}){_HOUR}(?:零时)?(?:起|开始)?[，、]?(?:至|到|—{{1,2}}|－|-|～|~)"
    rf"(?P<last>(?:次年|翌年)?(?:{_DAY}|\d{{1,2}}日)){_HOUR}(?:止|结束)?"
)
_LENGTH = rf"(?P<number>{COUNT})(?P<unit>日|天|个工作日|个自然日|个日历日|周|个星期|个月|年)"
_NAME = (
    "(?:公示|公告|征集|申报|报名|活动|展览|试行|整治|培训|实施)?(?:时间|期限|期|时长)?(?:为|是|共|计|共计)?"
)
_THEN_LENGTH = re.compile(
    rf"{_PERIOD}[，,、；（(]?(?:一共|总共|共计|共|合计|总计|计|为期|历时|{_NAME}){_LENGTH}(?![以之内前后]|左右)"
)
_THEN_PERIOD = re.compile(
    rf"(?<![\d一二三四五六七八九十第每满少超于过至前后月]){_LENGTH}(?:[，,：:（(](?:即|{_NAME})(?:自|从)?|自|从){_PERIOD}"
)
_HOLIDAYS = (
    ((1, 1), (1, 3)),
    ((1, 19), (2, 28)),
    ((4, 3), (4, 7)),
    ((4, 29), (5, 5)),
    ((5, 25), (6, 25)),
    ((9, 8), (10, 8)),
)
"""First and last month and day between which public holidays fall, in one year or another."""
_SATURDAY = 5
_WEEK = 7
_MONTHS_OF_YEAR = 12


def periods_have_their_length(annotated: AnnotatedDocument) -> Findings:
    """C070: a period is as long as is said: 4月10日至4月16日，共7天. The first day may count or not."""
    for pattern in (_THEN_LENGTH, _THEN_PERIOD):
        for passage, match in annotated.matches(pattern, annotated.body):
            period = _period(match["first"], match["last"], annotated.document.date.year)
            number = count(match["number"])
            if period is None or not number:
                continue
            right = _right_lengths(*period, match["unit"])
            if number not in right:
                length = match["number"] + match["unit"]
                inclusive = (period[1] - period[0]).days + 1
                yield Finding(
                    passage.at(match.start("number")),
                    f"{match['first']}至{match['last']}首尾都算是{inclusive}天，这里写的是{length}。",
                    "核对原件的两个日期和天数。",
                    length,
                )


def _period(first: str, last: str, year: int) -> tuple[date, date] | None:
    """Return the days of a period as written; an end without a year is the next such day. None if it is none."""
    start = next(dates(first), None)
    begin = start.value(year) if start else None
    if start is None or begin is None:
        return None
    written = last.removeprefix("次年").removeprefix("翌年")
    end = next(dates(written if "月" in written else f"{start.month}月{written}"), None)
    if end is None:
        return None
    finish = _first_not_before(end, begin, later=written != last)
    return (begin, finish) if finish and finish >= begin else None


def _first_not_before(written: WrittenDate, begin: date, *, later: bool) -> date | None:
    """Return the day of ``written``, in the year of ``begin`` or, where that is past or ``later``, in the next."""
    if written.year:
        return written.value()
    same = None if later else written.value(begin.year)
    return same if same and same >= begin else written.value(begin.year + 1)


def _right_lengths(begin: date, finish: date, unit: str) -> set[int]:
    """Return the numbers of ``unit`` that the period may be said to last."""
    inclusive = (finish - begin).days + 1
    if unit in ("日", "天", "个自然日", "个日历日"):
        return {inclusive, inclusive - 1}
    if unit == "个工作日":
        return set(_working_days(begin, finish))
    if unit in ("周", "个星期"):
        return {inclusive // _WEEK, -(-inclusive // _WEEK)}
    months = _months(begin, finish)
    if unit == "个月":
        return months
    return {number // _MONTHS_OF_YEAR for number in months} | {
        -(-number // _MONTHS_OF_YEAR) for number in months
    }


def _working_days(begin: date, finish: date) -> Iterator[int]:
    """Yield how many working days a period may have: holidays may make them fewer, worked weekends more."""
    days = [begin + timedelta(days=number) for number in range((finish - begin).days + 1)]
    weekdays = sum(day.weekday() < _SATURDAY for day in days)
    near_holiday = [day for day in days if any(a <= (day.month, day.day) <= b for a, b in _HOLIDAYS)]
    worked_weekends = sum(day.weekday() >= _SATURDAY for day in near_holiday)
    fewest = weekdays - sum(day.weekday() < _SATURDAY for day in near_holiday)
    yield from range(max(fewest - 1, 0), weekdays + worked_weekends + 1)


def _months(begin: date, finish: date) -> set[int]:
    """Return the months that a period lasts: one number where they are whole, else the ones below and above.

    Months are whole to the day of the beginning or to the day before; the end of a shorter month stands for a day that
    it has not: 8月31日至11月30日.
    """
    after = finish + timedelta(days=1)
    months = (finish.year - begin.year) * _MONTHS_OF_YEAR + finish.month - begin.month
    if finish.day == begin.day or (after.day == 1 and begin.day > finish.day):
        return {months}
    if after.day == begin.day:
        return {(after.year - begin.year) * _MONTHS_OF_YEAR + after.month - begin.month}
    below = months if finish.day > begin.day else months - 1
    return {below, below + 1}
