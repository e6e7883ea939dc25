"""The files beside an issue in which reviewers' comments and 阅签 are kept: the folder 审阅 in that of the issue.

    content/2026-2/审阅/王局长/001.toml      one comment
    content/2026-2/审阅/王局长/阅签.toml     已阅 and 同意 of this reviewer

The reader of content passes over folders in that of an issue, so nothing of this is ever published. A file of its own
for each comment lets two people write at the same time, and lets one damaged file lose nothing else.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.reviewing import (
    MOST_COMMENTS,
    MOST_QUOTED,
    MOST_REVIEWERS,
    MOST_WORDS,
    IssueReview,
    ReviewComment,
    SignOff,
    Verdict,
    is_reviewer_name,
)
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder, read_plain_file
from liulin_gazette.source.settings_tables.settings import Settings, parse_settings
from liulin_gazette.source.text_file import read_text
from liulin_gazette.text.system_errors import reason

REVIEW_FOLDER = "审阅"
SIGN_OFF_FILE = "阅签.toml"
SIGN_OFF_KEY = "阅签"
COMMENT_FILE = re.compile(r"[0-9]{3,4}\.toml")
MOST_FILE_BYTES = 128 * 1024
"""Of one file: 阅签 of an issue with several hundred documents."""
_MOST_SIGN_OFFS = 1_000
_MOST_ENTRIES = 2_000
"""Entries of a folder that are looked at."""
_DIGEST = re.compile("[0-9a-f]{64}")
_MENDED = "照旁边的文件改正，或者请写的人再写一次。"


def reviewer_folder(issue: str, reviewer: str) -> str:
    """Return the project path of the folder of ``reviewer`` beside the issue of this name (2026-2)."""
    return f"content/{issue}/{REVIEW_FOLDER}/{reviewer}"


def read_review(root: Path, issue: str) -> IssueReview:
    """Return what reviewers have said of the issue of this name (2026-2), as far as it can be read."""
    findings = FindingCollector()
    comments: list[ReviewComment] = []
    sign_offs: list[SignOff] = []
    folder = f"content/{issue}/{REVIEW_FOLDER}"
    for reviewer in _first(_names(root, folder, findings), MOST_REVIEWERS, folder, "个审阅人", findings):
        if not is_reviewer_name(reviewer) or not (root / folder / reviewer).is_dir():
            findings.warning(
                "B002", Place(f"{folder}/{reviewer}"), "“审阅”里只有以审阅人的名字命名的文件夹。", "移走它。"
            )
            continue
        own = f"{folder}/{reviewer}"
        names = _names(root, own, findings)
        written = [name for name in names if COMMENT_FILE.fullmatch(name)]
        for name in _first(written, MOST_COMMENTS, own, "条意见", findings):
            comments += _comment(root, own, reviewer, name, findings)
        if SIGN_OFF_FILE in names:
            sign_offs += _sign_offs(root, own, reviewer, findings)
    comments.sort(key=lambda each: (each.time, each.reviewer, each.name))
    return IssueReview(tuple(comments), tuple(sign_offs), tuple(findings.items))


def _first(names: list[str], most: int, path: str, counted: str, findings: FindingCollector) -> list[str]:
    """Return the first ``most`` of ``names`` in the folder at ``path``; report how many of them were not read."""
    if len(names) > most:
        message = f"这里有 {len(names)} {counted}，只读前 {most} {counted[0]}；从“{names[most]}”起没有读。"
        findings.warning("B002", Place(path), message, "处理完的移到别的文件夹，其余的就读得出来。")
    return names[:most]


def comment_names(root: Path, issue: str, reviewer: str) -> list[str]:
    """Return the names of the files of the comments of ``reviewer``, readable or not, sorted."""
    names = _names(root, reviewer_folder(issue, reviewer), FindingCollector())
    return [name for name in names if COMMENT_FILE.fullmatch(name)]


def is_comment_name(name: str) -> bool:
    """Tell whether a comment's file can have this ``name``, without ``.toml``."""
    return COMMENT_FILE.fullmatch(f"{name}.toml") is not None


def _names(root: Path, path: str, findings: FindingCollector) -> list[str]:
    """Return the names in the folder at the project ``path``, sorted, without hidden ones; none where there is no folder."""
    places = [root / "/".join(path.split("/")[: depth + 1]) for depth in range(path.count("/") + 1)]
    if any(place.is_symlink() for place in places):
        findings.warning("B002", Place(path), "这个文件夹是链接，没有读。", "换成普通的文件夹。")
        return []
    try:
        with os.scandir(places[-1]) as entries:
            names = [entry.name for entry in islice(entries, _MOST_ENTRIES + 1)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        findings.warning(
            "B002", Place(path), f"文件夹读不出来（{reason(error, '读取')}）。", "检查有没有读取权限。"
        )
        return []
    if len(names) > _MOST_ENTRIES:
        message = f"文件夹里的文件超过 {_MOST_ENTRIES} 个，没有读全。"
        findings.warning("B002", Place(path), message, "把不是审阅意见的移走。")
    return sorted(
        name for name in names[:_MOST_ENTRIES] if not name.startswith((".", "~")) and is_portable(name)
    )


def _parsed(root: Path, folder: str, name: str, findings: FindingCollector) -> tuple[Settings, bytes] | None:
    """Return the table in the file ``name`` of the project ``folder``, and its bytes; None, reported, where there is none."""
    path = f"{folder}/{name}"
    try:
        status = (root / path).lstat()
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if status.st_size > MOST_FILE_BYTES:
            findings.error("B003", Place(path), "文件太大，不像审阅的意见。", "移走它，请写的人再写一次。")
            return None
        content = read_plain_file(root, path)[:MOST_FILE_BYTES]
    except OSError as error:
        findings.error(
            "B002", Place(path), f"文件读不出来（{reason(error, '读取')}）。", "检查有没有读取权限。"
        )
        return None
    text = read_text(Folder(folder, {name: content}), name, findings)
    settings = parse_settings(text, path, findings) if text is not None else None
    return (settings, content) if settings is not None else None


def _comment(
    root: Path, folder: str, reviewer: str, name: str, findings: FindingCollector
) -> Iterator[ReviewComment]:
    """Yield the comment in the file ``name``; none, reported, where it is damaged."""
    own = FindingCollector()
    if parsed := _parsed(root, folder, name, own):
        settings, content = parsed
        settings.allow_only("文件", "位置", "原文", "意见", "时间", "处理")
        words, quoted = settings.get("意见", str), settings.get("原文", str, "")
        document, place = settings.get("文件", str), settings.get("位置", str, "")
        time = settings.get("时间", datetime)
        handled = settings.get("处理", datetime) if "处理" in settings.values else None
        if len(words) > MOST_WORDS or len(quoted) > MOST_QUOTED or len(place) > MOST_QUOTED:
            own.error("B008", settings.place("意见"), f"意见超过 {MOST_WORDS} 字。", _MENDED)
        if not is_portable(document):
            own.error("B008", settings.place("文件"), "“文件”不是一份公文的文件名。", _MENDED)
        if not own.items:
            digest = hashlib.sha256(content).hexdigest()
            yield ReviewComment(reviewer, name[:-5], document, place, quoted, words, time, handled, digest)
    findings.items += own.items


def _sign_offs(root: Path, folder: str, reviewer: str, findings: FindingCollector) -> Iterator[SignOff]:
    """Yield the 阅签 of ``reviewer``; those that are damaged are reported and left out."""
    parsed = _parsed(root, folder, SIGN_OFF_FILE, findings)
    if parsed is None:
        return
    settings, _ = parsed
    settings.allow_only(SIGN_OFF_KEY)
    for entry in settings.tables(SIGN_OFF_KEY, required=False)[:_MOST_SIGN_OFFS]:
        known = len(findings.items)
        entry.allow_only("文件", "意见", "时间", "读的是")
        document = entry.get("文件", str, "")
        verdict = entry.one_of("意见", [each.value for each in Verdict])
        time, digest = entry.get("时间", datetime), entry.get("读的是", str)
        if document and not is_portable(document):
            findings.error("B008", entry.place("文件"), "“文件”不是一份公文的文件名。", _MENDED)
        if not _DIGEST.fullmatch(digest):
            findings.error("B008", entry.place("读的是"), "“读的是”不是一个摘要。", _MENDED)
        if len(findings.items) == known:
            yield SignOff(reviewer, document, Verdict(verdict), time, digest)
