"""gazette.toml and issue.toml as forms: settings as fields by the schema, and changed values written with all else untouched."""

from __future__ import annotations

import contextlib
import copy
import difflib
import itertools
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import KeyType, SingleKey

from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_issue, load_series
from liulin_gazette.source.settings_tables.settings import Settings, tomllib
from liulin_gazette.text.editor_error import CONTENT, EditorError

FILE = "content/gazette.toml"
SCHEMA = Path("docs") / "schemas" / "gazette.schema.json"
ISSUE_SCHEMA = SCHEMA.with_name("issue.schema.json")
YES, NO = "是", "否"
SEPARATOR = "、"
_INTEGER, _NUMBER = re.compile(r"-?[0-9]{1,9}"), re.compile(r"-?[0-9]{1,9}\.[0-9]{1,9}")
Key = tuple["str | int", ...]
"""Where a value stands in the file: names of tables, and the number of an entry from 0."""
Changes = Sequence[tuple[Key, object]]
"""New values by their key; None removes one."""


class SettingsFileError(EditorError):
    """The settings cannot be shown or written; the message says why, and nothing was changed."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Field:
    """A setting as a form shows it."""

    key: Key
    label: str
    hint: str
    kind: str
    """text, long, choice, list (one a line) or pairs (name = value, one a line)."""
    text: str
    """The value as the form shows it; empty where there is none."""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    schema: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """Name of the field in the form."""
        return ".".join(map(str, self.key))


def read_schema(root: Path, schema: Path = SCHEMA) -> dict[str, Any]:
    """Return the schema of the settings. Raises SettingsFileError."""
    try:
        return json.loads((root / schema).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsFileError(
            f"程序的文件不全：{schema.as_posix()} 读不出来。", "重新安装程序。"
        ) from error


def values_in(content: bytes, path: str = FILE) -> dict[str, Any]:
    """Return the values in the file ``content``. Raises SettingsFileError."""
    try:
        return tomllib.loads(unix_text(content.removeprefix(BOM_UTF8).decode("utf-8")))
    except (ValueError, RecursionError) as error:
        raise SettingsFileError(
            f"{path} 读不懂，不能在这里改。", "先用记事本等编辑器照“各期”一页列出的错误改正。"
        ) from error


def fields_of(schema: Mapping[str, Any], key: Key, values: object, label: str = "") -> Iterator[Field]:
    """Yield the fields of the table at ``key``, as its ``schema`` describes it, with its ``values``."""
    table = cast("dict[str, Any]", values) if isinstance(values, dict) else {}
    if "properties" not in schema:
        name = key[-2] if isinstance(key[-1], int) else key[-1]
        yield _field(schema, key, cast("object", values), label or str(name), is_required=False)
    for name, node in cast("dict[str, Any]", schema.get("properties", {})).items():
        place, title = (*key, name), f"{label} · {name}" if label else name
        if node.get("type") == "object":
            yield from fields_of(node, place, table.get(name), title)
        elif node.get("items", {}).get("type") == "object":
            yield from _fields_of_entries(node["items"], place, table.get(name), title)
        else:
            yield _field(node, place, table.get(name), title, name in schema.get("required", ()))


def _fields_of_entries(schema: Mapping[str, Any], key: Key, values: object, label: str) -> Iterator[Field]:
    """Yield the fields of each table of a list, such as the pictures of a page, and of one that may be added."""
    entries = cast("list[object]", values) if isinstance(values, list) else []
    for index, entry in enumerate(entries):
        yield from fields_of(schema, (*key, index), entry, f"{label} {index + 1}")
    optional = {**schema, "required": ()}
    yield from fields_of(optional, (*key, len(entries)), None, f"{label} {len(entries) + 1}")


def _field(schema: Mapping[str, Any], key: Key, value: object, label: str, is_required: bool) -> Field:
    choices: tuple[str, ...] = ()
    if schema.get("type") == "object":
        kind = "pairs"
    elif schema.get("type") == "array":
        kind = "list"
    elif schema.get("type") == "boolean":
        kind, choices = "choice", (YES, NO)
    elif "enum" in schema:
        kind, choices = "choice", tuple(map(str, schema["enum"]))
    else:
        kind = "long" if isinstance(value, str) and (len(value) > 40 or "\n" in value) else "text"
    text = _shown(value)
    if choices and text and text not in choices:
        choices = (*choices, text)  # A wrong value is shown as it is: the check says what is wrong with it.
    return Field(key, label, schema.get("description", ""), kind, text, choices, is_required, schema)


def _shown(value: object) -> str:
    """Return ``value`` as a form shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return "\n".join(
            f"{name} = {SEPARATOR.join(map(_shown, cast('list[object]', each))) if isinstance(each, list) else _shown(each)}"
            for name, each in pairs
        )
    if isinstance(value, list):
        return "\n".join(map(_shown, cast("list[object]", value)))
    return str(value)


def typed(field: Field, text: str) -> object:
    """Return what ``text`` in ``field`` means as a value of the file; None where it is to be left out.

    What cannot be understood stays text, of which the check says what is wrong.
    """
    text = text.strip()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    schema = field.schema or {}
    if not text and not field.is_required:
        return None
    if field.kind == "list":
        return [_scalar(schema.get("items", {}), line) for line in lines]
    if field.kind == "pairs":
        named = [re.split(r"\s*[=＝]\s*", line, maxsplit=1) for line in lines]
        of_pairs = cast("dict[str, Any]", schema.get("additionalProperties") or {})
        return {pair[0]: _paired(of_pairs, pair[1] if len(pair) > 1 else "") for pair in named}
    return _scalar(schema, " ".join(lines))


def _scalar(schema: Mapping[str, Any], text: str) -> object:
    kind = schema.get("type")
    if kind == "boolean":
        return {YES: True, NO: False}.get(text, text)
    if kind in ("integer", "number") and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "number" and _NUMBER.fullmatch(text):
        return float(text)
    if kind is None and "enum" not in schema:  # 自 and 至: an issue, or a day; 上网时间: a day with its time.
        for read in (date.fromisoformat, datetime.fromisoformat):
            with contextlib.suppress(ValueError):
                return read(text)
    return text


def _paired(schema: Mapping[str, Any], text: str) -> object:
    """Return the value of a name in a table of pairs: text, or a list or yes and no where ``schema`` has them."""
    if "anyOf" not in schema:
        return text
    if text in (YES, NO):
        return text == YES
    return [word for word in re.split(r"\s*[、,，]\s*", text) if word]


def changes_of(fields: Sequence[Field], sent: Mapping[str, str]) -> list[tuple[Key, object]]:
    """Return the changes that the texts ``sent``, by the names of ``fields``, make; none where nothing is other."""
    changes: list[tuple[Key, object]] = []
    for field in fields:
        text = sent.get(field.name, field.text)
        if text.strip() == field.text.strip():
            continue
        value = typed(field, text)
        if field.kind == "pairs":  # Each name by itself: the others keep their lines.
            now = cast("dict[str, object]", typed(field, field.text) or {})
            new = cast("dict[str, object]", value or {})
            names = [name for name in {**now, **new} if now.get(name) != new.get(name)]
            changes += [((*field.key, name), new.get(name)) for name in names]
        else:
            changes.append((field.key, value))
    return changes


def with_changes(content: bytes, changes: Changes, path: str = FILE) -> bytes:
    """Return the file ``content`` with ``changes``; comments, order, byte order mark and line ends stay.

    Raises SettingsFileError where it cannot hold them.
    """
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    intended = values_in(content, path)
    before = content.removeprefix(bom).decode("utf-8")
    try:
        text = unix_text(before)
        document = tomlkit.parse(text)
        for key, value in changes:
            if len(key) == 1 and key[0] not in document and value is not None:
                document = tomlkit.parse(_with_line(tomlkit.dumps(document), str(key[0]), value))
            else:
                _put(document, key, value)
            _put(intended, key, copy.deepcopy(value))
        after = _with_gaps(text, tomlkit.dumps(document))
        encoded = bom + with_line_ends_of(before, after).encode()
        is_same = tomllib.loads(after) == intended
    except (TOMLKitError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _unwritable(path) from error
    if not is_same:
        raise _unwritable(path)
    return encoded


def _unwritable(path: str) -> SettingsFileError:
    return SettingsFileError(f"这样的内容写不进 {path}，没有改。", "去掉看不见的字符；还不行的，用编辑器改。")


def _put(table: Any, key: Key, value: object) -> None:
    """Put ``value`` at ``key`` of ``table``, of tomlkit or plain; None removes it. Entries are added at the end."""
    is_file, above = isinstance(table, tomlkit.TOMLDocument), table
    for part, following in itertools.pairwise(key):
        if isinstance(part, int):
            if part == len(table):
                table.append(tomlkit.table() if is_file else {})
        elif part not in table:
            if value is None and not isinstance(following, int):
                return
            new: Any = [] if isinstance(following, int) else {}
            table[part] = (
                (tomlkit.aot() if isinstance(following, int) else tomlkit.table()) if is_file else new
            )
        above, table = table, table[part]
    last: Any = key[-1]
    if value is not None and is_file and isinstance(last, str) and last not in table:
        table.add(SingleKey(last, KeyType.Basic), value)
    elif value is not None:
        table[last] = value
    elif isinstance(last, int) or last in table:
        del table[last]
        if isinstance(last, int) and not table:  # A list without entries cannot be written.
            del above[key[-2]]


def _with_line(text: str, name: str, value: object) -> str:
    """Return ``text`` with the setting ``name`` below the last one that stands in no table."""
    top = Settings(tomllib.loads(text), FILE, text, 0, FindingCollector())
    plain = [key for key, each in top.values.items() if not isinstance(each, (dict, list))]
    lines = text.split("\n")
    at = max((top.place(key).line for key in plain), default=0)
    return "\n".join([*lines[:at], f'"{name}" = {tomlkit.item(value).as_string()}', *lines[at:]])


def _with_gaps(before: str, after: str) -> str:
    """Return ``after`` with an empty line before and after each table that ``before`` does not have."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[str] = []
    is_table = False
    for operation, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        block = new[start:end]
        begins_table = bool(block) and block[0].startswith("[")
        follows_table = is_table and bool(block) and block[0].startswith(("[", "#"))
        if lines and lines[-1] and (begins_table if operation != "equal" else follows_table):
            lines.append("")
        lines += block
        is_table = operation != "equal" and any(line.startswith("[") for line in block)
    return "\n".join(lines)


def findings_in(root: Path, content: bytes, path: str = FILE) -> tuple[Diagnostic, ...]:
    """Return what ``check`` would find in the settings at ``path`` if they had this ``content``."""
    folder, _, name = path.rpartition("/")
    own = read_folder(root, folder)
    changed = replace(own, files={**own.files, name: content})
    if path == FILE:
        findings = load_series(changed).findings
    else:
        _, findings = load_issue(changed, load_series(read_folder(root, "content")).form)
    return tuple(each for each in findings if each.place.path == path)


def new_errors(root: Path, before: bytes, after: bytes, path: str = FILE) -> tuple[Diagnostic, ...]:
    """Return the errors that the settings would have with the content ``after``, and have not with ``before``."""
    known = {(each.code, each.message) for each in findings_in(root, before, path)}
    return tuple(
        each
        for each in findings_in(root, after, path)
        if each.severity is Severity.ERROR and (each.code, each.message) not in known
    )


def line_of(content: bytes, key: Key, path: str = FILE) -> int:
    """Return the line from 1 of the setting ``key`` in the file ``content``; of its table where it is not written."""
    text = unix_text(content.removeprefix(BOM_UTF8).decode("utf-8"))
    table = Settings(values_in(content, path), path, text, 0, FindingCollector())
    for part, following in itertools.pairwise(key):
        if isinstance(following, int):
            entries = table.tables(str(part), required=False)
            if following >= len(entries):
                return table.place(str(part)).line
            table = entries[following]
        elif isinstance(part, str):
            table = table.table(part)
    return table.place(str(key[-1])).line
