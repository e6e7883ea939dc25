"""文首信息: the YAML block at the head of a document, with the position of every value.

YAML's types are not used: each value stays the string that the editor typed, so that neither a date nor a
telephone number is reinterpreted on its way to the page.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document import RELATIONS, Remark
from liulin_gazette.model.document_types import ORDER, ORDER_IN_FULL, TYPES
from liulin_gazette.model.kinds import FIELDS, KINDS, NEEDED_BY_ALL, OFFICIAL, Kind, Need, kinds_with
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.yaml_nodes import MAPPING, SCALAR, SEQUENCE, MarkedYAMLError, YAMLError, compose
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

LISTS = ("标题分行", "题注", *RELATIONS)
"""Keys whose value is a list of strings."""
LINE_OR_LIST = ("发文机关",)
"""Keys whose value is one string or, where there are several, a list."""
CONTACT_KEYS = ("责任单位", "责任股室", "责任人", "电话")
SIGNATORY_KEYS = ("职务", "姓名")
GROUPS = {"政策咨询": CONTACT_KEYS, "签署": SIGNATORY_KEYS, "总目录": ("年", "排法", "摘要")}
"""Keys whose value is a group of named strings, all of which it must have."""
ROWS = {
    "校核豁免": (("代码", "理由"), ("文字",)),
    "日程": (("日期", "事项"), ("至",)),
    "勘误": (("原文", "更正为"), ("文件", "位置")),
}
"""Keys whose value is a list of rows: the fields that each row must have, and those that it may have."""
_DELIMITER = "---"
_YAML_LINE_ENDS = str.maketrans("", "", "\x85\u2028\u2029")
"""Line ends to YAML but not to editors; removed to keep line numbers right, after ``read_text`` reported them (T002)."""
_COMMENT = re.compile(r"\s*#+\s*(?P<text>.*\S)")
_FULLWIDTH_COLON = re.compile(r"^\s*(?P<key>[^\s:：]{1,8})：")
_COLON_AT_END = re.compile(r"^\s*(?P<key>[一-鿿]{1,8}): .*\S:\s*$")
GENERAL_HINT = "每项写作“名称: 内容”，英文冒号后空一格；内容里有英文冒号、井号或以引号、方括号开头的，整个内容用英文双引号括起来。"
_MARK_FIRST = re.compile(r"^\s*(?P<key>[一-鿿]{1,8}): +(?P<mark>[&*!|>%@`])")
_NO_SPACE_COLON = re.compile(r"^\s*(?P<key>[一-鿿]{1,8}):(?=\S)")


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a key: a string, a list of strings, named strings, or rows of named strings."""

    text: str
    items: tuple[tuple[str, Place], ...]
    """For the keys in ``LISTS`` and ``LINE_OR_LIST``: each string, with its place."""
    fields: dict[str, tuple[str, Place]]
    """For the keys in ``GROUPS``: each string by its key, with its place."""
    place: Place
    rows: tuple[Row, ...] = ()
    """For the keys in ``ROWS``: the rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of one of ``ROWS``."""

    fields: dict[str, str]
    place: Place
    places: dict[str, Place]
    """Where the value of each field stands."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of the block, and the body that follows it."""

    values: dict[str, Value]
    kind: Kind
    body: str
    """The whole file with the lines of the block emptied, so that line numbers stay those of the file."""
    remarks: tuple[Remark, ...] = ()
    """The comments in the block."""


_OFTEN_LEFT_OUT = frozenset({"政策咨询", "公开方式"})
"""Fields of a 公文 that some gazettes never print, and that a setting makes optional."""


def split(
    text: str, path: str, findings: FindingCollector, kinds: Mapping[str, Kind] = KINDS
) -> FrontMatter | None:
    """Return the front matter and the body of ``text``; None, reported (B004–B008), if the former is wrong.

    ``kinds`` are the kinds that the gazette has, by name.
    """
    lines = text.split("\n")
    if lines[0].strip() != _DELIMITER:
        findings.error(
            "B004",
            Place(path, 1, 1),
            "文件没有文首信息。",
            "第一行应是三个减号“---”，其后写标题、发文字号等，再以“---”结束。",
        )
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == _DELIMITER), 0)
    if not end:
        findings.error("B004", Place(path, 1, 1), "文首信息没有结束。", "在最后一项的下一行写三个减号“---”。")
        return None
    values = _parse([line.translate(_YAML_LINE_ENDS) for line in lines[1:end]], path, findings)
    kind = None if values is None else _kind(values, path, kinds, findings)
    if values is None or kind is None:
        return None
    remarks = tuple(
        Remark(found["text"], Place(path, number, found.start() + 1))
        for number, line in enumerate(lines[1:end], 2)
        if (found := _COMMENT.match(line))
    )
    return FrontMatter(values, kind, "\n" * (end + 1) + "\n".join(lines[end + 1 :]), remarks)


def _parse(lines: list[str], path: str, findings: FindingCollector) -> dict[str, Value] | None:
    try:
        root = compose("\n".join(lines) + "\n")
    except YAMLError as error:
        _report_yaml(error, lines, path, findings)
        return None
    if root is None or root.id != MAPPING:
        line, hint = _likely_slip(lines) or (0, GENERAL_HINT)
        findings.error("B005", Place(path, line + 2, 1), "文首信息不是“名称: 内容”的形式。", hint)
        return None
    return _values(root, lines, path, findings)


def _report_yaml(error: YAMLError, lines: list[str], path: str, findings: FindingCollector) -> None:
    """Report a YAML error (B005, B008) at the likeliest slip before it, with a hint that fits."""
    line, column = 0, 0
    marked: Any = error
    mark = (marked.problem_mark or marked.context_mark) if isinstance(error, MarkedYAMLError) else None
    if mark is not None:
        line, column = min(int(mark.line), len(lines) - 1), int(mark.column)
    if match := _MARK_FIRST.match(lines[line] if lines else ""):
        _report_mark(match["key"], match["mark"], Place(path, line + 2, match.start("mark") + 1), findings)
        return
    slip = _likely_slip(lines)
    if slip is not None and slip[0] <= line:
        line, column = slip[0], 0
    hint = slip[1] if slip is not None and slip[0] == line else GENERAL_HINT
    findings.error("B005", Place(path, line + 2, column + 1), "文首信息的格式有误，读到这里读不下去。", hint)


def _likely_slip(lines: list[str]) -> tuple[int, str] | None:
    """Return the first line (from 0) that has a common mistake, and the hint against it; None if no line has."""
    for index, line in enumerate(lines):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return index, "行首缩进要用空格，不能用制表符（Tab）。"
        if match := _FULLWIDTH_COLON.match(line):
            return index, f"“{match['key']}”后面的冒号要用英文冒号加一个空格：“{match['key']}: ”。"
        if match := _NO_SPACE_COLON.match(line):
            return index, f"“{match['key']}:”后面要空一格。"
        if match := _COLON_AT_END.match(line):
            return index, f"“{match['key']}”末尾的冒号要用全角冒号“：”。"
    return None


def _values(root: Any, lines: list[str], path: str, findings: FindingCollector) -> dict[str, Value] | None:
    """Return the values by key; None, reported (B006, B008), if a key is unknown, repeated or wrong."""
    count_before = len(findings.items)
    values: dict[str, Value] = {}
    pairs: list[tuple[Any, Any]] = root.value
    for key_node, value_node in pairs:
        key, place = str(key_node.value), _place(key_node, path)
        if key not in FIELDS:
            findings.error(
                "B006", place, f"文首信息没有“{key}”这一项。", _nearest(key, tuple(sorted(FIELDS)))
            )
        elif key in values:
            findings.error("B006", place, f"“{key}”写了两次。", "删去一处。")
        elif value := _value(key, key_node, value_node, lines, path, findings):
            values[key] = value
    return values if len(findings.items) == count_before else None


def _kind(
    values: dict[str, Value], path: str, kinds: Mapping[str, Kind], findings: FindingCollector
) -> Kind | None:
    """Return the kind of a document with these front-matter ``values``.

    None, reported, if there is no such kind (B008), a field that the kind must have is missing (B007), or one that
    it must not have is there (B018).
    """
    name = values["体裁"].text if "体裁" in values else OFFICIAL
    kind = kinds.get(name)
    if kind is None:
        findings.error(
            "B008", values["体裁"].place, f"没有“{name}”这种体裁。", _way_to_kind(name, tuple(kinds))
        )
        return None
    count_before = len(findings.items)
    _report_missing(values, kind, path, findings)
    for field, value in values.items():
        if kind.need(field) is Need.FORBIDDEN:
            findings.error(
                "B018",
                value.place,
                f"体裁是“{kind.name}”的文件不写“{field}”。",
                f"删去这一项；“{field}”是{'、'.join(kinds_with(field))}的项目，体裁写错了的，改正体裁。",
            )
    return kind if len(findings.items) == count_before else None


def _way_to_kind(name: str, kinds: Sequence[str]) -> str:
    """Return what to do about ``name``, which is none of ``kinds``; a 文种 (公告, 函 …) is told by the title already."""
    if name in TYPES and name != ORDER_IN_FULL:
        return f"“{name}”是文种，标题里已有；公告、通知、决定、函等都是“{OFFICIAL}”，删去“体裁”这一项。"
    close = difflib.get_close_matches(ORDER if name == ORDER_IN_FULL else name, kinds, n=1, cutoff=0.5)
    return (f"是不是“{close[0]}”？" if close else "") + f"可用的有：{'、'.join(kinds)}。"


def _report_missing(values: dict[str, Value], kind: Kind, path: str, findings: FindingCollector) -> None:
    """Report each field that a document of ``kind`` must have and has not (B007)."""
    title = values["标题"].text if "标题" in values else ""
    needed = [
        *NEEDED_BY_ALL,
        *(field for field in kind.required if kind.need(field, title) is Need.REQUIRED),
    ]
    numbered = any(field in values for field in ("发文字号", "令号"))
    if numbered and "发文机关" not in needed:
        needed.append("发文机关")
    for field in needed:
        if field in values:
            continue
        other = "" if kind.name != OFFICIAL else "不是公文的（讲话、大事记、政策解读等），写明“体裁”。"
        if field in _OFTEN_LEFT_OUT:
            other += f"本刊各份公文都不印“{field}”的，在 gazette.toml 的“体裁”里把“{field}”写进“可填”。"
        findings.error(
            "B007",
            Place(path, 1, 1),
            f"文首信息缺少“{field}”。",
            f"在文首信息中加一行“{field}: ……”，见《写作规范》。{other}",
        )


def _value(
    key: str, key_node: Any, node: Any, lines: list[str], path: str, findings: FindingCollector
) -> Value | None:
    place = _place(node, path)
    if key in LISTS:
        if node.id == SEQUENCE and all(item.id == SCALAR for item in node.value):
            nodes: list[Any] = node.value
            return Value("", tuple((str(item.value), _place(item, path)) for item in nodes), {}, place)
        findings.error("B008", place, f"“{key}”应逐行列出。", "每行写作“  - 文字”，缩进两格。")
        return None
    if key in LINE_OR_LIST and node.id == SEQUENCE:
        return _strings(key, node, path, findings)
    if key in ROWS:
        return _rows(key, node, lines, path, findings)
    if key in GROUPS:
        return _group(key, node, lines, path, findings)
    if text := _scalar(key, key_node, node, lines, path, findings):
        return Value(text, ((text, place),) if key in LINE_OR_LIST else (), {}, place)
    return None


def _strings(key: str, node: Any, path: str, findings: FindingCollector) -> Value | None:
    """Return the list of strings in ``node``; None, reported (B008), if one is empty, repeated or no string."""
    items: list[tuple[str, Place]] = []
    for item in node.value:
        place = _place(item, path)
        text = str(item.value).strip() if item.id == SCALAR else ""
        if not text:
            findings.error("B008", place, f"“{key}”的这一项没有内容。", "每行写作“  - 文字”，缩进两格。")
            return None
        if text in (known for known, _ in items):
            findings.error("B008", place, f"“{key}”里“{text}”写了两次。", "删去一处。")
            return None
        items.append((text, place))
    if not items:
        findings.error("B008", _place(node, path), f"“{key}”没有内容。", "每行写作“  - 文字”，缩进两格。")
        return None
    return Value("", tuple(items), {}, _place(node, path))


def _group(group: str, node: Any, lines: list[str], path: str, findings: FindingCollector) -> Value | None:
    place, keys = _place(node, path), GROUPS[group]
    if node.id != MAPPING:
        findings.error(
            "B008",
            place,
            f"“{group}”应分项写明。",
            f"下面各缩进两格写：{'、'.join(keys)}；没有{group}的，体裁不要求的，删去这一行。",
        )
        return None
    fields: dict[str, tuple[str, Place]] = {}
    pairs: list[tuple[Any, Any]] = node.value
    for key_node, value_node in pairs:
        key = str(key_node.value)
        if key not in keys:
            findings.error("B006", _place(key_node, path), f"{group}没有“{key}”这一项。", _nearest(key, keys))
        elif key in fields:
            findings.error("B006", _place(key_node, path), f"{group}的“{key}”写了两次。", "删去一处。")
        elif text := _scalar(key, key_node, value_node, lines, path, findings):
            fields[key] = (text, _place(value_node, path))
    present = {str(key_node.value) for key_node, _ in pairs}
    for key in keys:
        if key not in present:
            findings.error("B007", place, f"{group}缺少“{key}”。", f"在“{group}”下加一行“  {key}: ……”。")
    return Value("", (), fields, place)


def _rows(key: str, node: Any, lines: list[str], path: str, findings: FindingCollector) -> Value | None:
    place = _place(node, path)
    required, optional = ROWS[key]
    entries: list[Any] = node.value if node.id == SEQUENCE else []
    rows: list[Row] = []
    for entry in entries:
        pairs: list[tuple[Any, Any]] = entry.value if entry.id == MAPPING else []
        row = {
            str(name.value): _scalar(str(name.value), name, value, lines, path, findings)
            for name, value in pairs
        }
        if len(row) < len(pairs):
            findings.error("B006", _place(entry, path), f"“{key}”的这一项里有一行写了两次。", "删去一处。")
        if not set(required) <= row.keys() <= {*required, *optional}:
            findings.error(
                "B008", _place(entry, path), f"“{key}”的这一项写得不完整，或有认不出的内容。",
                f"写明“{'”和“'.join(required)}”；还可以写“{'”“'.join(optional)}”。",
            )  # fmt: skip
        places = {str(name.value): _place(value, path) for name, value in pairs}
        rows.append(Row(row, _place(entry, path), places))
    if not rows:
        findings.error(
            "B008",
            place,
            f"“{key}”应逐项列出。",
            f"每项以“- {required[0]}: ……”开头，下面写“{required[1]}: ……”。",
        )
        return None
    return Value("", (), {}, place, tuple(rows))


def _scalar(
    key: str, key_node: Any, node: Any, lines: list[str], path: str, findings: FindingCollector
) -> str:
    """Return the one line of text in ``node``; empty, reported (B008), for anything else."""
    place = _place(node, path)
    if node.id != SCALAR:
        hint = "内容以方括号、花括号开头时，用英文双引号括起来。"
        if key == "发文字号" and node.id == SEQUENCE:
            hint = "联合行文只写主办机关的一个字号，如“×财发〔2027〕3号”，不逐行列。"
        findings.error("B008", place, f"“{key}”的内容应是一行文字。", hint)
        return ""
    end: Any = node.end_mark
    raw: str = lines[int(key_node.end_mark.line)][int(key_node.end_mark.column) + 1 :].strip()
    if raw[:1] in tuple("&*!|>%@`") or (raw and end.line != key_node.start_mark.line):
        _report_mark(key, raw[:1], place, findings)
        return ""
    text = str(node.value).strip()
    if not text:
        hint = advice(AdvisedAct(Act.FILL_IN, key), "。")
        findings.error("B008", _place(key_node, path), f"“{key}”没有内容。", hint)
        return ""
    if end.line < len(lines) and "#" in lines[end.line][end.column :]:
        findings.error(
            "B008",
            Place(path, end.line + 2, end.column + 1),
            f"“{key}”中“#”及其后的文字会被当作注释丢掉。",
            "把整个内容用英文双引号括起来；若确是注释，请另起一行。",
        )
        return ""
    return text


def _report_mark(key: str, mark: str, place: Place, findings: FindingCollector) -> None:
    findings.error(
        "B008",
        place,
        f"“{key}”的内容应写在同一行，不以“{mark}”这样的记号开头。",
        "写成一行；确以记号开头的，整个内容用英文双引号括起来。",
    )


def _place(node: Any, path: str) -> Place:
    return Place(path, int(node.start_mark.line) + 2, int(node.start_mark.column) + 1)


def _nearest(key: str, known: tuple[str, ...]) -> str:
    """Return the hint for an unknown ``key``: the most similar known one, or the list of all."""
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.3)
    return f"是不是“{close[0]}”？" if close else f"可用的有：{'、'.join(known)}。"
