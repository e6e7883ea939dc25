"""发布记录: the file that says what an issue was when it was published, and how it changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from liulin_gazette.diagnostics import Place
from liulin_gazette.model import PublicationRecord, Republication
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.reading import Findings

FILE = "published.json"
"""Written by the program, in the issue's folder."""
NOT_DOCUMENTS = ("转录说明.md",)
"""Markdown files of an issue's folder that are notes of the office, not documents."""


def read_record(folder: Folder, findings: Findings) -> PublicationRecord | None:
    """Return the record in an issue's ``folder``; None without one. A damaged one is reported (B051)."""
    if FILE not in folder.digests and FILE not in folder.unread:
        return None
    try:
        data: Any = json.loads(folder.files.get(FILE, b"").decode("utf-8"))
        return PublicationRecord(
            date.fromisoformat(data["发布日期"]),
            {str(name): str(digest) for name, digest in data["文件"].items()},
            tuple(
                Republication(
                    date.fromisoformat(each["日期"]), str(each["理由"]), tuple(map(str, each["文件"]))
                )
                for each in data["改动"]
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        findings.error(
            "B051",
            Place(f"{folder.path}/{FILE}"),
            "发布记录读不懂。",
            "从备份恢复这个文件；它由程序写，不要手改。",
        )
        return None


def record_text(record: PublicationRecord) -> str:
    """Return the file of ``record``."""
    data = {
        "发布日期": record.published.isoformat(),
        "文件": dict(sorted(record.digests.items())),
        "改动": [
            {"日期": each.day.isoformat(), "理由": each.reason, "文件": list(each.files)}
            for each in record.changes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def digests(folder: Folder) -> dict[str, str]:
    """Return the SHA-256 of every file in an issue's ``folder`` but the record, with line ends as on any system."""
    return _recorded(folder.portable_digests)


def _recorded(portable: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in portable.items() if name not in (FILE, *NOT_DOCUMENTS)}


def differences(record: PublicationRecord, portable: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of files that are not as ``record`` says; ``portable`` are the folder's digests now."""
    now = _recorded(portable)
    names = sorted({*record.digests, *now})
    return tuple(name for name in names if record.digests.get(name) != now.get(name))
