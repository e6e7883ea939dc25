"""发布记录: the file that says what an issue was when it was published, and how it changed since.

A copy of every record stands in the list of published issues, so that none is lost with its folder.
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
FILE = "published.json"
"""Written by the program: the record in the issue's folder, the list of published issues in ``content/``."""
NOT_DOCUMENTS = ("转录说明.md",)
"""Markdown files of an issue's folder that are notes of the office, where no 栏目 lists them as documents."""
DAMAGED = "B051"
"""The code of the finding that a record, or the list of them, cannot be read."""
SETTINGS_PATH = "content/gazette.toml"


def read_record(folder: Folder, findings: FindingCollector) -> PublicationRecord | None:
    """Return the record in an issue's ``folder``; None without one. A damaged one is reported (B051)."""
    return _read(folder, _record, None, findings)


def read_list(content: Folder, findings: FindingCollector) -> dict[str, PublicationRecord]:
    """Return the records in the list of published issues, by the project path of the issue's folder.

    There are none without the list, which archives published by earlier versions do not have. A damaged one is
    reported (B051).
    """

    def records(data: Any) -> dict[str, PublicationRecord]:
        return {f"{content.path}/{name}": _record(each) for name, each in data["已发布"].items()}

    return _read(content, records, {}, findings)


def _read(folder: Folder, made_of: Callable[[Any], T], nothing: T, findings: FindingCollector) -> T:
    """Return what is ``made_of`` the file in ``folder``; ``nothing`` without one, and, reported, for a damaged one."""
    if FILE not in folder.digests and FILE not in folder.unread:
        return nothing
    try:
        return made_of(json.loads(folder.files.get(FILE, b"").decode("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        findings.error(
            DAMAGED,
            Place(f"{folder.path}/{FILE}"),
            "发布记录读不懂。",
            "从备份恢复这个文件；它由程序写，不要手改。",
        )
        return nothing


def _record(data: Any) -> PublicationRecord:
    return PublicationRecord(
        date.fromisoformat(data["发布日期"]),
        {_encodable(name): _encodable(digest) for name, digest in data["文件"].items()},
        tuple(
            Republication(
                date.fromisoformat(each["日期"]),
                _encodable(each["理由"]),
                tuple(map(_encodable, each["文件"])),
            )
            for each in data["改动"]
        ),
        {_encodable(key): _encodable(value) for key, value in data.get("设置", {}).items()},
    )


def _encodable(value: object) -> str:
    """Return ``value`` as text. Raises ValueError for what cannot be written: a half of a surrogate pair."""
    text = str(value)
    text.encode()
    return text


def record_text(record: PublicationRecord) -> str:
    """Return the file of ``record``."""
    return _text(_data(record))


def list_text(listed: Mapping[str, PublicationRecord]) -> str:
    """Return the list of published issues, whose records are ``listed`` by the project path of their folders."""
    return _text(
        {"已发布": {path.rsplit("/", 1)[-1]: _data(record) for path, record in sorted(listed.items())}}
    )


def _data(record: PublicationRecord) -> dict[str, Any]:
    return {
        "发布日期": record.published.isoformat(),
        "设置": dict(record.settings),
        "文件": dict(sorted(record.digests.items())),
        "改动": [
            {"日期": each.day.isoformat(), "理由": each.reason, "文件": list(each.files)}
            for each in record.changes
        ],
    }


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def settings_of(publication: Publication, issue: Issue) -> dict[str, str]:
    """Return 名称, 主办单位, 刊期 and 文件名前缀 as they are now: every page of ``issue``, or its address, shows them."""
    return {
        "名称": publication.name,
        "主办单位": publication.publisher,
        "刊期": publication.frequency,
        "文件名前缀": issue.prefix,
    }


def recorded_digests(issue: Issue, portable: PortableDigests) -> dict[str, str]:
    """Return what a record tells of ``portable``, the digests of the folder of ``issue``: no notes, not the record."""
    return {name: digests[0] for name, digests in _without_notes(issue, portable).items()}


def _without_notes(issue: Issue, portable: PortableDigests) -> PortableDigests:
    documents = {document.path.rsplit("/", 1)[-1] for document in issue.documents}
    left_out = {FILE, *NOT_DOCUMENTS} - documents
    return {name: digests for name, digests in portable.items() if name not in left_out}


def differences(
    record: PublicationRecord, publication: Publication, issue: Issue, portable: PortableDigests
) -> tuple[str, ...]:
    """Return what is not as ``record`` says: names of files, then settings as ``content/gazette.toml 的名称``.

    ``portable`` are the digests of the issue's folder now.
    """
    now = _without_notes(issue, portable)
    names = [
        name
        for name in sorted({*record.digests, *now})
        # Records of earlier versions list what Windows leaves in a folder.
        if record.digests.get(name) not in now.get(name, ()) and not is_hidden(name)
    ]
    settings = settings_of(publication, issue)
    return (
        *names,
        *(f"{SETTINGS_PATH} 的{key}" for key, value in record.settings.items() if settings.get(key) != value),
    )
