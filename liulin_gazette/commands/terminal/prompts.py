"""Questions to the editor. Without a terminal nobody can answer, and nothing is done."""

from __future__ import annotations

import sys


def confirm(question: str, is_agreed: bool) -> bool:
    """Ask ``question`` and tell whether the editor agrees; with ``is_agreed`` (``--yes``) do not ask."""
    if is_agreed:
        return True
    if not sys.stdin.isatty():
        print("没有人可以回答；同意的话，加上 --yes 再运行。", file=sys.stderr)
        return False
    return input(f"{question}［y/N］").strip().lower() in ("y", "yes", "是")


def ask(label: str, value: str, proposed: str = "") -> str:
    """Return ``value`` if it is set; else ask for ``label`` and return the answer, ``proposed`` if that is empty."""
    if value or not sys.stdin.isatty():
        return value or proposed
    hint = f"（直接回车用“{proposed}”）" if proposed else ""
    return input(f"{label}{hint}：").strip() or proposed
