"""The screen of what a document has been: each save, what it changed, and an old version taken back as a new step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.issue_folder import head_of, shown_name, title_in
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.desk.screens.document_screen import document_path
from liulin_gazette.editing.document_saving import digest_of, read_saved
from liulin_gazette.editing.document_versions import (
    Version,
    document_history,
    restore_version,
    version_called,
)
from liulin_gazette.editing.step_titles import shown_title
from liulin_gazette.review.comparison import ChangedLine, changed_lines
from liulin_gazette.review.paper_proof import proofed_document
from liulin_gazette.text.beijing_time import BEIJING

ADDRESS = "/issues/{folder}/documents/{name}/history/"
NOW, PROOF = "now", "proof"
"""Keys of the present file, and of what the last proof shows; the others are those of ``Version``."""


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version as the list shows it."""

    key: str
    title: str
    time: str
    before: str
    """Key of the one before it; empty for the oldest."""
    changed: int
    """Lines in which it differs from the one before it."""
    is_now: bool
    """Whether the file is the same now."""
    is_restorable: bool
    fault: str = ""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the history of a document."""
    return [
        view(desk, ADDRESS, lambda request: _history(desk, request)),
        view(desk, f"{ADDRESS}compare", lambda request: _comparison(desk, request)),
        act(desk, f"{ADDRESS}restore", lambda request, form: _restore(desk, request, form)),
    ]


def _history(desk: Desk, request: Request) -> Response:
    path = document_path(desk, request)
    saved, before = read_saved(desk.root, path), request.query_params.get("before", "")
    history = document_history(desk.root, path, before)
    if saved is None and not any(version.content for version in history.versions):
        raise missing()
    return page(
        desk,
        request,
        "document_history",
        **_place(desk, request, path),
        digest=digest_of(saved),
        versions=_shown(saved, history.versions, is_newest=not before),
        older=history.older,
        has_proof=proofed_document(desk.root, path) is not None,
    )


def _place(desk: Desk, request: Request, path: str) -> Mapping[str, Any]:
    folder, name = request.path_params["folder"], request.path_params["name"]
    return {
        "folder": folder,
        "name": name,
        "issue": shown_name(folder),
        "title": title_in(head_of(desk, path), f"{name}.md"),
    }


def _shown(saved: bytes | None, versions: Sequence[Version], is_newest: bool) -> list[ShownVersion]:
    """Return ``versions`` as the list shows them, newest first.

    Where they are the newest and none of them is the present file, that is there too.
    """
    shown: list[ShownVersion] = []
    before: Version | None = None
    last = next((version.content for version in reversed(versions) if not version.fault), None)
    now = [] if saved == last or not is_newest else [Version(NOW, "", 0, saved)]
    for version in (*versions, *now):
        if version.fault:
            fault = version.fault.told_with(at_desk)
            shown.append(ShownVersion(version.key, "读不出来的一步", "", "", 0, False, False, fault))
            continue
        lines = changed_lines(_lines(before.content if before else b""), _lines(version.content))
        shown.append(
            ShownVersion(
                version.key,
                _title(version),
                datetime.fromtimestamp(version.time, BEIJING).strftime("%Y-%m-%d %H:%M")
                if version.time
                else "",
                before.key if before else "",
                sum(1 for _ in lines) if before else 0,
                version.content == saved,
                version.content not in (None, saved),
            )
        )
        before = version
    return shown[::-1]


def _title(version: Version) -> str:
    if version.content is None:
        return f"{shown_title(version.title)}：删去了这个文件" if version.title else "文件不在了"
    if version.title:
        return shown_title(version.title)
    return "在编辑台以外改过" if version.key == NOW else "再早的样子"


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8-sig", "replace").splitlines()


def _comparison(desk: Desk, request: Request) -> Response:
    """Return the page that shows what changed from one version to another. Raises MissingScreenError without them."""
    path = document_path(desk, request)
    old, new = (request.query_params.get(name, "") for name in ("from", "to"))
    saved = read_saved(desk.root, path)
    found = {key: version_called(desk.root, path, key) for key in (old, new)}
    known = {key: version for key, version in found.items() if version}
    contents = {key: version.content for key, version in known.items()}
    contents |= {NOW: saved, PROOF: proofed_document(desk.root, path)}
    if old not in contents or new not in contents or (old == PROOF and contents[PROOF] is None):
        raise missing()
    lines: list[ChangedLine] = list(changed_lines(_lines(contents[old]), _lines(contents[new])))
    return page(
        desk,
        request,
        "document_comparison",
        **_place(desk, request, path),
        old=_called(old, known),
        new=_called(new, known),
        key=old if new == NOW and old != PROOF and contents[old] not in (None, saved) else "",
        digest=digest_of(saved),
        lines=lines,
    )


def _called(key: str, known: Mapping[str, Version]) -> str:
    """Return what the version ``key`` is called on the page."""
    if key in (NOW, PROOF):
        return "现在" if key == NOW else "上次校样"
    version = known[key]
    time = datetime.fromtimestamp(version.time, BEIJING).strftime("%m-%d %H:%M ") if version.time else ""
    return f"{time}{_title(version)}"


def _restore(desk: Desk, request: Request, form: Form) -> Response:
    """Take back the version that ``form`` names. Raises EditorError."""
    path = document_path(desk, request)
    version = version_called(desk.root, path, form["version"])
    if version is None:
        raise FormError("这个样子已经不在历史里了。", "刷新这一页，看看现在的历史。")
    is_changed = restore_version(desk.root, path, version, form["digest"])
    address = request.url.path.removesuffix("history/restore")
    words = "换回来了，是新的一步，要退回用“撤销”。" if is_changed else "本来就是这个样子，没有改动。"
    return moved(request, address, words)
