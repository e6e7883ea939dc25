"""Advice that names what the editor can do: each face says the act in its own words, a command or a button.

``str`` of an advice names commands, for the terminal and for the files of reports. The desk has words of its own, which
it gives to ``said``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Act(Enum):
    """What an advice can name; the value is how the command line says it, with {} for what it is about."""

    CHECK = "运行 python3 build.py check"
    BUILD = "运行 python3 build.py"
    PUBLISH = "运行 python3 build.py publish {}"
    REPUBLISH = '写明理由：python3 build.py {} --republish "理由"'
    NEW_ISSUE = "运行 python3 build.py new issue {}"
    CHOOSE_SECTION = "用 --section 写明一个"
    UNDO = "运行 python3 build.py undo"
    CLEAN = "运行 python3 build.py clean"
    SIGN = "重新签名（python3 build.py sign，见《网站与数据》）"
    COMPILE_INDEX = "运行 python3 build.py annual {}，重新编"
    DOCTOR = "运行 python3 build.py doctor"
    FIX = "运行 python3 build.py check --fix"
    RECOGNISE = '加上 --ocr "命令"（见《来稿转换》“扫描件和 OCR”）'
    PASTE = "运行 python3 build.py intake - 粘贴"
    RECOVER = "再运行一次 python3 build.py check"
    PREPARE = "再运行 python3 build.py"
    PREPARE_ANEW = "删除 .venv 文件夹，再运行 python3 build.py"
    FILL_IN = "在“{}: ”后面写上内容"
    ADD_SETTING = '加一行“"{}" = ……”'
    WRITE_TEXT = '写作 "{}"，加引号'
    WRITE_BARE = "写作 {}，不加引号"
    SAVE_MEMORY = "或加上 --jobs 1 再运行"


@dataclass(frozen=True, slots=True)
class AdvisedAct:
    """An act of the editor's, and what it is about."""

    act: Act
    subject: str = ""
    """Name of the issue (2026-1), the year, or the item of a form, or what is to be written; empty where it is about everything."""


Naming = Callable[[AdvisedAct], str]
"""How a face names an act, as a verb with its object."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Sentences in which acts are named."""

    parts: tuple[str | AdvisedAct, ...]

    def __str__(self) -> str:
        return self.said(as_command)

    def said(self, naming: Naming) -> str:
        """Return the sentences with each act as ``naming`` names it."""
        return "".join(naming(part) if isinstance(part, AdvisedAct) else part for part in self.parts)


def advice(*parts: str | Act | AdvisedAct) -> Advice:
    """Return the advice of ``parts``; an act by itself is about everything."""
    return Advice(tuple(AdvisedAct(part) if isinstance(part, Act) else part for part in parts))


def as_command(advised: AdvisedAct) -> str:
    """Return ``advised`` as the command line says it."""
    return advised.act.value.format(advised.subject)
