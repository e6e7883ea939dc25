"""The numerals of Word's automatic numbers (ECMA-376 Part 1 §17.18.59): 一, 甲, 壹, ①, iv."""

from __future__ import annotations

from liulin_gazette.text.numerals import han_numeral

_HAN = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand",
}  # fmt: skip
_LEGAL = {
    "chineseLegalSimplified": "零壹贰叁肆伍陆柒捌玖拾佰仟",
    "ideographLegalTraditional": "零壹貳參肆伍陸柒捌玖拾佰仟",
}
_DIGITS = {
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROWS = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
"""Characters of numbers that have one each, from 1."""
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_LETTERS = 780
"""Word writes 27 as aa and 53 as aaa, up to thirty letters."""


def numeral(count: int, number_format: str) -> tuple[str, bool]:
    """Return ``count`` as ``number_format`` (Word's numFmt) writes it, and whether that format is known."""
    plain = str(count)
    if number_format in ("decimal", "decimalHalfWidth"):
        return plain, True
    if number_format == "none":
        return "", True
    if count < 0 or count >= 10_000:
        return plain, False
    if number_format in _HAN:
        return han_numeral(count), True
    if number_format in _LEGAL:
        return _legal(count, _LEGAL[number_format]), True
    if number_format in _DIGITS:
        return plain.translate(str.maketrans("0123456789", _DIGITS[number_format])), True
    if number_format in _ROWS:
        row = _ROWS[number_format]
        return (row[count - 1], True) if 1 <= count <= len(row) else (plain, False)
    if number_format == "decimalZero":
        return f"{count:02}", True
    if number_format == "numberInDash":
        return f"- {count} -", True
    return _of_letters(count, number_format)


def _of_letters(count: int, number_format: str) -> tuple[str, bool]:
    """Return ``count`` in Roman numerals, Latin letters or the sixty pairs of stem and branch."""
    if number_format == "ideographZodiacTraditional" and 1 <= count <= 60:
        return _STEMS[(count - 1) % 10] + _BRANCHES[(count - 1) % 12], True
    if number_format in ("lowerLetter", "upperLetter") and 1 <= count <= _MAX_LETTERS:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return (letters if number_format == "lowerLetter" else letters.upper()), True
    if number_format in ("lowerRoman", "upperRoman") and count:
        roman, rest = "", count
        for each, sign in _ROMAN:
            roman += sign * (rest // each)
            rest %= each
        return (roman if number_format == "lowerRoman" else roman.upper()), True
    return str(count), False


def _legal(count: int, signs: str) -> str:
    """Return ``count`` in the numerals of cheques, which write ten as 壹拾."""
    text = han_numeral(count).translate(str.maketrans("零一二三四五六七八九十百千", signs))
    return signs[1] + text if 10 <= count < 20 else text
