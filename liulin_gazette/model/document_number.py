"""发文字号: parsing, formatting, and finding them in text.

A document number consists of 机关代字, the year in 六角括号, and a serial: 柳政办发〔2026〕3号. The year has four
digits; the serial has no leading zero and no 第 (GB/T 9704-2012 §7.2.5; 《党政机关公文处理工作条例》第九条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liulin_gazette.text.editor_error import CONTENT, EditorError
from liulin_gazette.text.pinyin import syllable

PATTERN = r"(?P<code>[一-鿿]{2,12})〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,4})号"
"""A canonical document number as a regular expression."""
_CANONICAL = re.compile(PATTERN)
_LOOSE = re.compile(
    r"(?P<code>[一-鿿]{2,12}?)[〔\[［【（(〈<﹝〖„‟“\"]?"
    r"(?:(?P<year>\d{4}|\d{2})[年〕\]］】）)〉>﹞〗”‟\"]{1,2}|(?P<bare_year>(?:19|20)\d{2}))"
    r"第?0*(?P<serial>[1-9]\d{0,4})号?"
)
"""A misspelt number. A year that nothing divides from the serial has four digits: 263号 may well be a serial alone."""
_FIRST_TWO_DIGIT_YEAR = 49
"""Years of two digits from this one on are of the last century: no county's government is older than 1949."""
_WRONG_BRACKETS = '[]［］【】（）()〈〉<>﹝﹞〖〗„‟“”"'
_SESSION = re.compile("第.{1,5}[期次]$|届")
"""In the number of minutes (〔2026〕第5期) or of an announcement of a congress (〔十五届〕第六号)."""
_BY_YEAR = re.compile("(?:\\d{4}年)?第?\\s*[0-9一二三四五六七八九十百]{1,4}\\s*号")
"""The number of a 公告 or 通告 without 机关代字: 2026年第1号, 第1号."""
_REGISTERED = re.compile("[A-Za-z][A-Za-z0-9]*(?:[-—－][A-Za-z0-9]+)+号?")
"""The number under which a normative document is registered: SXDR-2026-001-0003."""
_DIGITS = str.maketrans("０１２３４５６７８９〇○Ｏ零一二三四五六七八九", "01234567890000123456789")
_READINGS = {"吕": "lv", "柳": "liu", "县": "xian", "行": "xing", "长": "chang", "重": "chong"}


class NumberFormatError(EditorError, ValueError):
    """A document number that is not in canonical form."""

    exit_code = CONTENT

    def __init__(self, message: str, hint: str, offset: int = 0) -> None:
        """``message`` says what is wrong, ``hint`` what to do; ``offset`` is the character at fault, from 0."""
        super().__init__(message, hint)
        self.offset = offset


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number (发文字号); sorts by code, year and serial."""

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
        return self.slug_with({})

    def slug_with(self, readings: Mapping[str, str]) -> str:
        """Return the slug; ``readings`` are those that gazette.toml states (读音), by character."""
        sounds = (readings.get(han) or _READINGS.get(han) or syllable(han) for han in self.code)
        return f"{'-'.join(sounds)}-{self.year}-{self.serial}"


def parse(text: str) -> DocumentNumber:
    """Return ``text`` as a document number. Raises NumberFormatError unless it is canonical."""
    if found := _CANONICAL.fullmatch(text):
        return _number(found)
    meant = canonical_form(text)
    hint = (
        f"应写作“{meant}”。"
        if meant
        else "写作“国办发〔2026〕3号”的样子：机关代字、六角括号里的四位年份、序号。"
    )
    if _SESSION.search(text):
        hint = "期号、次数、届次不是发文字号：体裁写“资料”，把它写进“题注”。"
    elif meant is None and _BY_YEAR.fullmatch(text):
        hint = "没有机关代字的不是发文字号：删去这一行，在“题注”里照原件写。"
    elif meant is None and _REGISTERED.fullmatch(text):
        hint = "登记号不是发文字号：写在“统一登记号”里；没有发文字号的，删去这一行。"
    message, offset = _fault(text)
    raise NumberFormatError(f"发文字号“{text}”{message}。", hint, offset)


def numbers_in(text: str) -> Iterator[tuple[DocumentNumber, int]]:
    """Yield the canonical document numbers in ``text``, each with the offset where it begins.

    Words before a 机关代字 may run into it: 按照柳政办发〔2026〕3号.
    """
    for found in _CANONICAL.finditer(text) if "〔" in text else ():
        yield _number(found), found.start()


def _number(found: re.Match[str]) -> DocumentNumber:
    return DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))


def canonical_form(text: str) -> DocumentNumber | None:
    """Return the number meant by a common misspelling, or None where that is not clear."""
    squeezed = re.sub(r"\s+", "", text)
    tail = re.search(r"[^一-鿿]|[〇○零一二三四五六七八九]{4}", squeezed)
    if tail is None:
        return None
    code, rest = squeezed[: tail.start()], squeezed[tail.start() :]
    rest = re.sub(r"(?<=\d)[oO]|[oO](?=\d)", "0", rest.translate(_DIGITS))
    found = _LOOSE.fullmatch(code + rest)
    if found is None:
        return None
    year = int(found["year"] or found["bare_year"])
    if year < 100:
        year += 2000 if year < _FIRST_TWO_DIGIT_YEAR else 1900
    return DocumentNumber(found["code"], year, int(found["serial"]))


def _fault(text: str) -> tuple[str, int]:
    """Return why ``text`` is not canonical, and the offset of the character at fault."""
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
    """Yield ``text`` in parts: each number that is a key of ``targets`` with its target, other text with ``""``."""
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
