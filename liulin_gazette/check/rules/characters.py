"""Rules about single characters (codes T004, T013, T014, T022)."""

from __future__ import annotations

import re
import unicodedata

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.text.general_characters import HAN, general_characters

_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_LOOK_ALIKE = re.compile(
    "[\u00a0\u2002-\u200a\u202f\u205f\u2e80-\u2fdf\uf900-\ufaff\ufe30-\ufe4f\uff61-\uffdc\ue000-\uf8ff]"
    "|[\U000f0000-\U0010ffff]|(?<=[一-鿿])[□■](?=[一-鿿])"
)
_WINGDINGS = {
    "\uf0fe": "☑",
    "\uf0fd": "☒",
    "\uf0fc": "✔",
    "\uf0fb": "✗",
    "\uf0a8": "☐",
    "\uf06f": "□",
    "\uf06e": "■",
}
"""What the characters of Wingdings show that word processors keep in the private use area."""
_UNIT_SIGNS = re.compile(r"[㎎㎏㎜㎝㎞㎡㏄㏎]|\d\s*(?:km|cm|m|M)[23](?![\d²³])")


def letters_are_half_width(annotated: AnnotatedDocument) -> Findings:
    """T004: digits and letters are half-width (GB/T 15835-2011 §4)."""
    for passage, match in annotated.matches(_FULL_WIDTH):
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”是全角的。",
            f"改为半角“{unicodedata.normalize('NFKC', match[0])}”。",
            match[0],
        )


def characters_are_standard(annotated: AnnotatedDocument) -> Findings:
    """T013: Han characters are in 通用规范汉字表; others are traditional, variant or rare forms, or mistakes."""
    for character in sorted(set(annotated.whole) - general_characters()):
        if re.match(HAN, character):
            passage = next(passage for passage in annotated.passages if character in passage.text)
            yield Finding(
                passage.at(passage.text.index(character)),
                f"“{character}”（U+{ord(character):04X}）不在《通用规范汉字表》中。",
                "多是繁体字、异体字或错字；确是人名、地名用字的，写明豁免理由。",
                character,
            )


def no_look_alikes(annotated: AnnotatedDocument) -> Findings:
    """T014: no private-use or compatibility characters, radicals, special spaces, or boxes between Han characters."""
    for passage, match in annotated.matches(_LOOK_ALIKE):
        proper = unicodedata.normalize("NFKC", match[0])
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”（U+{ord(match[0]):04X}）不是通常的字符，搜索、朗读都会出错。",
            _advice(match[0], proper),
            match[0],
        )


def _advice(character: str, proper: str) -> str:
    if proper != character and proper.strip():
        return f"应是“{proper}”。"
    if shown := _WINGDINGS.get(character):
        return f"像是 Word 里 Wingdings 字体的“{shown}”；核对原件，换成它。"
    return "核对原件，换成应有的字。"


def units_are_written_out(annotated: AnnotatedDocument) -> Findings:
    """T022: units are 平方米 or m², not ㎡ or m2 (国务院《关于在我国统一实行法定计量单位的命令》)."""
    for passage, match in annotated.matches(_UNIT_SIGNS, annotated.body):
        yield Finding(
            passage.at(match.start()),
            f"单位“{match[0]}”的写法不规范。",
            "写作“平方米”“千米”等；原件如此的照印。",
            match[0],
        )
