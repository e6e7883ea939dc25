"""A document saved from a form, never over what somebody else has written meanwhile; and drafts of what is typed."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.disk import durable_files
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.document_file import Head, changed_document, read_document
from liulin_gazette.editing.front_matter_edits import FrontMatterError
from liulin_gazette.editing.undo_journal import Change, EditingError, FileAccessError, read_file
from liulin_gazette.source.folder import read_plain_file
from liulin_gazette.source.text_file import MAX_TEXT_BYTES
from liulin_gazette.text.editor_error import CONTENT, EditorError
from liulin_gazette.text.system_errors import reason

STEP = "edit"


class ChangedMeanwhileError(EditorError):
    """The file is not the one that the page showed; nothing was written."""

    exit_code = CONTENT

    def __init__(self, path: str, current: bytes | None) -> None:
        """``current`` is the content now, None where the file is gone."""
        what = "已经删去或改名了" if current is None else "刚刚在别处改过"
        super().__init__(f"{path} {what}，没有保存。", "比较两边，选一份；打的字都在这一页上。")
        self.current = current


class OtherDraftError(EditorError):
    """Another window keeps a draft of the document; nothing was changed."""

    exit_code = CONTENT

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} 有另一个窗口打的、没有保存的字，没有动它。",
            "在新的窗口里打开这份公文，看过那份草稿；这一页打的字先复制下来。",
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not saved."""

    digest: str
    """Of the file that it was typed over."""
    content: bytes
    """The file as it would be saved."""


def digest_of(content: bytes | None) -> str:
    """Return SHA-256 of ``content``; empty where there is no file."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def read_saved(root: Path, path: str) -> bytes | None:
    """Return the content of the document at the project ``path``; None where there is none.

    Raises FileAccessError where it cannot be read.
    """
    try:
        return read_plain_file(root, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileAccessError(f"{path} 读不出来（{reason(error, '读取')}）。") from error


def typed_document(saved: bytes | None, head: Head, text: str) -> bytes:
    """Return the file that saving ``head`` and ``text`` over ``saved`` would give. Raises EditorError.

    Where ``saved`` has become unreadable, it is a file with nothing else in it: what was typed can still be compared.
    """
    after = b"" if len(text) > MAX_TEXT_BYTES else changed_document(_base(saved, head), head, text)
    if max(len(after), len(text)) > MAX_TEXT_BYTES:
        raise EditorError("文字超过 4 MB，不像一份公文，没有保存。", "多是粘贴错了：退回（Ctrl+Z），再保存。")
    return after


def _base(saved: bytes | None, head: Head) -> bytes:
    """Return ``saved``, or nothing where ``head`` cannot be written into it."""
    try:
        file = read_document(saved or b"")
    except FrontMatterError:
        return b""
    is_writable = isinstance(head, str) or file.values is not None or not file.head
    return (saved or b"") if is_writable else b""


def save_document(root: Path, path: str, digest: str, head: Head, text: str, draft: str = "") -> bool:
    """Write the document at the project ``path``, shown with ``digest``, so that ``undo`` takes it back.

    ``draft`` is the digest of the draft that the page knows, which is removed. Return whether anything changes.
    Raises ChangedMeanwhileError where the file is another one now than both, OtherDraftError where the draft is, and
    EditorError where it cannot be written; nothing is lost then.
    """
    saved = read_saved(root, path)
    after = typed_document(saved, head, text)
    if after != saved and digest_of(saved) != digest:
        raise ChangedMeanwhileError(path, saved)
    require_own_draft(root, path, draft, after)
    if after != saved:
        apply(root, STEP, [Change(path, saved, after)])
    with contextlib.suppress(EditorError):
        remove_draft(root, path)
    return after != saved


def draft_of(root: Path, path: str) -> Path:
    """Return the file that keeps what is typed in the document at ``path``; hidden, so that no build reads it."""
    file = root / path
    return file.with_name(f".~{file.name}.draft")


def save_draft(root: Path, path: str, draft: Draft) -> None:
    """Keep ``draft`` beside the document at ``path``. Raises FileAccessError where the disk refuses it."""
    try:
        durable_files.write_files({draft_of(root, path): f"{draft.digest}\n".encode() + draft.content})
    except OSError as error:
        raise FileAccessError(
            f"草稿存不下来（{reason(error, '写入')}）。打的字还在这一页上，先不要关。"
        ) from error


def read_draft(root: Path, path: str) -> Draft | None:
    """Return the draft of the document at ``path``; None where there is none. Raises FileAccessError."""
    kept = read_file(draft_of(root, path))
    if kept is None:
        return None
    digest, _, content = kept.partition(b"\n")
    return Draft(digest.decode("ascii", "replace"), content)


def draft_digest(root: Path, path: str) -> str:
    """Return the digest of the draft of the document at ``path``; empty where there is none."""
    return digest_of(read_file(draft_of(root, path)))


def require_own_draft(root: Path, path: str, known: str, typed: bytes | None = None) -> None:
    """Raise OtherDraftError where a draft is there that is not the one with the digest ``known``.

    A draft with nothing in it that would be lost is nobody's: one that equals the saved file, or ``typed``.
    """
    draft = read_draft(root, path)
    if draft is None or draft_digest(root, path) == known:
        return
    if draft.content not in (typed, read_saved(root, path)):
        raise OtherDraftError(path)


def require_no_draft(root: Path, path: str) -> None:
    """Raise EditingError where the document at ``path`` has a draft with something in it that is not saved.

    A draft that equals the saved file is removed, so that no other document of that name is shown with it.
    """
    draft = read_draft(root, path)
    if draft is not None and draft.content != read_saved(root, path):
        raise EditingError(
            "这份公文有打了没有保存的字，没有动它。", "先打开它，保存或者不要草稿，再移走、删除。"
        )
    remove_draft(root, path)


def remove_draft(root: Path, path: str) -> None:
    """Remove the draft of the document at ``path``, if there is one. Raises FileAccessError."""
    file = draft_of(root, path)
    try:
        if file.exists():
            durable_files.write_files({file: None})
    except OSError as error:
        raise FileAccessError(f"草稿删不掉（{reason(error, '删除')}）。") from error
