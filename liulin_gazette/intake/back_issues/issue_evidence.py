"""What a back issue says of itself: number, 总期号 and date, on its cover, in its running heads, in its file's name.

Each place is read on its own. Where two places differ, nobody but the office can tell which is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from liulin_gazette.source.settings_tables.issue_numbering import CODES
from liulin_gazette.source.settings_tables.settings import YEARS
from liulin_gazette.text.issue_name_form import ISSUE_NAME
from liulin_gazette.text.numerals import chinese_number

FIELDS = ("年", "期", "总期号", "出版日期")
"""What is looked for, in the order in which it is told."""
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN = "一二三四五六七八九十"
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})"
_NUMBER = rf"(?P<number>\d{{1,2}}|[{_HAN}]{{1,3}})"
_MERGED = rf"(?:[-—–－~～、,，和至/]+(?P<merged>\d{{1,2}}|[{_HAN}]{{1,3}}))?"
_OF_YEAR = (
    re.compile(rf"{_YEAR}年?(?:度)?[（(]?第{_NUMBER}(?:期)?{_MERGED}期"),
    re.compile(rf"{_YEAR}年{_NUMBER}{_MERGED}期"),
)
"""2018年第3期, 二〇一八年第三期, 2018年第3—4期."""
_ALONE = re.compile(rf"(?<!总)第{_NUMBER}(?:期)?{_MERGED}期")
_DOTTED = re.compile(rf"^{_YEAR}[·•・.．]{_NUMBER}{_MERGED}(?:[（(]?合刊[）)]?)?$")
"""2018·3, which stands alone on a cover."""
_PLAIN_YEAR = re.compile(rf"{_YEAR}年?$")
_TOTAL = re.compile(rf"总(?:第)?(?P<total>\d{{1,4}}|[{_HAN}百零]{{1,6}})期|[（(]总(?P<alone>\d{{1,4}})[）)]")
_EXTRA = re.compile(rf"(?P<kind>增刊|特刊)(?:第?{_NUMBER}期)?")
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年"
    rf"(?P<month>\d{{1,2}}|[{_HAN}]{{1,2}})月(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})日"
)
_FILE_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?([0-2]\d|3[01])(?!\d)")
_FILE_NUMBER = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})年?[-_.·/ ]+(?:第)?(?P<number>\d{1,2})(?:期)?"
    r"(?:[-—~、](?P<merged>\d{1,2}))?(?:期)?(?!\d)"
)
_FILE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PUBLISHED = re.compile("出版|发行|编印")


@dataclass(frozen=True, slots=True)
class IssueNumber:
    """期 as one place has it; with ``supplement`` it is the count of 增刊 or 特刊."""

    number: int
    merged_with: int = 0
    """合刊: the last number; 0 for a single one."""
    supplement: str = ""

    @property
    def code(self) -> str:
        """What stands after the year in the name of the issue's folder: 3, 3-4, z1."""
        if self.supplement:
            return f"{CODES[self.supplement]}{self.number}"
        return f"{self.number}-{self.merged_with}" if self.merged_with else str(self.number)

    @property
    def told(self) -> str:
        """The number for people: 第3期, 第3—4期（合刊）, 增刊第1期."""
        if self.supplement:
            return f"{self.supplement}第{self.number}期"
        return f"第{self.number}—{self.merged_with}期（合刊）" if self.merged_with else f"第{self.number}期"


@dataclass(frozen=True, slots=True)
class Clue:
    """What one place says of the issue; None for what it does not say."""

    source: str
    """The place, for people: 封面, 文件名, 页眉."""
    text: str
    """Its words."""
    year: int | None = None
    number: IssueNumber | None = None
    total: int | None = None
    day: date | None = None

    def value(self, field: str) -> int | IssueNumber | date | None:
        """Return what it says of ``field``, one of ``FIELDS``."""
        values = {"年": self.year, "期": self.number, "总期号": self.total, "出版日期": self.day}
        return values[field]


def clue_of_cover(source: str, lines: Iterable[str]) -> Clue | None:
    """Return what the ``lines`` of a cover, a masthead or an imprint say; None if they say nothing of the issue.

    Year and number may stand on lines of their own there.
    """
    year: int | None = None
    number: IssueNumber | None = None
    total: int | None = None
    days: list[tuple[bool, date]] = []
    used: list[str] = []
    lone_year: int | None = None
    for line in lines:
        text = re.sub(r"\s", "", line)
        found_year, found_number = _numbers_in(text)
        found_total = _total_in(text)
        found_day = _day_in(text)
        if plain := _PLAIN_YEAR.fullmatch(text):
            lone_year = lone_year or _year(plain["year"])
        year = year or found_year
        number = number or found_number
        total = total or found_total
        if found_day:
            days.append((not _PUBLISHED.search(text), found_day))
        if found_year or found_number or found_total or found_day or plain:
            used.append(line.strip())
    if number and year is None:
        year = lone_year or (min(days)[1].year if days else None)
    if not (number or total or days):
        return None
    day = min(days, key=lambda each: each[0])[1] if days else None
    return Clue(source, "　".join(used), year, number, total, day)


def clue_of_heads(texts: Sequence[str]) -> Clue | None:
    """Return what most running heads among ``texts`` say; None if none names an issue."""
    clues = [clue for text in texts if (clue := _clue_of_head(text))]
    if not clues:
        return None
    counts = Counter((clue.year, clue.number, clue.total, clue.day) for clue in clues)
    usual = counts.most_common(1)[0][0]
    return next(clue for clue in clues if (clue.year, clue.number, clue.total, clue.day) == usual)


def clue_of_name(path: str) -> Clue | None:
    """Return what the ``path`` of a file below the archive's folder says; None if it says nothing."""
    source = "文件名"
    words = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", path)
    text = re.sub(r"\s", "", words.replace("/", " / "))
    year, number = _numbers_in(text)
    found_day = _FILE_DATE.search(text)
    day = _calendar_day(*found_day.groups()) if found_day else _day_in(text)
    rest = _FILE_DATE.sub("", text) if day else text
    if number is None and (match := _FILE_NUMBER.search(rest)):
        year, number = _year(match["year"]), _number(match["number"], match["merged"])
    if year is None and (match := _FILE_YEAR.search(rest)):
        year = _year(match[1])
    total = _total_in(text)
    if not (year or number or total or day):
        return None
    return Clue(source, path, year, number, total, day)


def clue_of_decision(name: str, source: str) -> Clue:
    """Return the clue that the office gives by the ``name`` of an issue: 2018-3."""
    match = ISSUE_NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    year, letter, count, number, merged = match.groups()
    supplement = next((key for key, code in CODES.items() if code == letter), "")
    return Clue(source, name, int(year), IssueNumber(int(count or number), int(merged or 0), supplement))


def _clue_of_head(text: str) -> Clue | None:
    bare = re.sub(r"\s", "", text)
    year, number = _numbers_in(bare)
    total = _total_in(bare)
    if number is None and total is None:
        return None
    return Clue("页眉", text.strip(), year, number, total, _day_in(bare))


def _numbers_in(text: str) -> tuple[int | None, IssueNumber | None]:
    """Return year and number that ``text``, which has no spaces, names; None for what it does not name."""
    without_total = _TOTAL.sub("", text)
    year: int | None = None
    number: IssueNumber | None = None
    for pattern in (*_OF_YEAR, _DOTTED):
        if match := pattern.search(without_total):
            year, number = _year(match["year"]), _number(match["number"], match["merged"])
            break
    if number is None and (match := _ALONE.search(without_total)):
        number = _number(match["number"], match["merged"])
    if (extra := _EXTRA.search(without_total)) and (number is None or extra["number"]):
        # 第7期（增刊） has a number of the year, 增刊第1期 a count of its own.
        number = IssueNumber(_count(extra["number"]) if extra["number"] else 1, 0, extra["kind"])
    return year, number


def _number(number: str, merged: str | None) -> IssueNumber | None:
    first, last = _count(number), _count(merged) if merged else 0
    if not first or (last and last <= first):
        return None
    return IssueNumber(first, last)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else chinese_number(text)


def _year(text: str) -> int | None:
    year = int(text.translate(_HAN_DIGITS))
    return year if year in YEARS else None


def _total_in(text: str) -> int | None:
    match = _TOTAL.search(text)
    return _count(match["total"] or match["alone"]) or None if match else None


def _day_in(text: str) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    year = match["year"].translate(_HAN_DIGITS)
    return _calendar_day(year, str(_count(match["month"])), str(_count(match["day"])))


def _calendar_day(year: str, month: str, day: str) -> date | None:
    """Return the day; None if the calendar has none."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
