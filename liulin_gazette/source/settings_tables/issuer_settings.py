"""The tables 发文机关 of gazette.toml: names, 机关代字, and from when to when they hold."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

from liulin_gazette.model.gazette import Issuer
from liulin_gazette.source.settings_tables.settings import Settings

_SPACE_IN_NAME = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")


def issuers(settings: Settings) -> tuple[Issuer, ...]:
    """Return the issuers; what is wrong with their names and periods is reported (B008, B056)."""
    entries = settings.tables("发文机关")
    known = tuple(map(_issuer, entries))
    names = {issuer.name for issuer in known}
    for entry, issuer in zip(entries, known, strict=True):
        if issuer.since and issuer.until and issuer.until < issuer.since:
            entry.findings.error(
                "B008",
                entry.place("至"),
                f"“至”（{issuer.until}）早于“自”（{issuer.since}）。",
                "核对两个日期。",
            )
        if issuer.former_name and (issuer.former_name not in names or issuer.former_name == issuer.name):
            entry.findings.error(
                "B008",
                entry.place("原名"),
                f"原名“{issuer.former_name}”没有另外登记。",
                "改名以前的机关也要登记：另写一项“发文机关”，用原来的名称，写明“至”哪一天。",
            )
        _report_gap(entry, issuer, known)
        if found := _SPACE_IN_NAME.search(issuer.name):
            entry.findings.warning(
                "B056",
                entry.place("名称"),
                f"发文机关“{issuer.name}”的名称里有空格，公文里写作“{issuer.name.replace(found[0], '')}”的认不出来。",
                "删去空格；是两个机关的，各写一项。",
            )
    for (_, before), (entry, issuer) in itertools.combinations(zip(entries, known, strict=True), 2):
        _report_overlap(entry, before, issuer)
    return known


def _issuer(entry: Settings) -> Issuer:
    entry.allow_only("名称", "机关代字", "自", "至", "原名")
    return Issuer(
        entry.get("名称", str),
        entry.strings("机关代字", ()),
        entry.place("名称"),
        entry.get("自", date) if "自" in entry.values else None,
        entry.get("至", date) if "至" in entry.values else None,
        entry.get("原名", str, ""),
    )


def _report_gap(entry: Settings, issuer: Issuer, known: tuple[Issuer, ...]) -> None:
    """Report days between the last one of 原名 and the first one of ``issuer``, on which neither acts (B008)."""
    ends = [each.until for each in known if each.name == issuer.former_name]
    last = max((end for end in ends if end), default=None)
    if issuer.since and last and None not in ends and issuer.since > last + timedelta(days=1):
        entry.findings.error(
            "B008",
            entry.place("自"),
            f"原名“{issuer.former_name}”到{last}为止，“{issuer.name}”却自{issuer.since}起，中间空了几天。",
            "改名前后要接上：“自”写“至”的后一天；确有间隔的，删去“原名”。",
        )


def _report_overlap(entry: Settings, before: Issuer, issuer: Issuer) -> None:
    """Report a name that two entries have at one time, and a 机关代字 that two issuers hold at one time.

    It is an error where one of them has dates (B008); two without were always accepted and get a warning (B056).
    """
    if not _overlap(before, issuer):
        return
    is_dated = any((before.since, before.until, issuer.since, issuer.until))
    report, code = (entry.findings.error, "B008") if is_dated else (entry.findings.warning, "B056")
    hint = "写明各自的起止：前一项写“至”，后一项写“自”，日期不重叠。"
    if before.name == issuer.name:
        report(code, entry.place("名称"), f"发文机关“{issuer.name}”登记了两次，时间重叠。", hint)
        return
    for held in issuer.codes:
        if held in before.codes:
            report(
                code,
                entry.place("机关代字"),
                f"机关代字“{held}”同时属于“{before.name}”和“{issuer.name}”。",
                "一个代字同一时间只属于一个机关。" + hint,
            )


def _overlap(one: Issuer, other: Issuer) -> bool:
    """Tell whether there is a day on which both act."""
    first = max(one.since or date.min, other.since or date.min)
    return first <= min(one.until or date.max, other.until or date.max)
