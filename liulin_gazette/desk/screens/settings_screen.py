"""Settings as forms: those of the gazette with its dated changes, and those of an issue with its 栏目."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import desk_advice
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import is_published, issue_of, require_unpublished, shown_name
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.dated_change_order import in_order
from liulin_gazette.editing.gazette_settings_file import (
    FILE,
    ISSUE_SCHEMA,
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
from liulin_gazette.editing.issue_arrangement import FILES, listed_sections
from liulin_gazette.editing.new_pictures import pictures_of_issue
from liulin_gazette.editing.table_order import with_table_moved
from liulin_gazette.editing.undo_journal import read_file
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.source.folder import ISSUE_FILE, PICTURE_TYPES
from liulin_gazette.source.settings_tables.dated_changes import CHANGES

PLAIN = "基本情况"
"""What the settings that stand in no table are called together."""
TITLE = "settings"
"""Of the step that can be undone."""
CHANGED_MEANWHILE, NOT_RIGHT = 409, 422
SECTIONS = "栏目"
IN_ORDER = (SECTIONS, "图片页")
"""The lists of an issue that are printed in their order."""
ISSUE_NUMBER = ("年", "期", "增刊", "特刊", "并期")
"""What the folder of an issue is called by: another number is another issue."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the settings are of."""

    file: str
    """Project path of the file that they stand in."""
    schema: Mapping[str, Any]
    """Of that file, without what its forms leave out."""
    address: str
    """Of the list of its parts."""
    issue: str = ""
    """Name of the issue; empty for those of the gazette."""
    is_settled: bool = False
    """Whether the issue is published."""

    @property
    def title(self) -> str:
        """What the settings are called."""
        return f"{shown_name(self.issue)}的设置" if self.issue else "设置"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the settings: the plain ones, a table, or a list of entries."""

    name: str
    hint: str
    is_list: bool
    entries: tuple[str, ...] = ()
    """What the entries of a list are called, or the first values of a table."""
    has_order: bool = False
    """Whether the entries are printed in their order."""


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
    return [route for top in ("/settings/", "/issues/{folder}/settings/") for route in _routes(desk, top)]


def _routes(desk: Desk, top: str) -> list[Route]:
    place, entry = top + "{part}/", top + "{part}/{index:int}/"
    return [
        view(desk, top, lambda request: _overview(desk, request)),
        view(desk, place, lambda request: _edited(desk, request)),
        view(desk, entry, lambda request: _edited(desk, request)),
        act(desk, place, lambda request, form: _save(desk, request, form)),
        act(desk, entry, lambda request, form: _save(desk, request, form)),
        act(desk, entry + "up/", lambda request, form: _move_up(desk, request, form)),
        act(desk, entry + "remove/", lambda request, form: _remove(desk, request, form)),
    ]


def _subject(desk: Desk, request: Request) -> Subject:
    """Return what the settings at the address of ``request`` are of. Raises MissingScreenError, SettingsFileError."""
    if "folder" not in request.path_params:
        return Subject(FILE, read_schema(desk.root), "/settings/")
    issue = issue_of(desk, request)
    schema = read_schema(desk.root, ISSUE_SCHEMA)
    shown = {name: node for name, node in schema["properties"].items() if name not in ISSUE_NUMBER}
    entry = shown[SECTIONS]["items"]
    entry = {**entry, "properties": {key: each for key, each in entry["properties"].items() if key != FILES}}
    shown[SECTIONS] = {**shown[SECTIONS], "items": entry}
    address = f"/issues/{issue}/settings/"
    file = f"content/{issue}/{ISSUE_FILE}"
    return Subject(file, {**schema, "properties": shown}, address, issue, is_published(desk, issue))


def _fields(desk: Desk, subject: Subject, schema: Mapping[str, Any], key: Key, values: object) -> list[Field]:
    """Return the fields of the table at ``key``; a picture of an issue is chosen from those in its folder."""
    fields = list(fields_of(schema, key, values))
    if not subject.issue or all(each.key[-1] != FILES for each in fields):
        return fields
    pictures = pictures_of_issue(desk.root, subject.issue)
    return [
        replace(each, kind="choice", choices=tuple(sorted({*pictures, each.text} - {""})))
        if each.key[-1] == FILES
        else each
        for each in fields
    ]


def _require_open(subject: Subject, desk: Desk) -> None:
    """Raise EditingError where ``subject`` is an issue that is published."""
    if subject.issue:
        require_unpublished(desk, subject.issue)


def _overview(desk: Desk, request: Request) -> Response:
    subject = _subject(desk, request)
    content = _content(desk, subject)
    values, properties = values_in(content, subject.file), subject.schema["properties"]
    plain = [name for name, node in properties.items() if _is_plain(node)]
    parts = [Part(PLAIN, "、".join(plain), is_list=False)]
    for name, node in properties.items():
        if name not in plain:
            value = values.get(name)
            is_list = node.get("type") == "array"
            entries = cast("list[Any]", value) if is_list and isinstance(value, list) else []
            hint = node.get("description") or "、".join(node.get("properties", {}))
            has_order = name in IN_ORDER and not subject.is_settled
            parts.append(Part(name, hint, is_list, tuple(map(_label, entries)), has_order))
    pictures = pictures_of_issue(desk.root, subject.issue) if subject.issue else ()
    return page(
        desk,
        request,
        "settings",
        subject=subject,
        parts=parts,
        pictures=pictures,
        types=",".join(PICTURE_TYPES),
        digest=_digest(content),
    )


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
    """Tell whether ``node`` is one field: a value, or lines of text."""
    kind = node.get("type")
    return kind != "object" and (kind != "array" or node["items"].get("type") == "string")


def _content(desk: Desk, subject: Subject) -> bytes:
    """Return the file with the settings. Raises SettingsFileError, FileAccessError."""
    content = read_file(desk.root / subject.file)
    if content is None:
        raise SettingsFileError(f"没有 {subject.file}。", "从备份恢复。")
    return content


def _place(
    subject: Subject, request: Request, values: Mapping[str, Any]
) -> tuple[Key, Mapping[str, Any], object]:
    """Return key, schema and values of the table that is asked for. Raises MissingScreenError."""
    part: str = request.path_params["part"]
    index: int | None = request.path_params.get("index")
    properties = subject.schema["properties"]
    if part == PLAIN and index is None:
        plain = {name: node for name, node in properties.items() if _is_plain(node)}
        return (), {**subject.schema, "properties": plain}, values
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
    subject = _subject(desk, request)
    content = _content(desk, subject)
    key, schema, values = _place(subject, request, values_in(content, subject.file))
    fields = _fields(desk, subject, schema, key, values)
    findings = findings_in(desk.root, content, subject.file)
    return _form(desk, request, subject, content, key, _shown(subject, fields, {}, content, findings))


def _save(desk: Desk, request: Request, form: Form) -> Response:
    """Write what is other than in the file, unless the file is another one than the page showed, or it is wrong."""
    subject = _subject(desk, request)
    _require_open(subject, desk)
    content = _content(desk, subject)
    key, schema, values = _place(subject, request, values_in(content, subject.file))
    fields = _fields(desk, subject, schema, key, values)
    sent = {field.name: form.get(field.name) for field in fields if field.name in form.fields}
    if form["digest"] != _digest(content):
        told = "这一页打开以后，文件在别处改过，没有写。下面写着文件里现在的内容：看过，再保存。"
        if "index" in request.path_params:
            told = "这一页打开以后，文件在别处改过，没有写。各项的次序可能变了：把打的字复制下来，回到设置，重新打开这一项。"
        shown = _shown(subject, fields, sent, content, ())
        return _form(desk, request, subject, content, key, shown, told, CHANGED_MEANWHILE)
    changes = changes_of(fields, sent)
    shown_count = len(changes)
    if not changes:
        return moved(request, subject.address, "没有改动，什么都没有写。")
    if subject.issue and key[:1] == (SECTIONS,) and not values:
        changes.append(((*key, FILES), list[str]()))
    changed = with_changes(content, changes, subject.file)
    errors, place, ordered = new_errors(desk.root, content, changed, subject.file), None, ""
    if errors and key[:1] == (CHANGES,) and isinstance(key[-1], int):
        changed, place, errors = in_order(desk.root, content, changed, key[-1])
        ordered = f"照先后排在第 {place + 1} 项；" if place != key[-1] else ""
    if errors:
        shown, told = (
            _shown(subject, fields, sent, changed, errors, place),
            "有错误，没有写。改正以后再保存。",
        )
        return _form(desk, request, subject, content, key, shown, told, NOT_RIGHT, _left_over(shown, errors))
    apply(desk.root, TITLE, [Change(subject.file, content, changed)])
    return moved(request, subject.address, f"改好了 {shown_count} 项；{ordered}要撤销，到“撤销”一页。")


def _listed(desk: Desk, request: Request, form: Form, done: str) -> tuple[Subject, bytes, Key]:
    """Return the settings, their file, and the key of the entry of a list that is to be changed as a whole.

    Raises SettingsFileError where the file is another one than the page showed: not ``done`` then.
    """
    subject = _subject(desk, request)
    _require_open(subject, desk)
    content = _content(desk, subject)
    key, _, values = _place(subject, request, values_in(content, subject.file))
    if not values:
        raise missing()
    if form["digest"] != _digest(content):
        raise SettingsFileError(f"这一页打开以后，文件在别处改过，没有{done}。", f"回到设置，看过再{done}。")
    return subject, content, key


def _remove(desk: Desk, request: Request, form: Form) -> Response:
    """Remove an entry of a list. Raises SettingsFileError where the file is another one, or would be wrong."""
    subject, content, key = _listed(desk, request, form, "删")
    if subject.issue and key[0] == SECTIONS and listed_sections(content)[int(key[1])].files:
        raise SettingsFileError("这个栏目里还有公文，没有删。", "先在这一期里把公文移到别的栏目，再删。")
    changed = with_changes(content, [(key, None)], subject.file)
    if errors := new_errors(desk.root, content, changed, subject.file):
        raise SettingsFileError(f"删去以后会有错误，没有删：{errors[0].message}{desk_advice(errors[0])}")
    apply(desk.root, TITLE, [Change(subject.file, content, changed)])
    return moved(request, subject.address, "删去了；要撤销，到“撤销”一页。")


def _move_up(desk: Desk, request: Request, form: Form) -> Response:
    """Put an entry of a list before the one above it. Raises SettingsFileError where the file is another one."""
    subject, content, key = _listed(desk, request, form, "移")
    name, index = str(key[0]), int(key[1])
    if name not in IN_ORDER or not index:
        raise missing()
    changed = with_table_moved(content, subject.file, name, index, index - 1)
    apply(desk.root, TITLE, [Change(subject.file, content, changed)])
    return moved(request, subject.address, f"{name}现在是第 {index} 个；要撤销，到“撤销”一页。")


def _shown(
    subject: Subject,
    fields: Sequence[Field],
    sent: Mapping[str, str],
    content: bytes,
    findings: Sequence[Diagnostic],
    place: int | None = None,
) -> list[Shown]:
    """Return ``fields`` with the texts ``sent`` and the ``findings`` about each in the file ``content``.

    ``place`` is where the entry of a list stands in ``content``, if that is another one than in the keys.
    """
    shown: list[Shown] = []
    written = _is_written(content, subject.file)
    for field in fields:
        text = sent.get(field.name, field.text)
        is_other = field.name in sent and text.strip() != field.text.strip()
        key = field.key if place is None else (field.key[0], place, *field.key[2:])
        if written(key):
            line = line_of(content, key, subject.file)
            own = tuple(each for each in findings if each.place.line == line)
        else:
            own = tuple(each for each in findings if field.is_required and f"“{key[-1]}”" in each.message)
        shown.append(Shown(field, text, (field.text or "（没有写）") if is_other else "", own))
    return shown


def _is_written(content: bytes, path: str) -> Callable[[Key], bool]:
    """Return a function that tells whether the file ``content`` has a value at a key."""
    values = values_in(content, path)

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
    subject: Subject,
    content: bytes,
    key: Key,
    shown: Sequence[Shown],
    told: str = "",
    status: int = 200,
    errors: Sequence[Diagnostic] = (),
) -> Response:
    part: str = request.path_params["part"]
    index: int | None = request.path_params.get("index")
    is_new = index is not None and not _is_written(content, subject.file)(key)
    return page(
        desk,
        request,
        "setting",
        status,
        subject=subject,
        part=part,
        index=index,
        is_new=is_new,
        fields=shown,
        # Of several entries of one kind, this number may be another one now: such a page is opened anew.
        digest="" if index is not None and status == CHANGED_MEANWHILE else _digest(content),
        told=told,
        errors=errors,
        is_conflict=status == CHANGED_MEANWHILE,
        first_wrong=next((each.field.name for each in shown if each.findings), "") if told else "",
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
