"""文首信息 as values that a form can show, and changes of single values in which every other line stays as typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liulin_gazette.editing.yaml_scalars import yaml_scalar
from liulin_gazette.source.front_matter import GROUPS, LINE_OR_LIST, LISTS, ROWS
from liulin_gazette.source.yaml_nodes import MAPPING, SCALAR, SEQUENCE, Node, YAMLError, compose
from liulin_gazette.text.editor_error import CONTENT, EditorError

FIELD_ORDER = (
    "体裁", "标题", "标题分行", "发文字号", "令号", "发文机关", "成文日期", "题注", "公开方式", "主送", "签署",
    "政策咨询", "来源", "索引号", "主题分类", "发布日期", "施行日期", "有效期", "有效期至", "废止日期", "统一登记号",
    "有效性", "修订", "废止", "代替", "更正", "勘误", "解读", "日程", "网址名", "印刷页码", "接排", "分栏", "总目录", "校核豁免",
)  # fmt: skip
"""The keys in the order in which a form shows them and in which new ones are written."""
_UNSEEN_LINE_ENDS = "\x85\u2028\u2029"
"""Line ends to YAML but not to editors."""


class FrontMatterError(EditorError):
    """A value cannot be written into the front matter."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The value of a key: one line, a list of lines, or rows of named lines. A group of names is one row."""

    text: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()


ABSENT = FieldValue()
"""The value of a key that is not there."""


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """A value, as a form with its lines and rows has it."""

    key: str
    number: int = 0
    """Of the line or the row, from 0."""
    name: str = ""
    """Of the field in the row; empty where a whole row, or no row, is meant."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key as it stands in the lines."""

    key: Node
    value: Node
    shown: FieldValue

    @property
    def lines(self) -> range:
        """The lines of the key and of its value."""
        return range(_line(self.key), _last_line(self.value, _line(self.key)) + 1)


def read_values(lines: Sequence[str]) -> dict[str, FieldValue] | None:
    """Return the values in the ``lines`` of a front matter; None where a form cannot show all that is there."""
    entries = _entries(lines)
    return None if entries is None else {key: entry.shown for key, entry in entries.items()}


def value_at(lines: Sequence[str], line: int, column: int) -> ValuePlace | None:
    """Return the value that stands at ``column`` of ``line`` of the front matter, both counted from 0.

    None where no value stands, or the lines cannot be read.
    """
    entries = _entries(lines) or {}
    key, entry = next(((key, each) for key, each in entries.items() if line in each.lines), ("", None))
    if entry is None:
        return None
    place, node = (line, column), entry.value
    number = 0
    if node.id == SEQUENCE and node.value:
        number = _last_before([_start(each) for each in node.value], place)
        node = node.value[number]
    if node.id != MAPPING:
        return ValuePlace(key, number)
    names = [str(name.value) for name, _ in node.value]
    begun = [_start(name) for name, _ in node.value]
    is_named = bool(begun) and begun[0][0] <= line
    return ValuePlace(key, number, names[_last_before(begun, place)] if is_named else "")


def _last_before(starts: Sequence[tuple[int, int]], place: tuple[int, int]) -> int:
    """Return the index of the last of ``starts`` that is not after ``place``; 0 where all are.

    What stands before the first one in a line, such as a hyphen, belongs to that.
    """
    at = max(place, min((start for start in starts if start[0] == place[0]), default=place))
    return max((number for number, start in enumerate(starts) if start <= at), default=0)


def _start(node: Node) -> tuple[int, int]:
    return _line(node), int(node.start_mark.column)


def with_values(lines: Sequence[str], wanted: Mapping[str, FieldValue]) -> list[str]:
    """Return ``lines`` in which the keys of ``wanted`` have its values; ``ABSENT`` removes one.

    Raises FrontMatterError where the lines cannot be read, or a value cannot be written.
    """
    entries = _entries(lines)
    if entries is None:
        raise FrontMatterError("文首信息读不懂，没有动它。", "先在“文首信息原文”里改正。")
    changed = {key: value for key, value in wanted.items() if value != _shown(entries, key)}
    new = list(lines)
    for key in sorted(changed.keys() & entries.keys(), key=lambda each: -_line(entries[each].key)):
        own = entries[key].lines
        new[own.start : own.stop] = _rewritten(
            key, list(lines[own.start : own.stop]), entries[key], changed[key]
        )
    for key in sorted(changed.keys() - entries.keys(), key=_rank):
        if changed[key] != ABSENT:
            at = _place_for(new, key)
            new[at:at] = _block(key, changed[key])
    expected = {key: entry.shown for key, entry in entries.items()} | changed
    read = read_values(new)
    if read is None or _written(read) != _written(expected):
        raise FrontMatterError(
            f"“{'”“'.join(changed)}”里有写不进去的字符。", "多是从别处粘贴带来的，看不见；删去重打。"
        )
    return new


def _written(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Return those of ``values`` in which something is written."""
    return {key: value for key, value in values.items() if value != ABSENT}


def _shown(entries: Mapping[str, _Entry], key: str) -> FieldValue:
    return entries[key].shown if key in entries else ABSENT


def _entries(lines: Sequence[str]) -> dict[str, _Entry] | None:
    text = "\n".join(lines) + "\n"
    if any(end in text for end in _UNSEEN_LINE_ENDS):
        return None
    try:
        root = compose(text)
    except YAMLError:
        return None
    if root is None:
        return {}
    if root.id != MAPPING or text.lstrip().startswith("{"):
        return None
    entries: dict[str, _Entry] = {}
    for key, value in root.value:
        shown = _value(str(key.value), value) if key.id == SCALAR else None
        if shown is None or key.value in entries or key.value not in FIELD_ORDER:
            return None
        entries[str(key.value)] = _Entry(key, value, shown)
    return entries


def _value(key: str, node: Node) -> FieldValue | None:
    """Return the value in ``node``, ``ABSENT`` where nothing is written yet; None where a form cannot show it."""
    if _is_empty(node):
        return ABSENT
    if key in GROUPS:
        row = _row(node)
        if row is None or not {str(name.value) for name, _ in node.value} <= set(GROUPS[key]):
            return None
        return FieldValue(rows=(row,)) if row else ABSENT
    if key in ROWS:
        names = {name for part in ROWS[key] for name in part}
        rows = [_row(each) for each in node.value] if node.id == SEQUENCE else []
        known = tuple(row for row in rows if row and row.keys() <= names)
        return FieldValue(rows=known) if known and len(known) == len(rows) else None
    if key in LISTS or (key in LINE_OR_LIST and node.id == SEQUENCE):
        items: list[Node] = node.value if node.id == SEQUENCE else []
        texts = tuple(_text(each) or "" for each in items)
        return FieldValue(lines=texts) if texts and all(texts) else None
    text = _text(node)
    if not text:
        return None
    return FieldValue(lines=(text,)) if key in LINE_OR_LIST else FieldValue(text)


def _row(node: Node) -> dict[str, str] | None:
    """Return the fields in ``node`` in which something is written; None where a form cannot show it."""
    if node.id != MAPPING:
        return None
    pairs = {str(key.value): value for key, value in node.value}
    texts = {key: text for key, value in pairs.items() if (text := _text(value))}
    is_shown = all(name in texts or _is_empty(value) for name, value in pairs.items())
    return texts if is_shown and len(pairs) == len(node.value) else None


def _is_empty(node: Node) -> bool:
    """Tell whether ``node`` is a place in which nothing is written yet, as after ``电话:``."""
    return node.id == SCALAR and not node.value and int(node.start_mark.index) == int(node.end_mark.index)


def _text(node: Node) -> str | None:
    """Return the text of ``node``, if it is one line that is not empty."""
    is_line = node.id == SCALAR and _line(node) == int(node.end_mark.line)
    text = str(node.value).strip() if is_line else ""
    return text if text and "\n" not in text else None


def _rewritten(key: str, lines: list[str], entry: _Entry, wanted: FieldValue) -> list[str]:
    """Return the ``lines`` of ``entry`` with the value ``wanted``; those of items that stay are not touched."""
    if wanted == ABSENT:
        return []
    first, value = _line(entry.key), entry.value
    if value.id == SCALAR and not wanted.rows and len(wanted.lines) < 2 and key not in LISTS:
        _put(lines, first, value, wanted.text or "".join(wanted.lines))
        return lines
    if value.id == SCALAR or _is_flow(lines, first, value):
        return _block(key, wanted)
    if value.id == MAPPING:
        return _with_fields(lines, first, value, wanted.rows[0])
    return _with_items(key, lines, first, entry, wanted)


def _with_items(key: str, lines: list[str], first: int, entry: _Entry, wanted: FieldValue) -> list[str]:
    nodes: list[Node] = entry.value.value
    if any(_is_flow(lines, first, node) for node in nodes):
        return _block(key, wanted)
    indent = int(entry.value.start_mark.column)
    old: Sequence[object] = entry.shown.rows or entry.shown.lines
    new: Sequence[object] = wanted.rows or wanted.lines
    keys = [repr(each) for each in old], [repr(each) for each in new]
    for _, start, stop, new_start, new_stop in reversed(
        [each for each in SequenceMatcher(None, *keys, autojunk=False).get_opcodes() if each[0] != "equal"]
    ):
        paired = min(stop - start, new_stop - new_start)
        at = _last_line(nodes[stop - 1], 0) + 1 - first if stop else _line(nodes[0]) - first
        added = FieldValue(
            lines=wanted.lines[new_start + paired : new_stop], rows=wanted.rows[new_start + paired : new_stop]
        )
        lines[at:at] = [" " * indent + line for line in _items(added)]
        for offset in reversed(range(stop - start)):
            node = nodes[start + offset]
            span = slice(_line(node) - first, _last_line(node, 0) + 1 - first)
            if offset >= paired:
                del lines[span]
            elif wanted.lines:
                _put(lines, first, node, wanted.lines[new_start + offset])
            else:
                lines[span] = _with_fields(lines[span], _line(node), node, wanted.rows[new_start + offset])
    return lines


def _with_fields(lines: list[str], first: int, node: Node, wanted: Mapping[str, str]) -> list[str]:
    """Return ``lines``, which begin at the line ``first``, with the fields ``wanted`` in the block mapping ``node``."""
    pairs: dict[str, tuple[Node, Node]] = {str(key.value): (key, value) for key, value in node.value}
    column = int(node.start_mark.column)
    added = [
        f"{' ' * column}{name}: {yaml_scalar(text)}" for name, text in wanted.items() if name not in pairs
    ]
    at = _last_line(node, first) + 1 - first
    lines[at:at] = added
    for name, (key, value) in reversed(pairs.items()):
        if name in wanted:
            if wanted[name] != str(value.value).strip():
                _put(lines, first, value, wanted[name])
        elif _is_empty(value):
            continue  # Nothing was written in it, and nothing is.
        elif key is not node.value[0][0]:
            del lines[_line(key) - first]
        else:  # The next field takes its place after the hyphen.
            head = lines[_line(key) - first][:column]
            del lines[_line(key) - first]
            lines[_line(key) - first] = head + lines[_line(key) - first][column:]
    return lines


def _put(lines: list[str], first: int, node: Node, text: str) -> None:
    """Write ``text`` in place of the scalar ``node`` in ``lines``, which begin at the line ``first``, in its quotes."""
    line = lines[_line(node) - first]
    start, end = int(node.start_mark.column), int(node.end_mark.column)
    if _is_empty(node):
        lines[_line(node) - first] = f"{line[:start]} {yaml_scalar(text)}{line[end:].rstrip()}"
        return
    quote = line[start : start + 1]
    written = yaml_scalar(text)
    if quote == '"':
        written = json.dumps(text, ensure_ascii=False)
    elif quote == "'":
        written = "'" + text.replace("'", "''") + "'"
    lines[_line(node) - first] = line[:start] + written + line[end:]


def _block(key: str, value: FieldValue) -> list[str]:
    """Return the lines of a new ``key`` with ``value``."""
    if value.text or (key in LINE_OR_LIST and len(value.lines) == 1):
        return [f"{key}: {yaml_scalar(value.text or value.lines[0])}"]
    if key in GROUPS:
        return [f"{key}:", *(f"  {name}: {yaml_scalar(text)}" for name, text in value.rows[0].items())]
    return [f"{key}:", *(f"  {line}" for line in _items(value))]


def _items(value: FieldValue) -> list[str]:
    lines = [f"- {yaml_scalar(text)}" for text in value.lines]
    for row in value.rows:
        fields = [f"{name}: {yaml_scalar(text)}" for name, text in row.items()]
        lines += [f"- {fields[0]}", *(f"  {field}" for field in fields[1:])]
    return lines


def _place_for(lines: Sequence[str], key: str) -> int:
    """Return the index at which the new ``key`` is written: after the last of the keys that come before it."""
    entries = _entries(lines) or {}
    above = [entry.lines.stop for known, entry in entries.items() if _rank(known) < _rank(key)]
    return max(above, default=0)


def _rank(key: str) -> int:
    return FIELD_ORDER.index(key)


def _is_flow(lines: Sequence[str], first: int, node: Node) -> bool:
    line = lines[_line(node) - first]
    return node.id != SCALAR and line[int(node.start_mark.column)] in "[{"


def _line(node: Node) -> int:
    return int(node.start_mark.line)


def _last_line(node: Node, least: int) -> int:
    """Return the index of the last line of ``node``; a collection ends, to YAML, only where something else begins."""
    if node.id == SCALAR:
        return max(int(node.end_mark.line), least)
    children: list[Node] = [value for _, value in node.value] if node.id == MAPPING else node.value
    return max((_last_line(child, least) for child in children), default=least)
