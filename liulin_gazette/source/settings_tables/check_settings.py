"""The table 校核 of gazette.toml: which rules run, and how grave their findings are."""

from __future__ import annotations

from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.gazette import Proofreading
from liulin_gazette.source.settings_tables.settings import Settings

_SEVERITIES = {severity.value: severity for severity in Severity}


def proofreading(settings: Settings) -> Proofreading:
    """Return the settings in 校核; everything in it has a default."""
    if "校核" not in settings.values:
        return Proofreading()
    table = settings.table("校核")
    table.allow_only("关闭", "级别", "最长间隔", "不公开文号", "公开电话", "认可的名称", "固定提法")
    return Proofreading(
        off=table.strings("关闭", ()),
        severities=_severities(table),
        longest_lag=table.get("最长间隔", int, 180),
        unpublished=table.strings("不公开文号", ()),
        public_phones=table.strings("公开电话", ()),
        accepted=table.strings("认可的名称", ()),
        set_phrases=table.strings("固定提法", ()),
        place=Place(table.path, max(table.from_line, 1), 1),
    )


def _severities(table: Settings) -> dict[str, Severity]:
    """Return the severities in 级别 by the code of the rule; an unknown word is reported (B008)."""
    if "级别" not in table.values:
        return {}
    levels = table.table("级别")
    words = {code: levels.get(code, str) for code in levels.values}
    for code, word in words.items():
        if word not in _SEVERITIES:
            table.findings.error(
                "B008",
                table.place("级别"),
                f"{code} 的级别“{word}”写法不对。",
                f"可用的有：{'、'.join(_SEVERITIES)}。",
            )
    return {code: _SEVERITIES[word] for code, word in words.items() if word in _SEVERITIES}
