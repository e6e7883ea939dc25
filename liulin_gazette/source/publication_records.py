"""发布记录: the record of an issue as it was published and of every later change.

Each published issue has its record in its own folder. The list of published issues in ``content/`` holds a copy
of every record, so that a record is not lost when its folder is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.publication import Issue, Publication, PublicationRecord, Republication
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder, PortableDigests, is_hidden

T = TypeVar("T")
RECORD_FILE = "published.json"
"""The record in an issue's folder and the list in ``content/``: both are written by the program only."""
NOT_DOCUMENTS = ("转录说明.md",)
"""Markdown files in an issue's folder that are notes of the office, unless a 栏目 lists them."""
DAMAGED = "B051"
"""Code of the finding that a record, or the list, cannot be understood."""
SETTINGS_PATH = "content/gazette.toml"


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
        findings.error(
            DAMAGED,
            Place(f"{folder.path}/{RECORD_FILE}"),
            "发布记录读不懂。",
            "从备份恢复这个文件；它由程序写，不要手改。",
        )
        return default


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
        {_encodable(key): _encodable(value) for key, value in data.get("设置", {}).items()},
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
    return {
        "发布日期": record.published.isoformat(),
        "设置": dict(record.settings),
        "文件": dict(sorted(record.digests.items())),
        "改动": [
            {"日期": change.day.isoformat(), "理由": change.reason, "文件": list(change.files)}
            for change in record.changes
        ],
    }


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def recorded_settings(publication: Publication, issue: Issue) -> dict[str, str]:
    """Return the settings that a record of ``issue`` holds, as they are now.

    They are those that its pages, or their addresses, show: 名称, 主办单位, 刊期 and 文件名前缀.
    """
    return {
        "名称": publication.name,
        "主办单位": publication.publisher,
        "刊期": publication.frequency,
        "文件名前缀": issue.prefix,
    }


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
    """Return what differs from ``record``: names of files, then settings as ``content/gazette.toml 的名称``.

    ``portable`` are the present digests of the issue's folder.
    """
    now = _without_notes(issue, portable)
    names = [
        name
        for name in sorted({*record.digests, *now})
        # Records of earlier versions list Thumbs.db and desktop.ini too.
        if record.digests.get(name) not in now.get(name, ()) and not is_hidden(name)
    ]
    settings = recorded_settings(publication, issue)
    return (
        *names,
        *(f"{SETTINGS_PATH} 的{key}" for key, value in record.settings.items() if settings.get(key) != value),
    )
