"""Questions to the editor. Without a terminal nobody can answer, and nothing is done."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from liulin_gazette.text.editor_error import CONTENT, DECLINED, EditorError

_SEPARATOR = re.compile("[、，,；;\\s]+")


class UnansweredError(EditorError):
    """The input ended before every question was answered."""

    exit_code = DECLINED


class WrongAnswerError(EditorError):
    """An option has a value that cannot be used, and nobody is there to be asked again."""

    exit_code = CONTENT


def no_fault(answer: str) -> str:
    """Return an empty string: any ``answer`` will do."""
    del answer
    return ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is asked until its answer can be used."""

    label: str
    note: str = ""
    """What is said in brackets after the label: an example, or that an empty line will do."""
    proposed: str = ""
    """The answer that an empty line stands for."""
    choices: Sequence[str] = ()
    """Answers that are listed with numbers; a number, or words that only one of them has, stand for the choice."""
    is_open: bool = False
    """Whether other answers than the choices will do."""
    advice: str = ""
    """What to do where none of the choices is right."""
    several: bool = False
    """Whether more than one choice may be given, separated by 、; the answer has them separated so."""
    fault: Callable[[str], str] = no_fault
    """Returns what is wrong with an answer, and what to do; empty if it can be used."""


def confirm(question: str, is_agreed: bool) -> bool:
    """Ask ``question`` and tell whether the editor agrees; with ``is_agreed`` (``--yes``) do not ask."""
    if is_agreed:
        return True
    if not sys.stdin.isatty():
        print("没有人可以回答；同意的话，加上 --yes 再运行。", file=sys.stderr)
        return False
    return _line(f"{question}［y/N］").lower() in ("y", "yes", "是")


def ask(label: str, value: str, proposed: str = "") -> str:
    """Return ``value`` if it is set; else ask for ``label`` and return the answer, ``proposed`` if that is empty."""
    if value or not sys.stdin.isatty():
        return value or proposed
    return _line(f"{label}{_hint(proposed)}：") or proposed


def answer_to(question: Question, value: str = "") -> str:
    """Return ``value``, or the answer to ``question``, asked for again until it can be used.

    Where nobody can answer, an empty ``value`` stands for what is proposed, and a value that cannot be used raises
    WrongAnswerError.
    """
    can_ask = sys.stdin.isatty()
    if value or not can_ask:
        answer, fault = _judged(question, value or question.proposed, is_typed=False)
        if not fault:
            return answer
        if not can_ask:
            raise WrongAnswerError(fault)
        print(fault)
    for number, choice in enumerate(question.choices, 1):
        print(f"  {number}  {choice}")
    several = "，可以写几个，用顿号分开" if question.several and len(question.choices) > 1 else ""
    note = f"（{question.note}）" if question.note else ""
    label = f"{question.label}{note}{several}{_hint(question.proposed)}："
    while True:
        answer, fault = _judged(question, _line(label) or question.proposed, is_typed=True)
        if not fault:
            return answer
        print(fault)


def _judged(question: Question, text: str, is_typed: bool) -> tuple[str, str]:
    """Return the answer that ``text`` stands for, and what is wrong with it.

    Only where it ``is_typed`` in answer to the list, a number or a part stands for a choice.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text, f"{question.label}里有不是 UTF-8 编码的字。检查终端的编码，再写一次。"
    parts = [each for each in _SEPARATOR.split(text) if each] if question.several else [text] * bool(text)
    answers: list[str] = []
    for part in parts:
        chosen = _chosen(question, part, is_typed)
        if not chosen:
            known = f"可用的有：{'、'.join(question.choices)}。"
            return text, f"没有“{part}”这个{question.label}。{known}{question.advice}"
        if chosen in answers:
            return text, f"“{chosen}”写了两次。"
        answers.append(chosen)
    answer = "、".join(answers)
    return answer, question.fault(answer)


def _chosen(question: Question, text: str, is_typed: bool) -> str:
    """Return the choice that ``text`` stands for, or ``text`` itself; empty if it is none of the choices."""
    choices = question.choices
    if not choices or text in choices:
        return text
    if is_typed and text.isascii() and text.isdigit() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    if question.is_open:
        return text
    alike = [choice for choice in choices if is_typed and text in choice]
    return alike[0] if len(alike) == 1 else ""


def _hint(proposed: str) -> str:
    return f"（直接回车用“{proposed}”）" if proposed else ""


def _line(prompt: str) -> str:
    """Return the line that the editor types. Raises UnansweredError at the end of the input (Ctrl-D)."""
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        raise UnansweredError("没有答完，什么都没有写。") from None
