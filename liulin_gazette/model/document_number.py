"""发文字号: parse, format, find in text.

A document number is 机关代字, year in 六角括号, serial: 柳政办发〔2026〕3号. The year has four digits, the
serial no leading zero and no 第 (GB/T 9704-2012 §7.2.5; 《党政机关公文处理工作条例》第九条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

_CANONICAL = re.compile(r"(?P<code>[一-鿿]{2,12})〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,4})号")
_LOOSE = re.compile(
    r"(?P<code>[一-鿿]{2,12}?)[〔\[［【（(〈<„‟“\"]?(?P<year>\d{2}|\d{4})年?[〕\]］】）)〉>”‟\"]?第?0*(?P<serial>[1-9]\d{0,4})号?"
)
_WRONG_BRACKETS = '[]［］【】（）()〈〉<>„‟“”"'
_DIGITS = str.maketrans("０１２３４５６７８９〇○Ｏ零一二三四五六七八九", "01234567890000123456789")
_READINGS = {"吕": "lv", "柳": "liu", "县": "xian", "行": "xing", "长": "chang", "重": "chong"}


class NumberFormatError(ValueError):
    """A document number that is not in canonical form."""

    def __init__(self, message: str, hint: str, offset: int = 0) -> None:
        """Say what is wrong, what to do, and at which character (from 0)."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.offset = offset


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """发文字号. Sorts by code, year and serial."""

    code: str
    """机关代字: 柳政办发."""
    year: int
    serial: int

    def __str__(self) -> str:
        """Return the canonical form: 柳政办发〔2026〕3号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @property
    def slug(self) -> str:
        """The document's part of an address: ``liu-zheng-ban-fa-2026-3``."""
        return f"{_romanised(self.code)}-{self.year}-{self.serial}"


@cache
def _romanised(code: str) -> str:
    from pypinyin import lazy_pinyin

    return "-".join(_READINGS.get(han) or lazy_pinyin(han, v_to_u=False)[0] for han in code)


def parse(text: str) -> DocumentNumber:
    """Return the document number that ``text`` is. Raises NumberFormatError unless it is canonical."""
    if found := _CANONICAL.fullmatch(text):
        return DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))
    meant = canonical_form(text)
    hint = (
        f"应写作“{meant}”。"
        if meant
        else "写作“国办发〔2026〕3号”的样子：机关代字、六角括号里的四位年份、序号。"
    )
    message, offset = _fault(text)
    raise NumberFormatError(f"发文字号“{text}”{message}。", hint, offset)


def canonical_form(text: str) -> DocumentNumber | None:
    """Return the number that a common misspelling means, or None when it cannot be told."""
    squeezed = re.sub(r"\s+", "", text)
    tail = re.search(r"[^一-鿿]|[〇○零一二三四五六七八九]{4}", squeezed)
    if tail is None:
        return None
    code, rest = squeezed[: tail.start()], squeezed[tail.start() :]
    rest = re.sub(r"(?<=\d)[oO]|[oO](?=\d)", "0", rest.translate(_DIGITS))
    found = _LOOSE.fullmatch(code + rest)
    if found is None:
        return None
    year = int(found["year"])
    return DocumentNumber(found["code"], year + 2000 if year < 100 else year, int(found["serial"]))


def _fault(text: str) -> tuple[str, int]:
    """Say what keeps ``text`` from being canonical, and at which character."""
    tests = (
        (r"\s", "里有空格"),
        (r"[０-９]", "用了全角数字"),
        (f"[{re.escape(_WRONG_BRACKETS)}]", "的年份括号应为六角括号〔〕"),
        (r"[oO〇○零]", "的数字里混进了“零”的其他写法"),
        (r"〕\s*第", "的序号前不加“第”"),
        (r"〕0", "的序号不编虚位（前面不加 0）"),
        (r"〔\d{1,3}〕", "的年份应为四位"),
        (r"〕\d+$", "少了“号”字"),
        (r"^[^一-鿿]", "没有机关代字"),
        (r"〔[^\d]", "的年份应为四位阿拉伯数字"),
        (r"(?<=\d)号.+$", "在“号”之后还有文字"),
    )
    for pattern, message in tests:
        if found := re.search(pattern, text):
            return message, found.start()
    return "不是规范的发文字号", 0


def linked_parts(text: str, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Split ``text`` at the document numbers that are keys of ``targets``.

    Yield each part with the value of its number, or with an empty string where it is no such number.
    """
    at = 0
    for found in _CANONICAL.finditer(text):
        for start in range(found.start(), found.end() - 8):
            number = text[start : found.end()]
            if number in targets:
                if start > at:
                    yield text[at:start], ""
                yield number, targets[number]
                at = found.end()
                break
    if at < len(text):
        yield text[at:], ""
