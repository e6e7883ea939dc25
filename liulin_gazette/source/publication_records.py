"""发布记录: the record of an issue as it was published and of every later change.

Each published issue has its record in its own folder. The list of published issues in ``content/`` holds a copy
of every record, so that a record is not lost when its folder is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from liulin_gazette.model.dated_settings import settings_of_time
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document import Document
from liulin_gazette.model.issue_record import Prints, PublicationRecord, Republication
from liulin_gazette.model.place_names import ledger_of, place_names
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder, PortableDigests, is_hidden
from liulin_gazette.source.settings_tables.frozen_settings import in_present_form, is_whole, thawed
from liulin_gazette.source.settings_tables.readings import stated_readings
from liulin_gazette.source.settings_tables.settings import Settings

T = TypeVar("T")
RECORD_FILE = "published.json"
"""The record in an issue's folder and the list in ``content/``: both are written by the program only."""
NOT_DOCUMENTS = ("转录说明.md",)
"""Markdown files in an issue's folder that are notes of the office, unless a 栏目 lists them."""
DAMAGED = "B051"
"""Code of the finding that a record, or the list, cannot be understood."""
SETTINGS_PATH = "content/gazette.toml"
PREFIX, READINGS, EXCEPTIONS = "文件名前缀", "读音", "期号例外"
"""The settings that a published issue holds on to by B050: its name, or addresses of its files, depend on them."""


def read_record(folder: Folder, findings: FindingCollector) -> PublicationRecord | None:
    """Return the record in an issue's ``folder``; None if there is none. A damaged one is reported (B051)."""
    return _read(folder, _record, None, findings)


def read_list(content: Folder, findings: FindingCollector) -> dict[str, PublicationRecord]:
    """Return the records in the list of published issues, by the project path of the issue's folder.

    The result is empty if there is no list: earlier versions of the program wrote none. A damaged list is reported
    (B051).
    """

    def records(data: Any) -> dict[str, PublicationRecord]:
        return {f"{content.path}/{name}": _record(record) for name, record in data["已发布"].items()}

    return _read(content, records, {}, findings)


def _read(folder: Folder, convert: Callable[[Any], T], default: T, findings: FindingCollector) -> T:
    """Return the converted data of the file in ``folder``; ``default`` if it is missing or damaged (B051)."""
    if RECORD_FILE not in folder.digests and RECORD_FILE not in folder.unreadable:
        return default
    try:
        return convert(json.loads(folder.files.get(RECORD_FILE, b"").decode("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        report_damaged(folder, findings)
        return default


def report_damaged(folder: Folder, findings: FindingCollector) -> None:
    """Report that the record in ``folder``, or the list, cannot be understood (B051)."""
    findings.error(
        DAMAGED,
        Place(f"{folder.path}/{RECORD_FILE}"),
        "发布记录读不懂。",
        "从备份恢复这个文件；它由程序写，不要手改。",
    )


def _record(data: Any) -> PublicationRecord:
    """Return the record in parsed JSON. Raises KeyError, TypeError, ValueError or AttributeError for other data."""
    return PublicationRecord(
        date.fromisoformat(data["发布日期"]),
        {_encodable(name): _encodable(digest) for name, digest in data["文件"].items()},
        tuple(
            Republication(
                date.fromisoformat(change["日期"]),
                _encodable(change["理由"]),
                tuple(map(_encodable, change["文件"])),
            )
            for change in data["改动"]
        ),
        _settings(data.get("设置")),
        _prints(data.get("成品")),
        {_encodable(name): _encodable(ledger) for name, ledger in data.get("锚点", {}).items()},
    )


def _settings(data: Any) -> str:
    """Return the settings of a record as JSON; empty where it has none."""
    text = json.dumps(in_present_form(data), ensure_ascii=False, sort_keys=True) if data else ""
    thawed(_encodable(text or "{}"))
    return text


def _prints(data: Any) -> Prints | None:
    if data is None:
        return None
    return Prints(
        _encodable(data["程序"]),
        {_encodable(name): _encodable(version) for name, version in data["程序库"].items()},
        {_encodable(path): _encodable(digest) for path, digest in data["文件"].items()},
    )


def _encodable(value: object) -> str:
    """Return ``value`` as text. Raises ValueError if it cannot be encoded, because of a lone surrogate."""
    text = str(value)
    text.encode()
    return text


def record_text(record: PublicationRecord) -> str:
    """Return the content of the file for ``record``."""
    return _text(_data(record))


def list_text(records: Mapping[str, PublicationRecord]) -> str:
    """Return the content of the list of published issues; ``records`` are by the project path of the folder."""
    return _text(
        {"已发布": {path.rsplit("/", 1)[-1]: _data(record) for path, record in sorted(records.items())}}
    )


def _data(record: PublicationRecord) -> dict[str, Any]:
    prints = record.prints
    data: dict[str, Any] = {
        "发布日期": record.published.isoformat(),
        "设置": json.loads(record.settings or "{}"),
        "文件": dict(sorted(record.digests.items())),
        "改动": [
            {"日期": change.day.isoformat(), "理由": change.reason, "文件": list(change.files)}
            for change in record.changes
        ],
    }
    if record.anchors:
        data["锚点"] = dict(sorted(record.anchors.items()))
    if prints is not None:
        data["成品"] = {
            "程序": prints.program,
            "程序库": dict(sorted(prints.libraries.items())),
            "文件": dict(sorted(prints.digests.items())),
        }
    return data


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def recorded_settings(publication: Publication, issue: Issue) -> str:
    """Return the settings that a record of ``issue`` holds, as gazette.toml has them now.

    They are all that print the issue or judge it, 文件名前缀, which its addresses show, and what 期号例外 says of it.
    """
    values = json.loads(settings_of_time(publication, issue).settings_json)
    exceptions = {"并期": issue.merged_with, "增刊": issue.supplement}
    fixed = {PREFIX: issue.prefix, READINGS: dict(publication.gazette.readings), EXCEPTIONS: exceptions}
    return json.dumps({**values, **fixed}, ensure_ascii=False, sort_keys=True)


def with_recorded(record: PublicationRecord, settings: str) -> str:
    """Return what ``record`` keeps of the settings, whole: ``settings``, as of now, where an earlier version kept less."""
    then = json.loads(record.settings or "{}")
    return (
        record.settings
        if is_whole(then)
        else json.dumps({**json.loads(settings), **then}, ensure_ascii=False, sort_keys=True)
    )


def keeps_all_settings(record: PublicationRecord) -> bool:
    """Tell whether ``record`` keeps all settings; those of earlier versions keep four, or none."""
    return is_whole(json.loads(record.settings or "{}"))


def changed_settings(record: PublicationRecord, publication: Publication, issue: Issue) -> tuple[str, ...]:
    """Return which settings gazette.toml has otherwise for ``issue`` than ``record``: ``content/gazette.toml 的名称``."""
    then = json.loads(record.settings or "{}")
    now = json.loads(recorded_settings(publication, issue))
    keys = sorted({*then, *now}) if is_whole(then) else sorted(then)
    return tuple(f"{SETTINGS_PATH} 的{key}" for key in keys if _differs(key, then, now, issue))


def _differs(key: str, then: Mapping[str, Any], now: Mapping[str, Any], issue: Issue) -> bool:
    """Return whether the setting ``key``, recorded as in ``then``, is another one ``now`` for ``issue``."""
    if key == EXCEPTIONS and key not in then:
        return False  # Earlier versions did not record it.
    if key == READINGS:
        numbers = [document.number for document in issue.documents if document.number]
        before, after = (stated_readings(_silent(values)) for values in (then, now))
        return any(number.slug_with(before) != number.slug_with(after) for number in numbers)
    return then.get(key) != now.get(key)


def _silent(values: Mapping[str, Any]) -> Settings:
    """Return ``values`` of a record as settings of which no fault is reported: they were judged before."""
    return Settings(values, "", "", 0, FindingCollector())


def recorded_anchors(issue: Issue, former: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the places that a record of ``issue``, which has its texts, holds; ``former`` those of the last.

    A document that is left out keeps its own, for the day when it is put back.
    """
    now = {
        document.slug: ledger_of(place_names(document.blocks, anchors_of(former, document)))
        for document in issue.full_texts
    }
    return {**former, **{name: ledger for name, ledger in now.items() if ledger}}


def anchors_of(recorded: Mapping[str, str], document: Document) -> str:
    """Return those of the ``recorded`` names of places that are of ``document``; empty without any."""
    return recorded.get(document.slug, "")


def recorded_digests(issue: Issue, portable: PortableDigests) -> dict[str, str]:
    """Return the digests that a record of ``issue`` holds.

    ``portable`` are those of its folder; the notes of the office and the record itself are left out.
    """
    return {name: digests[0] for name, digests in _without_notes(issue, portable).items()}


def _without_notes(issue: Issue, portable: PortableDigests) -> PortableDigests:
    documents = {document.path.rsplit("/", 1)[-1] for document in issue.documents}
    left_out = {RECORD_FILE, *NOT_DOCUMENTS} - documents
    return {name: digests for name, digests in portable.items() if name not in left_out}


def differences(
    record: PublicationRecord, publication: Publication, issue: Issue, portable: PortableDigests
) -> tuple[str, ...]:
    """Return what differs from ``record``: names of files, and settings as ``content/gazette.toml 的文件名前缀``.

    ``portable`` are the present digests of the issue's folder. Other settings are those of the record, whatever
    gazette.toml says now.
    """
    now = _without_notes(issue, portable)
    names = [
        name
        for name in sorted({*record.digests, *now})
        # Records of earlier versions list Thumbs.db and desktop.ini too.
        if record.digests.get(name) not in now.get(name, ()) and not is_hidden(name)
    ]
    then = json.loads(record.settings or "{}")
    now_set = json.loads(recorded_settings(publication, issue))
    held = (PREFIX, READINGS, EXCEPTIONS) if is_whole(then) else (PREFIX,) if PREFIX in then else ()
    moved = [key for key in held if _differs(key, then, now_set, issue)]
    return (*names, *(f"{SETTINGS_PATH} 的{key}" for key in moved))
