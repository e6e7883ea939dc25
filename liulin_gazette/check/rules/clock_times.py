"""Rules about times of the day, rates and days by which work is done (codes C042, C043, C048, C055)."""

from __future__ import annotations

import re
from datetime import date

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.dates import WrittenDate
from liulin_gazette.check.grammar.sentences import is_quoted, sentence_at
from liulin_gazette.check.rule import Finding, Findings

_TIME = r"(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})(?![\d:：])|[点时](?![一-鿿]{0,2}(?:以上|分值))(?:(?P<minutes>\d{1,2})分)?)"
_AFTER_A_DAY = re.compile(
    rf"(?<=[日午晨晚上天早])(?<!\d天)(?:[（(][^（）()]{{1,6}}[）)])?[， ]?{_TIME}(?!\d|个)"
)
_TO_A_TIME = re.compile(
    r"(?<![\d:：.])(?:[01]?\d|2[0-4])[:：][0-5]\d[-—–～~至到]+(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?![\d:：])"
)
_RATE = re.compile(
    r"(?P<rate>覆盖率|合格率|普及率|到位率|参与率|满意率|满意度|知晓率|处置率|接种率|出勤率|整改率|办结率|达标率|绿化率|绿化覆盖率|优良率|入住率|签约率|上线率|回访率|通过率|治愈率|利用率|成活率|入户率|见面率|落实率|发放率|完好率|硬化率|通达率|通车率|受理率|公示率|参保率|建档率|巩固率|入学率|就业率|安置率|处理率|收集率|清运率|安装率|结案率|破案率|拆除率|城镇化率|城市化率|自给率|保障率|占有率|录取率|签约服务率|知晓度|支持率|得票率)"
    r"(?:要|应|均|都|力争|确保|稳定|保持){0,2}(?:达到?|为|在|至|提高到|提升到|不低于|不少于|超过){0,2}(?P<number>\d{1,4}(?:\.\d+)?)[%％]"
)
_RATES_BEYOND = ("毛", "超", "拨备")
"""What stands before the name of a rate that may be more than 100 %: 毛入学率."""
_NO_MORNING = re.compile(
    r"(?:上午|早上|早晨|清晨|凌晨)(?:1[3-9]|2[0-3])(?:[:：][0-5]\d(?![\d:：])|[点时](?!代))"
)
_NO_AFTERNOON = re.compile(r"下午0?[89][:：][0-5]\d[-—–～~至到]+1[12][:：][0-5]\d(?!\d)")
_SPAN = re.compile(
    r"(?<![\d:：.])(?P<hour>1[3-9]|2[0-3])(?:[:：](?P<minute>[0-5]\d)|[时点](?:(?P<minutes>[0-5]?\d)分)?)[-—–～~至到]+"
    r"(?P<end>\d{1,2})(?:[:：](?P<end_minute>[0-5]\d)(?![\d:：])|[时点](?:(?P<end_minutes>[0-5]?\d)分)?)"
)
"""A span of time that begins in the afternoon by the clock of 24 hours."""
LONGEST_BACKWARD = 5 * 60
"""Minutes; a span that ends earlier than it begins by more runs over midnight."""
_NEXT_DAY = re.compile("次日|翌日|第二天|隔日|24小时|夜")
_DUE = re.compile(
    r"(?:务必|必须|确保|力争|要|须|应|请)(?:于|在)?(?P<year>20\d{2})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底)?|年?底)(?:前|之前|以前)"
)
_DONE = re.compile("已|曾|原|未能?|逾期|没有|当时|此前|去年|尚未|依法应|本应")


def times_exist(annotated: AnnotatedDocument) -> Findings:
    """C042: a time of the day has at most 24 hours and 59 minutes."""
    for pattern in (_AFTER_A_DAY, _TO_A_TIME):
        for passage, match in annotated.matches(pattern, annotated.body):
            hour, minute = int(match["hour"]), int(match["minute"] or match.groupdict().get("minutes") or 0)
            if hour > 24 or minute > 59 or (hour == 24 and minute):
                yield Finding(
                    passage.at(match.start("hour")),
                    f"没有“{match[0].lstrip('， ')}”这个时刻。",
                    "核对原件的时间。",
                    match[0].lstrip("， "),
                )


def times_fit_their_part_of_the_day(annotated: AnnotatedDocument) -> Findings:
    """C055: an hour is one of the part of the day that is named with it, and working hours run forward."""
    for pattern, problem in (
        (_NO_MORNING, "不在上午"),
        (_NO_AFTERNOON, "像是上午的时间"),
        (_SPAN, "结束早于开始"),
    ):
        for passage, match in annotated.matches(pattern, annotated.body):
            if _NEXT_DAY.search(sentence_at(passage.text, match.start())):
                continue
            if pattern is _SPAN and not _runs_backward(match):
                continue
            yield Finding(passage.at(match.start()), f"“{match[0]}”{problem}。", "核对原件的时间。", match[0])


def _runs_backward(match: re.Match[str]) -> bool:
    """Tell whether the span in ``match`` ends before it begins, by too little to run over midnight."""
    start = int(match["hour"]) * 60 + int(match["minute"] or match["minutes"] or 0)
    end = int(match["end"]) * 60 + int(match["end_minute"] or match["end_minutes"] or 0)
    return 0 < start - end <= LONGEST_BACKWARD


def rates_are_at_most_all(annotated: AnnotatedDocument) -> Findings:
    """C043: a rate of what can be at most all (合格率, 覆盖率) is at most 100 %."""
    for passage, match in annotated.matches(_RATE):
        before = passage.text[: match.start()]
        if float(match["number"]) > 100 and not before.endswith(_RATES_BEYOND):
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”超过100%。",
                "核对原件的数字；按规定算法可以超过的，写明豁免理由。",
                match[0],
            )


def work_is_due_later(annotated: AnnotatedDocument) -> Findings:
    """C048: what a document demands is due after its 成文日期 (a year left from last year's text)."""
    signed = annotated.document.date
    for passage, match in annotated.matches(_DUE, annotated.running):
        due = _last_day(int(match["year"]), int(match["month"] or 12), int(match["day"] or 0))
        if due is None or due >= signed or is_quoted(passage.text, match.start()):
            continue
        if _DONE.search(sentence_at(passage.text, match.start())):
            continue
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”早于成文日期（{signed}）。",
            "看年份是不是从上一年的文件带来的；原件如此的照印，写明豁免理由。",
            match[0],
        )


def _last_day(year: int, month: int, day: int) -> date | None:
    """Return the day; the last one of the month if ``day`` is 0; None if there is no such day."""
    if day:
        return WrittenDate("", 0, 0, year, month, day).value()
    if not 1 <= month <= 12:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
