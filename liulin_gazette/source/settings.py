"""TOML files (gazette.toml, issue.toml, contacts.toml): typed access to their values and where these stand."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.text.beijing_time import BEIJING

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

T = TypeVar("T")
MAX_NUMBER = 9999
"""The largest number accepted anywhere: years, issues, days."""
YEARS = range(1949, 2200)
"""The years accepted in any date."""
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_BARE_KEY = re.compile(
    r"^\s*(?P<key>[^\s\"'#\[=]*[^\x00-\x7f][^\s\"'=]*)\s*[=＝]|^\s*\[+\s*(?P<table>[^\"'\]\s]*[^\x00-\x7f][^\"'\]]*)\]"
)
_KINDS: dict[object, str] = {
    str: "文字",
    int: "整数",
    date: "日期（如 2026-02-28，不加引号）",
    datetime: "日期和时间（如 2026-03-01 09:00:00，不加引号）",
    list: "方括号括起的一列",
}


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

    def place(self, key: str = "") -> Place:
        """Return where ``key`` stands in this table, or where the table begins."""
        lines = self.text.split("\n")
        if key:
            pattern = re.compile(rf"^\s*\[*\s*[\"']{re.escape(key)}[\"']")
            for number, line in enumerate(lines[self.from_line :], self.from_line + 1):
                if pattern.match(line):
                    return Place(self.path, number, len(line) - len(line.lstrip()) + 1)
                if line.lstrip().startswith("[") and number > self.from_line + 1 and self.from_line:
                    break
        return Place(self.path, max(self.from_line, 1), 1)

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
                self.findings.error("B007", self.place(), f"缺少“{key}”。", f'加一行“"{key}" = ……”。')
            return empty if default is None else default
        wrong = (kind is date and isinstance(value, datetime)) or (kind is int and isinstance(value, bool))
        if not isinstance(value, kind) or wrong:
            code = "B009" if kind in (date, datetime) else "B008"
            self.findings.error(
                code, self.place(key), f"“{key}”应是{_KINDS[kind]}。", "参照《写作规范》的例子改写。"
            )
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
        """Return the table ``key``; an empty one, reported (B007), if it is missing."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            self.findings.error("B007", self.place(), f"缺少“{key}”。", f'加上“["{key}"]”及其下各项。')
            value = {}
        return Settings(
            cast("dict[str, object]", value), self.path, self.text, self._header(key, 0), self.findings
        )

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
    if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= MAX_NUMBER:
        return "B008", "的数不合情理", f"应在 0 与 {MAX_NUMBER} 之间。"
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


def _report(message: str, text: str, path: str, findings: FindingCollector) -> None:
    """Report a syntax error (B005) at the first Chinese key without quotation marks, else where ``message`` says."""
    for number, line in enumerate(text.split("\n"), 1):
        if match := _BARE_KEY.match(line):
            key = match["key"] or match["table"]
            place = Place(path, number, line.index(key) + 1)
            findings.error("B005", place, f"“{key}”没有用英文双引号括起来。", f'写作“"{key}"”。')
            return
    position = _POSITION.search(message)
    place = (
        Place(path, int(position[1]), int(position[2]))
        if position
        else Place(path, max(text.count("\n"), 1), 1)
    )
    findings.error(
        "B005", place, "格式有误，读到这里读不下去。",
        "每项写作“\"名称\" = \"内容\"”，用英文引号和等号；数字和日期不加引号；方括号、引号要成对。",
    )  # fmt: skip
