"""From the table of all settings in gazette.toml, or in a record, to the settings as data."""

from __future__ import annotations

from dataclasses import replace

from liulin_gazette.model.gazette import BackCover, Gazette
from liulin_gazette.model.series import Series, SeriesException, periods
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.archiving_settings import archiving
from liulin_gazette.source.settings_tables.check_settings import proofreading
from liulin_gazette.source.settings_tables.edition_settings import editions
from liulin_gazette.source.settings_tables.issuer_settings import issuers
from liulin_gazette.source.settings_tables.kind_settings import kinds
from liulin_gazette.source.settings_tables.period_settings import first_per_year
from liulin_gazette.source.settings_tables.portal_settings import portal_columns
from liulin_gazette.source.settings_tables.print_settings import (
    body_type,
    page_size,
    printing,
    signatures_abreast,
)
from liulin_gazette.source.settings_tables.readings import stated_readings
from liulin_gazette.source.settings_tables.search_word_settings import search_words
from liulin_gazette.source.settings_tables.settings import YEARS, Settings
from liulin_gazette.source.settings_tables.web_settings import area_code, site_url, web_settings

CATEGORIES = ("增刊", "合刊", "停刊", "延期")


def gazette(settings: Settings) -> Gazette:
    """Return what ``settings`` say of the gazette, changes (变更) left out; faults are reported."""
    return Gazette(
        name=settings.get("名称", str),
        romanised_name=settings.get("拼音刊名", str),
        publisher=settings.get("主办单位", str),
        frequency=settings.get("刊期", str),
        site_url=site_url(settings),
        site_label=settings.get("网站名称", str, "掌上公报"),
        distribution=settings.get("赠阅范围", str),
        series=_series(settings),
        issuers=issuers(settings),
        back_cover=_back_cover(settings.table("封底")),
        page_size=page_size(settings),
        printing=printing(settings),
        body=body_type(settings),
        signatures_abreast=signatures_abreast(settings),
        proofreading=proofreading(settings),
        kinds=kinds(settings),
        readings=stated_readings(settings),
        area_code=area_code(settings),
        web=web_settings(settings),
        search_words=search_words(settings),
        editions=editions(settings),
        archiving=archiving(settings),
        portal_columns=portal_columns(settings),
    )


def _series(settings: Settings) -> Series:
    start = settings.table("期号起算")
    start.allow_only("年", "期", "总期号", "每年期数")
    per_year = first_per_year(settings, start)
    exceptions = tuple(_exception(entry) for entry in settings.tables("期号例外", required=False))
    return Series(
        start.within("年", YEARS[0], YEARS[-1]) or YEARS[0],
        start.get("期", int),
        start.get("总期号", int) if "总期号" in start.values else None,
        per_year,
        exceptions,
    )


def _exception(entry: Settings) -> SeriesException:
    entry.allow_only("年", "期", "类别", "并期", "接", "说明")
    category = entry.get("类别", str)
    if category and category not in CATEGORIES:
        entry.findings.error(
            "B008", entry.place("类别"), f"没有“{category}”这个类别。", f"可用的有：{'、'.join(CATEGORIES)}。"
        )
    merged = entry.get("并期", int) if category == "合刊" else 0
    follows = entry.get("接", int, 0) if category == "增刊" else 0
    return SeriesException(
        entry.get("年", int), entry.get("期", int), category, merged, entry.get("说明", str, ""), follows
    )


def report_exceptions(settings: Settings, series: Series) -> None:
    """Report each 期号例外 whose numbers the year does not have, or that do not follow each other (B008).

    ``series`` has the changes of periods too.
    """
    # What is wrong with the tables themselves was reported when the series was read.
    of_table = replace(settings, findings=FindingCollector()).tables("期号例外", required=False)
    for entry, exception in zip(of_table, series.exceptions, strict=True):
        regular = periods(series, exception.year)
        last = None if regular is None else len(regular)
        numbers = {"期": exception.number, "并期": exception.merged_with, "接": exception.follows}
        if exception.category == "增刊":
            del numbers["期"]  # Its number comes after those of the year.
        extra = series.exception(exception.year, exception.number, "增刊") is not None
        for key, number in numbers.items():
            if entry.values.get(key) != number or (extra and key == "期"):
                continue  # Not written, reported already, or the number of a 增刊 that is late.
            if key == "并期" and number <= exception.number:
                settings.findings.error(
                    "B008",
                    entry.place(key),
                    f"“并期”写作 {number}，不在第{exception.number}期之后。",
                    "合刊的“期”写第一个期号，“并期”写最后一个，例如 3 和 4。",
                )
            elif number < 1 or (last is not None and number > last):
                settings.findings.error(
                    "B008",
                    entry.place(key),
                    f"“{key}”写作 {number}，{exception.year}年没有第{number}期。",
                    f"那一年是第1期至第{last}期，核对年和期。" if last else "期号从1数起。",
                )


def _back_cover(entry: Settings) -> BackCover:
    entry.allow_only("标语", "宗旨", "地址", "邮编", "电话")
    return BackCover(
        entry.strings("标语", ()),
        entry.get("宗旨", str, ""),
        entry.get("地址", str, ""),
        entry.get("邮编", str, ""),
        entry.get("电话", str, ""),
    )
