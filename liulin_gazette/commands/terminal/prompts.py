"""Asking the editor. Where nobody can answer, nothing is done."""

from __future__ import annotations

import sys


def yes(question: str, is_agreed: bool) -> bool:
    """Return whether the editor agrees; ``is_agreed`` says that he has already."""
    if is_agreed:
        return True
    if not sys.stdin.isatty():
        print("没有人可以回答；同意的话，加上 --yes 再运行。", file=sys.stderr)
        return False
    return input(f"{question}［y/N］").strip().lower() in ("y", "yes", "是")


def text(what: str, given: str, proposed: str = "") -> str:
    """Return ``given``, or what the editor types for ``what``; ``proposed`` where he types nothing."""
    if given or not sys.stdin.isatty():
        return given or proposed
    hint = f"（直接回车用“{proposed}”）" if proposed else ""
    return input(f"{what}{hint}：").strip() or proposed
