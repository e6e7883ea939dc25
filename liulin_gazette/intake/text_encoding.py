"""The encoding of a text: UTF-8, UTF-16, GBK (GB 18030), Big5; which one is seen from the bytes alone."""

from __future__ import annotations

import codecs
import re

from liulin_gazette.intake.manuscript import IntakeError

_COMMON = frozenset(
    "的一是在不了有和人這這中大为為上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说產产"
    "種种面而方後后多定行學学法所民得經经三之進进等部度家電电力里如水化高自二理起小物現现實实加量都兩两體体制機机當当使點点從从業业本去把"
    "性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间样樣與与關关各重新線线内內數数正心反你明看原又利比或但質质氣气第"
    "府县縣镇鎮乡鄉局委办辦通知文件号號月請请遵照執执落實贯徹彻意见見單位附印关於項项目规規"
)
"""Characters that make up about half of any text of an office, in simplified and traditional form."""
_HAN = re.compile("[\u4e00-\u9fff]")
_MIN_LEAD = 2
"""How many times as many common characters the reading as Big5 must have as the one as GBK, to be taken."""
_MIN_COMMON = 0.25
"""Share of common characters in a text, not in a list of names."""
_MIN_CHARACTERS = 10
"""Chinese characters of a text, from which its encoding can be told."""


def decoded(name: str, content: bytes, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of the file ``name`` and a remark if it was not UTF-8; ``charset`` is what the file says it is.

    Raises IntakeError if the encoding is not known or the text damaged.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), ("文件是 UTF-16 编码，已转换。",)
        except UnicodeDecodeError:
            raise IntakeError(f"{name} 的编码认不出来，或文件已损坏。请重新取一份。") from None
    if content.startswith(codecs.BOM_UTF8) or _named(charset) in ("", "utf-8", "ascii"):
        try:
            return content.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            pass
    elif _named(charset) not in ("gbk", "gb2312", "gb18030", "big5", "big5hkscs", "cp950"):
        try:
            return content.decode(_named(charset)), (f"文件是 {charset} 编码，已转换。",)
        except (UnicodeDecodeError, LookupError):
            pass
    if (text := _as_utf8(content)) is not None:
        return text, ()
    if (text := _as_big5(content)) is not None:
        return text, ("文件是 Big5（繁体）编码，已转换；文字仍是繁体，请照规范字核对。",)
    try:
        return content.decode("gb18030"), ("文件是 GBK（GB 18030）编码，已转换。",)
    except UnicodeDecodeError:
        raise IntakeError(
            f"{name} 的编码认不出来，或文件已损坏。请用编辑器打开，另存为 UTF-8 编码的文本。"
        ) from None


def _named(charset: str) -> str:
    """Return Python's name of an encoding that turns bytes into text; empty for one that it does not know."""
    try:
        encoding = codecs.lookup(charset.strip()) if charset.strip() else None
        return encoding.name if encoding is not None and b"a".decode(encoding.name) == "a" else ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def _as_utf8(content: bytes) -> str | None:
    """Return ``content`` read as UTF-8, if that gives words, whatever other encoding its page or mail names."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_text = len(_HAN.findall(text)) >= _MIN_CHARACTERS and _common(text) >= _MIN_COMMON
    return text if is_text else None


def _as_big5(content: bytes) -> str | None:
    """Return ``content`` read as Big5, if that gives words and GBK does not."""
    try:
        text = content.decode("big5hkscs")
    except UnicodeDecodeError:
        return None
    other = content.decode("gb18030", "replace")
    is_text = len(_HAN.findall(text)) >= _MIN_CHARACTERS and _common(text) >= _MIN_COMMON
    return text if is_text and _common(text) > _MIN_LEAD * _common(other) else None


def _common(text: str) -> float:
    """Return which share of the Chinese characters of ``text`` are common ones."""
    characters = _HAN.findall(text)
    return sum(each in _COMMON for each in characters) / max(len(characters), 1)
