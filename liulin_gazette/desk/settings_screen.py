"""The settings of the gazette as forms: the parts of gazette.toml, each entry of those that have several, dated changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import desk_advice
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.gazette_settings_file import (
    FILE,
    Field,
    Key,
    SettingsFileError,
    changes_of,
    fields_of,
    findings_in,
    line_of,
    new_errors,
    read_schema,
    values_in,
    with_changes,
)
from liulin_gazette.editing.undo_journal import read_file
from liulin_gazette.model.diagnostics import Diagnostic

PLAIN = "基本情况"
"""What the settings that stand in no table are called together."""
TITLE = "settings"
"""Of the step that can be undone."""
CHANGED_MEANWHILE, NOT_RIGHT = 409, 422


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the settings: the plain ones, a table, or a list of entries."""

    name: str
    hint: str
    is_list: bool
    entries: tuple[str, ...] = ()
    """What the entries of a list are called, or the first values of a table."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with what is wrong with it."""

    field: Field
    text: str
    now: str = ""
    """What the file has by now, where that is something else than was sent."""
    findings: tuple[Diagnostic, ...] = ()


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the settings."""
    place, entry = "/settings/{part}/", "/settings/{part}/{index:int}/"
    return [
        view(desk, "/settings/", lambda request: _overview(desk, request)),
        view(desk, place, lambda request: _edited(desk, request)),
        view(desk, entry, lambda request: _edited(desk, request)),
        act(desk, place, lambda request, form: _save(desk, request, form)),
        act(desk, entry, lambda request, form: _save(desk, request, form)),
        act(desk, entry + "remove/", lambda request, form: _remove(desk, request, form)),
    ]


def _overview(desk: Desk, request: Request) -> Response:
    schema, values = read_schema(desk.root), values_in(_content(desk))
    plain = {name: node for name, node in schema["properties"].items() if _is_plain(node)}
    parts = [Part(PLAIN, "、".join(plain), is_list=False)]
    for name, node in schema["properties"].items():
        if name not in plain:
            value = values.get(name)
            is_list = node.get("type") == "array"
            entries = cast("list[Any]", value) if is_list and isinstance(value, list) else []
            hint = node.get("description") or "、".join(node.get("properties", {}))
            parts.append(Part(name, hint, is_list, tuple(map(_label, entries))))
    return page(desk, request, "settings", parts=parts)


def _label(entry: object) -> str:
    """Return what an entry of a list is called: its first values."""
    if not isinstance(entry, dict):
        return "看不懂的一项"
    values = [
        str(value)
        for value in cast("dict[str, object]", entry).values()
        if not isinstance(value, (dict, list))
    ]
    return " ".join(values[:3])  # fmt: skip


def _is_plain(node: Mapping[str, Any]) -> bool:
    return node.get("type") not in ("object", "array")


def _content(desk: Desk) -> bytes:
    """Return the file with the settings. Raises SettingsFileError, FileAccessError."""
    content = read_file(desk.root / FILE)
    if content is None:
        raise SettingsFileError(f"没有 {FILE}。", "从备份恢复。")
    return content


def _place(desk: Desk, request: Request, values: Mapping[str, Any]) -> tuple[Key, Mapping[str, Any], object]:
    """Return key, schema and values of the table that is asked for. Raises MissingScreenError."""
    part: str = request.path_params["part"]
    index: int | None = request.path_params.get("index")
    properties = read_schema(desk.root)["properties"]
    if part == PLAIN and index is None:
        plain = {name: node for name, node in properties.items() if _is_plain(node)}
        return (), {**read_schema(desk.root), "properties": plain}, values
    node = properties.get(part)
    if node is None or _is_plain(node) or (node["type"] == "array") is (index is None):
        raise missing()
    if index is None:
        return (part,), node, values.get(part)
    value = values.get(part, [])
    entries = cast("list[Any]", value) if isinstance(value, list) else []
    if index > len(entries):
        raise missing()
    return (part, index), node["items"], entries[index] if index < len(entries) else {}


def _edited(desk: Desk, request: Request) -> Response:
    content = _content(desk)
    key, schema, values = _place(desk, request, values_in(content))
    fields = list(fields_of(schema, key, values))
    return _form(desk, request, content, key, _shown(fields, {}, content, findings_in(desk.root, content)))


def _save(desk: Desk, request: Request, form: Form) -> Response:
    """Write what is other than in the file, unless the file is another one than the page showed, or it is wrong."""
    content = _content(desk)
    key, schema, values = _place(desk, request, values_in(content))
    fields = list(fields_of(schema, key, values))
    sent = {field.name: form.get(field.name) for field in fields if field.name in form.fields}
    if form["digest"] != _digest(content):
        told = "这一页打开以后，文件在别处改过，没有写。下面写着文件里现在的内容：看过，再保存。"
        if "index" in request.path_params:
            told = "这一页打开以后，文件在别处改过，没有写。各项的次序可能变了：把打的字复制下来，回到设置，重新打开这一项。"
        return _form(desk, request, content, key, _shown(fields, sent, content, ()), told, CHANGED_MEANWHILE)
    changes = changes_of(fields, sent)
    if not changes:
        return moved(request, "/settings/", "没有改动，什么都没有写。")
    changed = with_changes(content, changes)
    if errors := new_errors(desk.root, content, changed):
        shown, told = _shown(fields, sent, changed, errors), "有错误，没有写。改正以后再保存。"
        return _form(desk, request, content, key, shown, told, NOT_RIGHT, _left_over(shown, errors))
    apply(desk.root, TITLE, [Change(FILE, content, changed)])
    return moved(request, "/settings/", f"改好了 {len(changes)} 项；要撤销，到“撤销”一页。")


def _remove(desk: Desk, request: Request, form: Form) -> Response:
    """Remove an entry of a list. Raises SettingsFileError where the file is another one, or would be wrong."""
    content = _content(desk)
    key, _, values = _place(desk, request, values_in(content))
    if not values:
        raise missing()
    if form["digest"] != _digest(content):
        raise SettingsFileError("这一页打开以后，文件在别处改过，没有删。", "回到设置，看过再删。")
    changed = with_changes(content, [(key, None)])
    if errors := new_errors(desk.root, content, changed):
        raise SettingsFileError(f"删去以后会有错误，没有删：{errors[0].message}{desk_advice(errors[0])}")
    apply(desk.root, TITLE, [Change(FILE, content, changed)])
    return moved(request, "/settings/", "删去了；要撤销，到“撤销”一页。")


def _shown(
    fields: Sequence[Field], sent: Mapping[str, str], content: bytes, findings: Sequence[Diagnostic]
) -> list[Shown]:
    """Return ``fields`` with the texts ``sent`` and the ``findings`` about each in the file ``content``."""
    shown: list[Shown] = []
    written = _is_written(content)
    for field in fields:
        text = sent.get(field.name, field.text)
        is_other = field.name in sent and text.strip() != field.text.strip()
        line = line_of(content, field.key) if written(field.key) else 0
        own = tuple(each for each in findings if each.place.line == line)
        shown.append(Shown(field, text, (field.text or "（没有写）") if is_other else "", own))
    return shown


def _is_written(content: bytes) -> Callable[[Key], bool]:
    """Return a function that tells whether the file ``content`` has a value at a key."""
    values = values_in(content)

    def tell(key: Key) -> bool:
        value: Any = values
        for part in key:
            if isinstance(part, int) and isinstance(value, list) and part < len(cast("list[Any]", value)):
                value = cast("list[Any]", value)[part]
            elif isinstance(value, dict) and part in value:
                value = cast("dict[Any, Any]", value)[part]
            else:
                return False
        return True

    return tell


def _left_over(shown: Sequence[Shown], errors: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return those of ``errors`` that stand at no field."""
    return [error for error in errors if not any(error in each.findings for each in shown)]


def _form(
    desk: Desk,
    request: Request,
    content: bytes,
    key: Key,
    shown: Sequence[Shown],
    told: str = "",
    status: int = 200,
    errors: Sequence[Diagnostic] = (),
) -> Response:
    part: str = request.path_params["part"]
    index: int | None = request.path_params.get("index")
    is_new = index is not None and not _is_written(content)(key)
    return page(
        desk,
        request,
        "setting",
        status,
        part=part,
        index=index,
        is_new=is_new,
        fields=shown,
        # Of several entries of one kind, this number may be another one now: such a page is opened anew.
        digest="" if index is not None and status == CHANGED_MEANWHILE else _digest(content),
        told=told,
        errors=errors,
        is_conflict=status == CHANGED_MEANWHILE,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
