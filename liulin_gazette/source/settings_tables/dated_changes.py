"""Settings that change from an issue, or a day, on (变更)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from liulin_gazette.model.dated_settings import first_day
from liulin_gazette.model.publication import Era, Publication
from liulin_gazette.model.series import PeriodChange, Series, Since, periods
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.frozen_settings import frozen_text
from liulin_gazette.source.settings_tables.gazette_settings import gazette
from liulin_gazette.source.settings_tables.period_settings import changed_per_year
from liulin_gazette.source.settings_tables.settings import YEARS, Settings
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

CHANGES = "变更"
OUT_OF_ORDER = "“变更”要按先后写"
"""How the message about an entry begins that stands after a later one."""
CHANGEABLE = (
    "名称", "拼音刊名", "主办单位", "刊期", "每年期数", "网站名称", "赠阅范围", "区号", "封底", "版面", "印刷", "校核",
)  # fmt: skip
"""What an entry of 变更 may change."""
_FIXED = {
    "文件名前缀": "以前各期的文件名和网址公布以后不变，它不能中途改；沿用原来的前缀。",
    "网址": "全站只有一个网址，直接改文件开头的“网址”；已发布各期的 PDF 不受影响。",
    "检索用词": "它是全站的，直接改“检索用词”一节。",
    "成品": "它是全站的，直接改文件开头的“成品”。",
    "归档": "它是全站的，直接改“归档”一节。",
    "门户": "它是全站的，直接改“门户”一节。",
    "网站": "它是全站的，直接改“网站”一节。",
    "网站标识": "它是全站的，直接改“网站标识”各节。",
    "发文机关": "在“发文机关”里写“自”“至”，一个名称一项。",
    "期号起算": "它是数期号的起点，不变；每年期数变了，在这里写“每年期数”。",
    "期号例外": "它们各自写明年和期，不必写在变更里。",
    "栏目": "栏目写在各期的 issue.toml 里，下一期改了就是改了。",
    "体裁": "体裁不分先后，直接改“体裁”各节；已发布的各期仍按发布时的体裁。",
    "读音": "读音不分先后，直接改“读音”一节；公布过的网址要靠它，其中的字不要改。",
}
"""What an entry of 变更 cannot change, and what to do instead."""
_SINCE = (
    "从一期起的",
    AdvisedAct(Act.WRITE_TEXT, "2027-1"),
    "；从一天起的",
    AdvisedAct(Act.WRITE_BARE, "2027-01-01"),
    "。",
)
"""How 自 is written."""
_ISSUE = re.compile(r"(\d{4})-(\d{1,2})")


def with_changes(settings: Settings) -> Publication:
    """Return the publication of ``settings`` with its eras, and without issues; entries of 变更 that cannot be understood are reported."""
    first = replace(gazette(settings), settings_json=frozen_text(settings.values))
    eras = [Era(None, first)]
    series, merged = first.series, settings
    changed: dict[str, set[str]] = {}
    for entry in settings.tables(CHANGES, required=False):
        _report_keys(entry)
        since = _since(entry, series)
        if since is None or not _is_later(entry, since, eras[-1].since, series):
            continue
        _report_repeated(entry, since, changed)
        merged, era = _era(entry, since, merged)
        series = _series_after(entry, since, merged, series)
        eras.append(era)
    if len(eras) == 1:
        return Publication(first)
    # Whatever the time, the series is one: every era knows all changes of its periods.
    of_one_series = tuple(Era(era.since, replace(era.settings, series=series)) for era in eras)
    return Publication(of_one_series[0].settings, eras=of_one_series)


def _is_later(entry: Settings, since: Since, last: Since | None, series: Series) -> bool:
    """Return whether ``entry`` holds from a day not before ``last``, that of the entry before it; else report it."""
    if last is None or first_day(series, since) >= first_day(series, last):
        return True
    entry.findings.error(
        "B008",
        entry.place("自"),
        f"{OUT_OF_ORDER}：{since}排在{last}之后。",
        "把这一项移到前面，早的在前。",
    )
    return False


def _report_repeated(entry: Settings, since: Since, changed: dict[str, set[str]]) -> None:
    """Report what another entry changes from ``since`` on too; ``changed``, the keys by 自, gets those of ``entry``."""
    keys = changed.setdefault(str(since), set())
    for key in sorted(keys & set(entry.values)):
        entry.findings.error(
            "B008", entry.place(key), f"“{key}”自{since}起改了两次。", "留下对的一次，删去另一次。"
        )
    keys |= set(entry.values) - {"自"}


def _era(entry: Settings, since: Since, merged: Settings) -> tuple[Settings, Era]:
    """Return the settings ``merged`` with those of ``entry``, as written and as read."""
    changed = replace(entry, values={key: entry.values[key] for key in CHANGEABLE if key in entry.values})
    findings = FindingCollector()
    whole = replace(changed, findings=findings).over(replace(merged, findings=findings))
    settings = gazette(_reporting_to(whole, findings))
    entry.findings.add_new(findings.items)
    return whole, Era(since, replace(settings, settings_json=frozen_text(whole.values)))


def _series_after(entry: Settings, since: Since, merged: Settings, series: Series) -> Series:
    """Return ``series`` with the change of its periods that ``entry`` makes; ``merged`` are all settings since then."""
    before = series.period_changes[-1].per_year if series.period_changes else series.per_year
    per_year = changed_per_year(entry, merged, before)
    if per_year is None:
        return series
    return replace(series, period_changes=(*series.period_changes, PeriodChange(since, per_year)))


def _reporting_to(settings: Settings, findings: FindingCollector) -> Settings:
    """Return ``settings``, and those that they change, with ``findings`` as their collector."""
    earlier = settings.earlier and _reporting_to(settings.earlier, findings)
    return replace(settings, findings=findings, earlier=earlier)


def _report_keys(entry: Settings) -> None:
    """Report what ``entry`` cannot change (B006), or that it changes nothing (B007)."""
    for key in entry.values:
        if key in _FIXED:
            entry.findings.error("B006", entry.place(key), f"“{key}”不能写在“变更”里。", _FIXED[key])
    known = replace(entry, values={key: value for key, value in entry.values.items() if key not in _FIXED})
    known.allow_only("自", *CHANGEABLE)
    if not set(entry.values) - {"自"}:
        entry.findings.error(
            "B007",
            entry.place(),
            "这一项“变更”没有写改什么。",
            f"写上改的，例如“名称”；可以改的有：{'、'.join(CHANGEABLE)}。",
        )


def _since(entry: Settings, series: Series) -> Since | None:
    """Return 自; None, reported, if it is missing or is neither an issue nor a date."""
    value = entry.values.get("自")
    if value is None:
        entry.findings.error(
            "B007",
            entry.place(),
            "“变更”缺少“自”。",
            advice(AdvisedAct(Act.ADD_SETTING, "自"), "：", *_SINCE),
        )
        return None
    if isinstance(value, date) and not isinstance(value, datetime) and value.year in YEARS:
        return Since(value.year, day=value)
    match = _ISSUE.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) not in YEARS or not int(match[2]):
        entry.findings.error(
            "B008",
            entry.place("自"),
            f"看不懂“自”：{value}。" if value else "“自”空着。",
            advice(*_SINCE),
        )
        return None
    since = Since(int(match[1]), int(match[2]))
    regular = periods(series, since.year)
    if regular is not None and since.number > len(regular):
        entry.findings.error(
            "B008",
            entry.place("自"),
            f"{since.year}年只有{len(regular)}期，没有第{since.number}期。",
            f"改成那一年的某一期；从下一年起的，写作“{since.year + 1}-1”。",
        )
        return None
    return since
