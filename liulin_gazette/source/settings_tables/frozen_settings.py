"""The settings that the record of a published issue keeps: how they are written, and what holds for the issue by them.

They were judged when the issue was published and are not judged again: a rule that is added later would make a record
unreadable that the same program wrote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from liulin_gazette.model.dated_settings import settings_of_time
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.publication import Publication
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.settings_tables.gazette_settings import gazette
from liulin_gazette.source.settings_tables.settings import YEARS, Settings

_SITE_WIDE = frozenset(
    ("变更", "网站", "网站标识", "检索用词", "成品", "归档", "门户", "文件名前缀", "期号起算", "期号例外")
)
"""What the record of a published issue does not freeze: it is of the site, or of the series as a whole."""
_DAY = "$日期"
"""The key of the object that stands for a day, of which JSON knows nothing. No setting has a name like this."""
_FORMER_DAY = "日"
"""The key that earlier versions wrote. It can be a setting too: a character in 读音."""
_SHAPES: Mapping[str, type] = {
    "名称": str, "拼音刊名": str, "主办单位": str, "刊期": str, "网址": str, "赠阅范围": str, "发文机关": list, "封底": dict,
}  # fmt: skip
"""The form of what every gazette states: a record in which it has another one was damaged."""


def frozen_text(values: Mapping[str, object]) -> str:
    """Return as JSON what the record of an issue keeps of the settings ``values``.

    That is nothing where they hold what JSON cannot: a number of thousands of digits, which is reported as an error.
    """
    frozen = {key: value for key, value in values.items() if key not in _SITE_WIDE}
    try:
        return json.dumps(frozen, ensure_ascii=False, sort_keys=True, default=_day_as_json)
    except (ValueError, RecursionError):
        return "{}"


def _day_as_json(value: object) -> dict[str, str]:
    return {_DAY: value.isoformat() if isinstance(value, date) else str(value)}


def _day_from_json(value: dict[str, Any]) -> object:
    if value.keys() == {_DAY}:
        return date.fromisoformat(value[_DAY])
    return value


def in_present_form(data: Any) -> Any:
    """Return ``data``, the settings of a record as parsed JSON, with days as this version writes them."""
    if isinstance(data, list):
        return [in_present_form(item) for item in cast("list[Any]", data)]
    if not isinstance(data, dict):
        return data
    values = cast("dict[str, Any]", data)
    if values.keys() == {_FORMER_DAY} and _is_day(values[_FORMER_DAY]):
        return {_DAY: values[_FORMER_DAY]}
    return {key: in_present_form(value) for key, value in values.items()}


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def thawed(text: str) -> dict[str, object]:
    """Return the settings that ``frozen_text`` wrote. Raises ValueError, TypeError."""
    values: object = json.loads(text, object_hook=_day_from_json)
    if not isinstance(values, dict):
        raise TypeError(text)
    return cast("dict[str, object]", values)


def is_whole(values: Mapping[str, object]) -> bool:
    """Tell whether a record keeps all settings; those of earlier versions keep four, or none."""
    return "发文机关" in values


def frozen_whole(record: PublicationRecord | None) -> Gazette | None:
    """Return the settings that ``record`` keeps, if it keeps them all.

    Raises ValueError where they cannot be used: 名称 is missing, or one of ``_SHAPES`` has another form.
    """
    values = thawed(record.settings) if record and record.settings else {}
    if not is_whole(values):
        return None
    if "名称" not in values or any(
        not isinstance(values.get(key, shape()), shape) for key, shape in _SHAPES.items()
    ):
        raise ValueError("settings of another form")
    frozen = {key: value for key, value in values.items() if key not in _SITE_WIDE}
    series = {"年": YEARS[0], "期": 1, "每年期数": 1}  # That of the gazette takes its place.
    not_reported = FindingCollector()
    settings = gazette(Settings({**frozen, "期号起算": series}, "", "", 0, not_reported))
    return replace(settings, settings_json=frozen_text(frozen))


def frozen_by_issue(publication: Publication) -> dict[str, Gazette]:
    """Return the settings of each issue of ``publication`` whose record keeps any, by the project path of its folder.

    What concerns the site or the series as a whole is that of ``publication``.
    """
    read: dict[str, Gazette | None] = {}
    frozen: dict[str, Gazette] = {}
    for issue in publication.issues:
        record = issue.record
        if record is None or not record.settings:
            continue
        if record.settings not in read:
            read[record.settings] = frozen_whole(record)
        whole = read[record.settings]
        if whole is None:
            values = thawed(record.settings)
            frozen[issue.folder] = _with_four(settings_of_time(publication, issue), values)
        else:
            frozen[issue.folder] = replace(
                whole,
                series=publication.gazette.series,
                web=publication.gazette.web,
                phone_changes=publication.gazette.phone_changes,
                learned_words=publication.gazette.learned_words,
            )
    return frozen


def _with_four(settings: Gazette, values: Mapping[str, object]) -> Gazette:
    """Return ``settings`` with what a record of earlier versions keeps."""
    return replace(
        settings,
        name=str(values.get("名称", settings.name)),
        publisher=str(values.get("主办单位", settings.publisher)),
        frequency=str(values.get("刊期", settings.frequency)),
    )
