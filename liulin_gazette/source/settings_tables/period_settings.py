"""刊期 and 每年期数: how many issues a year has."""

from __future__ import annotations

from liulin_gazette.model.series import IRREGULAR, PER_YEAR, PERIODS
from liulin_gazette.source.settings_tables.settings import Settings
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

KEY = "每年期数"
_HINT = (
    "年刊 1，半年刊 2，季刊 4，双月刊 6，月刊 12，半月刊 24，旬刊 36，周刊 52，每周一期、有的年份五十三期的 53；"
    "期数不定的，“刊期”写“不定期”，不写“每年期数”。"
)


def first_per_year(settings: Settings, start: Settings) -> int:
    """Return 每年期数 of 期号起算, the table ``start`` of ``settings``; 0 for 不定期. A wrong one is reported.

    One that does not agree with 刊期 was always accepted here, and gets a warning (B056).
    """
    while settings.earlier is not None:  # Changes say nothing of the beginning.
        settings = settings.earlier
    frequency = str(settings.values.get("刊期", ""))
    if KEY not in start.values and frequency == IRREGULAR:
        return 0
    per_year = _per_year(start)
    if not _agrees(frequency, per_year) and start.values.get(KEY) == per_year:
        start.findings.warning("B056", start.place(KEY), *_disagreement(frequency, per_year))
    return per_year


def changed_per_year(entry: Settings, merged: Settings, before: int) -> int | None:
    """Return how many issues a year has after ``entry`` of 变更, 0 for 不定期; None if it says nothing of that.

    ``merged`` are all settings from then on, and ``before`` is the number until then. A number that does not agree
    with 刊期, and one that is missing though 刊期 does not tell it, are reported (B008, B007).
    """
    if KEY not in entry.values and "刊期" not in entry.values:
        return None
    frequency = str(merged.values.get("刊期", ""))
    if KEY not in entry.values:
        if frequency == IRREGULAR or frequency in PERIODS:
            return PERIODS.get(frequency, 0)
        entry.findings.error(
            "B007",
            entry.place("刊期"),
            f"刊期“{frequency}”看不出一年几期，缺少“{KEY}”。",
            advice(AdvisedAct(Act.ADD_SETTING, KEY), f"。{_HINT}"),
        )
        return before
    per_year = _per_year(entry)
    if not _agrees(frequency, per_year):
        entry.findings.error("B008", entry.place(KEY), *_disagreement(frequency, per_year))
        return before
    return per_year


def _agrees(frequency: str, per_year: int) -> bool:
    """Return whether a gazette with this 刊期 can have so many issues a year; of other words than ours nobody knows."""
    usual = PERIODS.get(frequency, per_year)
    return frequency != IRREGULAR and (per_year == usual or {per_year, usual} == {52, 53})


def _disagreement(frequency: str, per_year: int) -> tuple[str, str]:
    return f"每年期数“{per_year}”与刊期“{frequency}”不符。", "“刊期”和“每年期数”要一致。" + _HINT


def _per_year(table: Settings) -> int:
    """Return 每年期数 in ``table`` if it is known which days its issues cover; else report it (B007, B008)."""
    per_year = table.get(KEY, int)
    if per_year in PER_YEAR:
        return per_year
    if table.values.get(KEY) == per_year:
        table.findings.error("B008", table.place(KEY), f"每年期数“{per_year}”不能用。", _HINT)
    return PER_YEAR[0]
