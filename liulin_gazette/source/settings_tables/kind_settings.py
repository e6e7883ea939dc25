"""体裁 in gazette.toml: kinds that the gazette adds, and fields that it grades anew."""

from __future__ import annotations

import difflib
from dataclasses import replace

from liulin_gazette.model.kinds import COMMON_FIELDS, FIELDS, KINDS, Kind, Need, regraded
from liulin_gazette.source.settings_tables.settings import Settings


def kinds(settings: Settings) -> dict[str, Kind]:
    """Return the kinds of documents by name, built-in ones first.

    An entry with the name of a built-in kind grades its fields anew; any other adds a kind, treated like the built-in
    one that “同” names. A wrong name, field or “同”, and a field graded twice, are reported (B006, B008).
    """
    known = dict(KINDS)
    seen: set[str] = set()
    for entry in settings.tables("体裁", required=False):
        entry.allow_only("名称", "同", "必填", "可填", "不填")
        name = entry.get("名称", str)
        if name in seen:
            entry.findings.error("B006", entry.place("名称"), f"体裁“{name}”写了两次。", "合成一处。")
            continue
        seen.add(name)
        if (base := _base(entry, name)) and name:
            kind = regraded(base, _needs(entry))
            known[name] = kind if name in KINDS else _added(kind, name)
    return known


def _base(entry: Settings, name: str) -> Kind | None:
    """Return the built-in kind that an entry is about or treated like; None, reported (B007, B008), if there is none."""
    if name in KINDS:
        if "同" in entry.values:
            entry.findings.error(
                "B008", entry.place("同"), f"“{name}”是程序已有的体裁，不写“同”。", "删去这一行。"
            )
        return KINDS[name]
    base = entry.get("同", str)
    if base and base not in KINDS:
        close = difflib.get_close_matches(base, KINDS, n=1, cutoff=0.3)
        guess = f"是不是“{close[0]}”？" if close else ""
        entry.findings.error(
            "B008", entry.place("同"), f"没有“{base}”这种体裁。", f"{guess}可用的有：{'、'.join(KINDS)}。"
        )
    return KINDS.get(base)


def _added(kind: Kind, name: str) -> Kind:
    return replace(kind, name=name, base=kind.name)


def _needs(entry: Settings) -> dict[str, Need]:
    """Return how an entry grades each field that it names."""
    needs: dict[str, Need] = {}
    for need in Need:
        for field in entry.strings(need.value, ()):
            place = entry.place(need.value)
            if field in COMMON_FIELDS:
                entry.findings.error("B008", place, f"“{need.value}”里的“{field}”不能改。", "删去这一项。")
            elif field not in FIELDS:
                gradable = sorted(FIELDS - COMMON_FIELDS)
                close = difflib.get_close_matches(field, gradable, n=1, cutoff=0.5)
                hint = f"是不是“{close[0]}”？" if close else f"可用的有：{'、'.join(gradable)}。"
                problem = f"“{need.value}”里的“{field}”不是文首信息的项目。"
                entry.findings.error("B008", place, problem, hint)
            elif field in needs:
                entry.findings.error(
                    "B008",
                    place,
                    f"“{field}”既在“{needs[field].value}”里，又在“{need.value}”里。",
                    "留一处。",
                )
            else:
                needs[field] = need
    return needs
