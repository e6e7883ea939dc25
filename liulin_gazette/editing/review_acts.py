"""What reviewers and the editor do with comments and 阅签, which are files beside an issue (``source/review_files.py``).

What a reviewer writes is no step that the editor can undo: else a reviewer's comment could be taken back by an editor
who means his own last change, and many comments would push the editor's steps out of the list. A reviewer takes back
and corrects his own comments while they are open. Closing one is the editor's step, and undone like any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from liulin_gazette.editing.changes import Change, apply, write_without_step
from liulin_gazette.editing.document_saving import digest_of
from liulin_gazette.editing.undo_journal import EditingError, read_file
from liulin_gazette.model.reviewing import (
    MOST_COMMENTS,
    MOST_QUOTED,
    MOST_WORDS,
    ReviewComment,
    SignOff,
    Verdict,
    is_reviewer_name,
    plain_words,
)
from liulin_gazette.source.review_files import (
    REVIEW_FOLDER,
    SIGN_OFF_FILE,
    SIGN_OFF_KEY,
    comment_names,
    is_comment_name,
    read_review,
    reviewer_folder,
)
from liulin_gazette.text.beijing_time import BEIJING

HANDLED_STEP = "review"
_NEWEST = 9999
"""The highest number of a comment's file."""


class ReviewError(EditingError):
    """A comment or 阅签 cannot be written as it was sent; nothing was written."""


def now_in_beijing() -> datetime:
    """Return the time that comments are dated with: Beijing time without an offset, to the second."""
    return datetime.now(BEIJING).replace(microsecond=0, tzinfo=None)


def add_comment(
    root: Path, issue: str, reviewer: str, document: str, place: str, quoted: str, words: str, now: datetime
) -> str:
    """Write a comment of ``reviewer`` on a ``document`` (02.md) of the issue of this name; return the name of its file.

    ``place`` is the name of the paragraph and ``quoted`` words of it, both empty for the document as a whole.
    Raises EditingError.
    """
    written = _checked_words(words)
    names = comment_names(root, issue, reviewer)
    if len(names) >= MOST_COMMENTS:
        raise ReviewError(f"一个人对一期的意见最多 {MOST_COMMENTS} 条。", "其余的请直接告诉编辑。")
    number = max((int(name.removesuffix(".toml")) for name in names), default=0) + 1
    if number > _NEWEST:
        raise ReviewError("意见的编号用完了。", "其余的请直接告诉编辑。")
    name = f"{number:03}"
    fields = {
        "文件": document,
        "位置": place[:MOST_QUOTED],
        "原文": plain_words(quoted)[:MOST_QUOTED],
        "意见": written,
        "时间": now,
    }
    path = _comment_path(root, issue, reviewer, name)
    write_without_step(root, (Change(path, None, _table(fields)),))
    return name


def correct_comment(
    root: Path, issue: str, reviewer: str, name: str, digest: str, words: str, now: datetime
) -> None:
    """Write other ``words`` into the open comment ``name``, whose file the page showed with ``digest``. Raises EditingError."""
    path, before, comment = _shown_comment(root, issue, reviewer, name, digest)
    _require_open(comment)
    after = _table({**_fields(comment), "意见": _checked_words(words), "时间": now})
    write_without_step(root, (Change(path, before, after),))


def withdraw_comment(root: Path, issue: str, reviewer: str, name: str, digest: str) -> None:
    """Remove the open comment ``name``, whose file the page showed with ``digest``. Raises EditingError."""
    path, before, comment = _shown_comment(root, issue, reviewer, name, digest)
    _require_open(comment)
    write_without_step(root, (Change(path, before, None),))


def handle_comment(
    root: Path, issue: str, reviewer: str, name: str, digest: str, handled: datetime | None
) -> None:
    """Close a comment as of ``handled``, or open it again for None, as one step of the editor. Raises EditingError."""
    path, before, comment = _shown_comment(root, issue, reviewer, name, digest)
    fields = _fields(comment)
    fields.pop("处理", None)
    after = _table(fields if handled is None else {**fields, "处理": handled})
    if after != before:
        apply(root, HANDLED_STEP, (Change(path, before, after),))


def sign_off(
    root: Path,
    issue: str,
    reviewer: str,
    document: str,
    verdict: Verdict | None,
    read_digest: str,
    now: datetime,
) -> None:
    """Write 已阅 or 同意 of ``reviewer`` for ``document`` (02.md), or the whole issue for an empty one; None takes it back.

    ``read_digest`` is that of what was read. Raises EditingError, also where what is there cannot be read.
    """
    path = f"{_own_folder(root, issue, reviewer)}/{SIGN_OFF_FILE}"
    before = read_file(root / path)
    review = read_review(root, issue)
    if any(diagnostic.place.path == path for diagnostic in review.diagnostics):
        raise ReviewError("以前的阅签读不懂，没有动它。", "请告诉编辑。")
    kept = [each for each in review.sign_offs if each.reviewer == reviewer and each.document != document]
    if verdict is not None:
        kept.append(SignOff(reviewer, document, verdict, now, read_digest))
    after = _sign_off_file(kept) if kept else None
    if after != before:
        write_without_step(root, (Change(path, before, after),))


def _own_folder(root: Path, issue: str, reviewer: str) -> str:
    """Return the project path of the folder of ``reviewer``. Raises ReviewError for a name or a link that leads elsewhere."""
    above = (root / "content", root / "content" / issue, root / "content" / issue / REVIEW_FOLDER)
    folder = reviewer_folder(issue, reviewer)
    if not is_reviewer_name(reviewer) or any(place.is_symlink() for place in (*above, root / folder)):
        raise ReviewError("审阅的文件夹不是普通的文件夹，没有写。", "请告诉编辑。")
    return folder


def _comment_path(root: Path, issue: str, reviewer: str, name: str) -> str:
    if not is_comment_name(name):
        raise ReviewError("没有这条意见。", "刷新这一页，再做一次。")
    return f"{_own_folder(root, issue, reviewer)}/{name}.toml"


def _shown_comment(
    root: Path, issue: str, reviewer: str, name: str, digest: str
) -> tuple[str, bytes, ReviewComment]:
    """Return the path, the content and the comment of a file, as long as it is the one that the page showed."""
    path = _comment_path(root, issue, reviewer, name)
    before = read_file(root / path)
    known = read_review(root, issue).comments
    comment = next((each for each in known if (each.reviewer, each.name) == (reviewer, name)), None)
    if before is None or comment is None or not comment.digest == digest == digest_of(before):
        raise ReviewError("这条意见刚刚改过或者收回了，没有动它。", "刷新这一页，看过再做。")
    return path, before, comment


def _require_open(comment: ReviewComment) -> None:
    if comment.handled is not None:
        raise ReviewError("编辑已经处理了这条意见，不能再改、再收回。", "有新的意见，另写一条。")


def _checked_words(words: str) -> str:
    written = plain_words(words)
    if not written:
        raise ReviewError("意见是空的。", "写上意见，再提交。")
    if len(written) > MOST_WORDS:
        raise ReviewError(f"意见有 {len(written)} 字，最多 {MOST_WORDS} 字。", "分成几条写。")
    return written


def _fields(comment: ReviewComment) -> dict[str, str | datetime]:
    fields: dict[str, str | datetime] = {
        "文件": comment.document,
        "位置": comment.place,
        "原文": comment.quoted,
        "意见": comment.words,
        "时间": comment.time,
    }
    return fields if comment.handled is None else {**fields, "处理": comment.handled}


def _sign_off_file(sign_offs: Sequence[SignOff]) -> bytes:
    parts: list[bytes] = []
    for each in sorted(sign_offs, key=lambda each: each.document):
        fields: dict[str, str | datetime] = {"文件": each.document} if each.document else {}
        fields |= {"意见": each.verdict.value, "时间": each.time, "读的是": each.read_digest}
        parts.append(f'[["{SIGN_OFF_KEY}"]]\n'.encode() + _table(fields))
    return b"\n".join(parts)


def _table(fields: dict[str, str] | dict[str, str | datetime]) -> bytes:
    """Return ``fields`` as lines of TOML, those with nothing in them left out."""
    lines = [
        f'"{key}" = {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value.isoformat(" ")}'
        for key, value in fields.items()
        if value != ""
    ]
    return ("\n".join(lines) + "\n").encode()
