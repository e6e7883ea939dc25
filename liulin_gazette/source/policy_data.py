"""The fields of the front matter about the standing of a document: when it takes effect, and how long it is valid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from liulin_gazette.model.document import VALIDITIES, PolicyData
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import Value
from liulin_gazette.source.settings_tables.settings import YEARS
from liulin_gazette.text.numerals import BELOW_HUNDRED, written_number

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TERM = re.compile(rf"(?P<years>{BELOW_HUNDRED})\s*年?")


def policy_data(
    values: Mapping[str, Value], document_date: date | None, findings: FindingCollector
) -> PolicyData:
    """Return the policy data in front-matter ``values``.

    ``document_date`` is 成文日期, from which 有效期 counts where there is no 施行日期. Malformed values (B008, B009), and
    dates that contradict each other (B009), are reported.
    """

    def text(key: str) -> str:
        return values[key].text if key in values else ""

    def day(key: str) -> date | None:
        return read_date(values[key], findings) if key in values else None

    validity = text("有效性")
    if validity and validity not in VALIDITIES:
        findings.error(
            "B008",
            values["有效性"].place,
            f"有效性“{validity}”写法不对。",
            f"可用的有：{'、'.join(VALIDITIES)}。",
        )
    effective, expires, repealed = day("施行日期"), day("有效期至"), day("废止日期")
    term = _term(values["有效期"], findings) if "有效期" in values else 0
    start = effective or document_date
    last = _last_day(start, term) if start and term else None
    if expires and last and expires not in (last, last + timedelta(days=1)):
        findings.error(
            "B009",
            values["有效期至"].place,
            f"有效期至{expires}，按有效期{term}年算却至{last}。",
            "核对原件，两项留一项即可。",
        )
    for key, end in (("有效期至", expires), ("废止日期", repealed)):
        if end and start and end < start:
            begin = "施行日期" if effective else "成文日期"
            findings.error(
                "B009", values[key].place, f"{key}（{end}）早于{begin}（{start}）。", "核对两个日期。"
            )
    return PolicyData(
        text("索引号"),
        text("主题分类"),
        day("发布日期"),
        validity,
        effective=effective,
        expires=expires or last,
        term=term,
        repealed=repealed,
        registration=text("统一登记号"),
    )


def read_date(value: Value, findings: FindingCollector) -> date | None:
    """Return the day in ``value``; None, reported (B009), if it is malformed, impossible or out of range."""
    hint = "写作“2026-01-12”的样子：年四位、月两位、日两位。"
    match = _DATE.fullmatch(value.text)
    if match is None:
        findings.error("B009", value.place, f"日期“{value.text}”写法不对。", hint)
        return None
    if int(match[1]) not in YEARS:
        findings.error(
            "B009",
            value.place,
            f"日期“{value.text}”的年份不合情理。",
            f"应在 {YEARS[0]} 与 {YEARS[-1]} 之间；核对原件。",
        )
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        findings.error("B009", value.place, f"没有“{value.text}”这一天。", "核对原件的日期。")
        return None


def _term(value: Value, findings: FindingCollector) -> int:
    """Return 有效期 in years; 0, reported (B008), if it is no number of years."""
    match = _TERM.fullmatch(value.text)
    years = written_number(match["years"]) if match else 0
    if not years:
        findings.error(
            "B008",
            value.place,
            f"有效期“{value.text}”写法不对。",
            "写作“5年”；到某一天为止的，改写“有效期至: 2031-02-28”。",
        )
    return years


def _last_day(start: date, years: int) -> date:
    """Return the last day of ``years`` years from ``start``: the day before the anniversary."""
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:  # 29 February; the year has none.
        anniversary = date(start.year + years, 3, 1)
    return anniversary - timedelta(days=1)
