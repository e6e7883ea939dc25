"""gazette.toml and issue.toml: typed access to their values, each with its place."""

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
LARGEST = 9999
"""No number of a gazette is larger: years, issues, days."""
YEARS = range(1949, 2200)
"""Years of any day that a gazette has to do with."""
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
    """One table of a TOML file, with what is needed to say where a value stands."""

    values: Mapping[str, object]
    path: str
    text: str
    from_line: int
    findings: FindingCollector

    def place(self, key: str = "") -> Place:
        """Where ``key`` stands in this table, or the table itself."""
        lines = self.text.split("\n")
        if key:
            pattern = re.compile(rf"^\s*\[*\s*[\"']{re.escape(key)}[\"']")
            for number, line in enumerate(lines[self.from_line :], self.from_line + 1):
                if pattern.match(line):
                    return Place(self.path, number, len(line) - len(line.lstrip()) + 1)
                if line.lstrip().startswith("[") and number > self.from_line + 1 and self.from_line:
                    break
        return Place(self.path, max(self.from_line, 1), 1)

    def only(self, *known: str) -> None:
        """Report each key that is not one of ``known`` (B006)."""
        for key in self.values:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1, cutoff=0.3)
                hint = f"是不是“{close[0]}”？" if close else f"可用的有：{'、'.join(known)}。"
                self.findings.error("B006", self.place(key), f"没有“{key}”这一项。", hint)

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return the value of ``key``.

        A missing key without ``default`` (B007) and a value of another kind (B008) are reported, and
        an empty value of ``kind`` is returned so that reading can go on.
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
        if unlikely := _unlikely(value):
            code, fault, hint = unlikely
            self.findings.error(code, self.place(key), f"“{key}”{fault}。", hint)
            return empty
        if isinstance(value, datetime):
            return cast(T, _in_beijing(value))
        if value in ("", []) and default is None:
            self.findings.error("B008", self.place(key), f"“{key}”没有内容。", "补上内容。")
        return cast(T, value)

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of strings; anything else is reported (B007, B008)."""
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
        """Return the table ``key``; an empty one, reported, when it is missing."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            self.findings.error("B007", self.place(), f"缺少“{key}”。", f'加上“["{key}"]”及其下各项。')
            value = {}
        return Settings(
            cast("dict[str, object]", value), self.path, self.text, self._header(key, 0), self.findings
        )

    def tables(self, key: str, required: bool = True) -> tuple[Settings, ...]:
        """Return the array of tables ``key``."""
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
        pattern = re.compile(rf"^\s*\[+\s*[\"']{re.escape(key)}[\"']\s*\]+")
        found = [number for number, line in enumerate(self.text.split("\n"), 1) if pattern.match(line)]
        return found[index] if index < len(found) else 0


def _unlikely(value: object) -> tuple[str, str, str] | None:
    """Return the code, the fault and a hint for a number or a day that nothing could be reckoned with."""
    if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= LARGEST:
        return "B008", "的数不合情理", f"应在 0 与 {LARGEST} 之间。"
    if isinstance(value, date) and value.year not in YEARS:
        return "B009", "的年份不合情理", f"应在 {YEARS[0]} 与 {YEARS[-1]} 之间。"
    return None


def _in_beijing(when: datetime) -> datetime:
    """Return ``when`` as Beijing's clocks show it, which is what one without an offset means."""
    if when.tzinfo is None:
        return when
    try:
        return when.astimezone(BEIJING).replace(tzinfo=None)
    except OverflowError:  # in the first or the last hours of the calendar
        return when.replace(tzinfo=None)


def parse_settings(text: str, path: str, findings: FindingCollector) -> Settings | None:
    """Parse a TOML file; None with B005 when it cannot be parsed."""
    try:
        return Settings(tomllib.loads(text), path, text, 0, findings)
    except tomllib.TOMLDecodeError as error:
        _report(str(error), text, path, findings)
    except (ValueError, RecursionError):
        _report_endless(text, path, findings)
    return None


def _report_endless(text: str, path: str, findings: FindingCollector) -> None:
    """Report brackets or a number that the parser gave up; the longest line has them, most likely."""
    lines = text.split("\n")
    number = max(range(len(lines)), key=lambda index: len(lines[index])) + 1
    findings.error(
        "B005",
        Place(path, number, 1),
        "括号层数太多，或数字太长，读不下去。",
        "多是误按了键，删去多余的括号或数字。",
    )


def _report(message: str, text: str, path: str, findings: FindingCollector) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if found := _BARE_KEY.match(line):
            key = found["key"] or found["table"]
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
