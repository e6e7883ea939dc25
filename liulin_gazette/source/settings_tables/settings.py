"""TOML files (gazette.toml, issue.toml, contacts.toml, words.toml): typed access to their values and where these stand."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.text.advised_acts import Act, Advice, AdvisedAct, advice
from liulin_gazette.text.beijing_time import BEIJING

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

T = TypeVar("T")
MAX_VALUE = 9999
"""The largest number accepted anywhere: years, issues, days."""
YEARS = range(1949, 2200)
"""The years accepted in any date."""
_WIDE_COMMA = re.compile("(?<=[_\\d\\]}])[ \\t]*(?P<mark>[，、；])")
_BARE_ISSUE = re.compile(
    '[ \\t]*"自"[ \\t]*=[ \\t]*(?P<value>(?!\\d{4}-\\d\\d-\\d\\d)\\d{4}-(?:\\d{1,2}(?:-\\d{1,2})?|[zt]\\d))[ \\t]*(?:#|$)'
)
_KEY_LINE = re.compile('[ \\t]*"[^"]*"[ \\t]*=')
_LIST_START = re.compile("[^=\\[]*=[ \\t]*\\[")
_SINGLE_TABLE = re.compile(
    '\\[[ \\t]*"(?P<name>栏目|发文机关|网站标识|期号例外|图片页|变更|体裁|校核豁免|收词)"[ \\t]*\\][ \\t]*(?:#|$)'
)
"""A table of which there may be several, in single brackets."""
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_BARE_KEY = re.compile(
    r"^\s*(?P<key>[^\s\"'#\[=]*[^\x00-\x7f][^\s\"'=]*)\s*[=＝]|^\s*\[+\s*(?P<table>[^\"'\]\s]*[^\x00-\x7f][^\"'\]]*)\]"
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')
"""What is no place for a mark of the syntax: a string, a comment."""
_CURLY_QUOTE = re.compile(r"(?:^\s*\[*|[=＝\[,，])\s*(?P<mark>[“”‘’＂＇「])")
_PREFIX = r"(?:[\"'][^\"']*[\"']\s*\.\s*)?"
"""The name of the array before that of a table in one of its entries: ["变更"."封底"]."""
_HEADER = re.compile(r"^\s*\[(?!\s*[\"'][^\"']*[\"']\s*\.)")
"""The header of a table that is no part of the one before it."""
_KINDS: dict[object, str] = {
    str: "文字",
    int: "整数",
    date: "日期",
    datetime: "日期和时间",
    list: "方括号括起的一列",
    bool: " true 或 false",
}
_ADVICE: dict[object, Advice] = {
    date: advice(AdvisedAct(Act.WRITE_BARE, "2026-02-28"), "。"),
    datetime: advice(AdvisedAct(Act.WRITE_BARE, "2026-03-01 09:00:00"), "。"),
}
_USUAL_ADVICE = advice("参照《写作规范》的例子改写。")


@dataclass(frozen=True, slots=True)
class Settings:
    """One table of a TOML file, able to say where each value stands."""

    values: Mapping[str, object]
    path: str
    """Project path of the file."""
    text: str
    """The whole file, in which places are looked up."""
    from_line: int
    """The line of the table's header, from 1; 0 for the top level, or if the header was not found."""
    findings: FindingCollector
    earlier: Settings | None = None
    """The table that this one changes: it has the values that are not in ``changed``."""
    changed: frozenset[str] = frozenset()

    def place(self, key: str = "") -> Place:
        """Return where ``key`` stands in this table, or where the table begins."""
        if self.earlier is not None and key and key not in self.changed:
            return self.earlier.place(key)
        lines = self.text.split("\n")
        if key:
            prefix = _PREFIX if self.from_line else ""
            pattern = re.compile(rf"^\s*\[*\s*{prefix}[\"']{re.escape(key)}[\"']")
            for number, line in enumerate(lines[self.from_line :], self.from_line + 1):
                if pattern.match(line):
                    return Place(self.path, number, len(line) - len(line.lstrip()) + 1)
                if _HEADER.match(line) and number > self.from_line + 1 and self.from_line:
                    break
        return Place(self.path, max(self.from_line, 1), 1)

    def over(self, earlier: Settings) -> Settings:
        """Return the table ``earlier`` with the values of this one in place of its own.

        In a table that both have, only the keys that this one gives are replaced.
        """
        values = dict(earlier.values)
        for key, value in self.values.items():
            former = values.get(key)
            if isinstance(value, dict) and isinstance(former, dict):
                values[key] = {**cast("dict[str, object]", former), **cast("dict[str, object]", value)}
            else:
                values[key] = value
        return Settings(
            values, self.path, self.text, self.from_line, self.findings, earlier, frozenset(self.values)
        )

    def allow_only(self, *known: str) -> None:
        """Report each key that is not one of ``known`` (B006)."""
        for key in self.values:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1, cutoff=0.3)
                hint = f"是不是“{close[0]}”？" if close else f"可用的有：{'、'.join(known)}。"
                self.findings.error("B006", self.place(key), f"没有“{key}”这一项。", hint)

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return the value of ``key``.

        A missing key without ``default`` (B007), a value of another kind (B008, B009) and a number or date out of
        range are reported; an empty value of ``kind`` is then returned so that reading can go on.
        """
        value = self.values.get(key)
        empty = cast(T, kind(1, 1, 1) if issubclass(kind, date) else kind())
        if value is None:
            if default is None:
                way_out = advice(AdvisedAct(Act.ADD_SETTING, key), "。")
                self.findings.error("B007", self.place(), f"缺少“{key}”。", way_out)
            return empty if default is None else default
        wrong = (kind is date and isinstance(value, datetime)) or (kind is int and isinstance(value, bool))
        if not isinstance(value, kind) or wrong:
            code = "B009" if kind in (date, datetime) else "B008"
            way_out = _ADVICE.get(kind, _USUAL_ADVICE)
            self.findings.error(code, self.place(key), f"“{key}”应是{_KINDS[kind]}。", way_out)
            return empty
        if out_of_range := _range_fault(value):
            code, fault, hint = out_of_range
            self.findings.error(code, self.place(key), f"“{key}”{fault}。", hint)
            return empty
        if isinstance(value, datetime):
            return cast(T, _in_beijing(value))
        if value in ("", []) and default is None:
            self.findings.error("B008", self.place(key), f"“{key}”没有内容。", "补上内容。")
        return cast(T, value)

    def within(self, key: str, least: int, most: int) -> int:
        """Return the number at ``key``; one outside ``least`` … ``most`` is reported (B008)."""
        value = self.get(key, int)
        # Where ``get`` returns another value than is written, it has reported why: missing, not a number, too large.
        if self.values.get(key) is value and not least <= value <= most:
            self.findings.error(
                "B008", self.place(key), f"“{key}”写作 {value}，不合情理。", f"应在 {least} 与 {most} 之间。"
            )
        return value

    def one_of(self, key: str, known: Sequence[str]) -> str:
        """Return the value of ``key``, one of ``known``; the first one by default. Another value is reported (B008)."""
        value = self.get(key, str, known[0])
        if value in known:
            return value
        # A value of another kind was reported when it was read, which returned an empty one.
        if self.values.get(key) is value:
            self.findings.error(
                "B008", self.place(key), f"“{key}”没有“{value}”这个写法。", f"可用的有：{'、'.join(known)}。"
            )
        return known[0]

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return the list of strings at ``key``, or ``default`` if that is empty; else report it (B007, B008)."""
        if default is not None and self.values.get(key, []) == []:
            return default
        items = cast("list[object]", self.get(key, list))
        if not all(isinstance(item, str) for item in items):
            self.findings.error(
                "B008", self.place(key), f"“{key}”里每一项都应是文字。", "每项用英文双引号括起来。"
            )
            return ()
        return tuple(cast("list[str]", items))

    def table(self, key: str) -> Settings:
        """Return the table ``key``; an empty one, reported, if it is missing (B007) or no table (B008)."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self.findings.error(
                "B008", self.place(key), f"“{key}”应是一节。", f'写成“["{key}"]”，下面一行一项。'
            )
            value = {}
        elif value is None:
            self.findings.error("B007", self.place(), f"缺少“{key}”。", f'加上“["{key}"]”及其下各项。')
            value = {}
        values = cast("dict[str, object]", value)
        if self.earlier is None or key not in self.changed:
            return Settings(values, self.path, self.text, self._header(key, 0), self.findings)
        former = self.earlier.values.get(key)
        line = self.place(key).line
        if not isinstance(former, dict):
            return Settings(values, self.path, self.text, line, self.findings)
        before = self.earlier.table(key)
        changed = frozenset(name for name in values if values[name] is not before.values.get(name))
        return Settings(values, self.path, self.text, line, self.findings, before, changed)

    def tables(self, key: str, required: bool = True) -> tuple[Settings, ...]:
        """Return the array of tables ``key``; one that is empty, malformed, or missing though ``required`` is reported."""
        value = self.values.get(key)
        if value is None and not required:
            return ()
        items: list[object] = cast("list[object]", value) if isinstance(value, list) else []
        tables = [cast("dict[str, object]", item) for item in items if isinstance(item, dict)]
        if not tables or len(tables) != len(items):
            self.findings.error(
                "B007", self.place(key), f"“{key}”应有一项或多项。", f'每项以“[["{key}"]]”开头。'
            )
        return tuple(
            Settings(item, self.path, self.text, self._header(key, index), self.findings)
            for index, item in enumerate(tables)
        )

    def _header(self, key: str, index: int) -> int:
        """Return the line, from 1, of the ``index``-th header of table ``key``; 0 if there is none."""
        pattern = re.compile(rf"^\s*\[+\s*[\"']{re.escape(key)}[\"']\s*\]+")
        headers = [number for number, line in enumerate(self.text.split("\n"), 1) if pattern.match(line)]
        return headers[index] if index < len(headers) else 0


def _range_fault(value: object) -> tuple[str, str, str] | None:
    """Return the code, the fault and a hint for a number or a date out of range; None for any other value."""
    if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= MAX_VALUE:
        return "B008", "的数不合情理", f"应在 0 与 {MAX_VALUE} 之间。"
    if isinstance(value, date) and value.year not in YEARS:
        return "B009", "的年份不合情理", f"应在 {YEARS[0]} 与 {YEARS[-1]} 之间。"
    return None


def _in_beijing(when: datetime) -> datetime:
    """Return ``when`` in Beijing time without an offset; a time without an offset is Beijing time already."""
    if when.tzinfo is None:
        return when
    try:
        return when.astimezone(BEIJING).replace(tzinfo=None)
    except OverflowError:  # The conversion would leave the years 1 to 9999.
        return when.replace(tzinfo=None)


def parse_settings(text: str, path: str, findings: FindingCollector) -> Settings | None:
    """Return the top-level table of a TOML file; None, reported (B005), if it cannot be parsed."""
    try:
        return Settings(tomllib.loads(text), path, text, 0, findings)
    except tomllib.TOMLDecodeError as error:
        _report(str(error), text, path, findings)
    except (ValueError, RecursionError):
        _report_too_deep(text, path, findings)
    return None


def _report_too_deep(text: str, path: str, findings: FindingCollector) -> None:
    """Report nesting or a number beyond the parser's limits (B005), in the longest line: most likely it is there."""
    lines = text.split("\n")
    number = max(range(len(lines)), key=lambda index: len(lines[index])) + 1
    findings.error(
        "B005",
        Place(path, number, 1),
        "括号层数太多，或数字太长，读不下去。",
        "多是误按了键，删去多余的括号或数字。",
    )


def _likely_fault(text: str, last: int | None) -> tuple[int, int, str, str] | None:
    """Return line and column, from 1, problem and way out of the likeliest syntax error up to the line ``last``.

    These are a full-width comma between values, an issue without quotation marks, and a list that is not closed.
    """
    opened: tuple[int, int] | None = None
    depth = 0
    for number, line in enumerate(text.split("\n")[:last], 1):
        bare = _STRING.sub(lambda found: "_" * len(found[0]), line)
        if match := _WIDE_COMMA.search(bare):
            mark = match["mark"]
            way_out = f"各项之间用英文的逗号“,”隔开，不用“{mark}”。"
            return number, match.start("mark") + 1, f"这里用了全角的“{mark}”。", way_out
        if match := _BARE_ISSUE.match(line):
            value = match["value"]
            way_out = f'一期写作“"{value}"”，加英文双引号；一天写作“2026-04-01”，不加引号。'
            return number, match.start("value") + 1, f"“{value}”没有用英文双引号括起来。", way_out
        if opened and (_KEY_LINE.match(line) or bare.startswith("[")):
            return *opened, "这里的方括号没有合上。", "在这一列的末尾写“]”。"
        match = _LIST_START.match(bare)
        if match and not opened:
            opened, depth = (number, match.end()), 0
        if opened:
            depth += bare.count("[") - bare.count("]")
            opened = opened if depth > 0 else None
    for number, line in enumerate(text.split("\n"), 1):
        if match := _SINGLE_TABLE.match(line):
            name = match["name"]
            return number, 1, f'“["{name}"]”少了一层方括号。', f'有几项的写作“[["{name}"]]”，两层方括号。'
    return None


def _report(message: str, text: str, path: str, findings: FindingCollector) -> None:
    """Report a syntax error (B005) at a Chinese quotation mark or a Chinese key without marks, else as ``message`` says."""
    position = _POSITION.search(message)
    for number, line in enumerate(text.split("\n")[: int(position[1]) if position else None], 1):
        if match := _CURLY_QUOTE.search(_STRING.sub(lambda found: "_" * len(found[0]), line)):
            findings.error(
                "B005", Place(path, number, match.start("mark") + 1), f"这里用了中文引号“{match['mark']}”。",
                "引号要用英文的 \"，前后两个都改：写作“\"名称\" = \"内容\"”。文字里面的引号不用改。",
            )  # fmt: skip
            return
    for number, line in enumerate(text.split("\n"), 1):
        if match := _BARE_KEY.match(line):
            key = match["key"] or match["table"]
            place = Place(path, number, line.index(key) + 1)
            findings.error("B005", place, f"“{key}”没有用英文双引号括起来。", f'写作“"{key}"”。')
            return
    if fault := _likely_fault(text, int(position[1]) if position else None):
        number, column, problem, hint = fault
        findings.error("B005", Place(path, number, column), problem, hint)
        return
    place = (
        Place(path, int(position[1]), int(position[2]))
        if position
        else Place(path, max(text.count("\n"), 1), 1)
    )
    findings.error(
        "B005", place, "格式有误，读到这里读不下去。",
        "每项写作“\"名称\" = \"内容\"”，用英文引号和等号；数字和日期不加引号；方括号、引号要成对。",
    )  # fmt: skip
