"""Mistakes of typists: kinds, and how each is made in a clean document.

A kind takes a whole Markdown file and makes one mistake in it, at a place that chance chooses. Its front matter stays as
it is, so that the file can still be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

Make = Callable[[str, Random], str | None]
"""Returns the body of a document with a mistake; None where it has no place for one."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A kind of mistakes."""

    name: str
    make: Make
    reach: int = 0
    """Within how many lines before and after the mistake it may be told: rows of the same table, the next ordinal."""


def with_fault(kind: FaultKind, text: str, chance: Random) -> str | None:
    """Return the file ``text`` with a mistake of ``kind`` in its body; None where there is no place for one."""
    end = text.index("\n---\n", 4) + 5
    body = kind.make(text[end:], chance)
    return None if body is None or body == text[end:] else text[:end] + body


def replaced(pattern: str, change: Callable[[re.Match[str], Random], str | None]) -> Make:
    """Return what changes one match of ``pattern`` in the body."""
    compiled = re.compile(pattern, re.MULTILINE)

    def make(body: str, chance: Random) -> str | None:
        places = list(compiled.finditer(body))
        chance.shuffle(places)
        for match in places:
            new = change(match, chance)
            if new is not None and new != match[0]:
                return body[: match.start()] + new + body[match.end() :]
        return None

    return make


def in_prose(change: Callable[[str, Random], str | None]) -> Make:
    """Return what changes one paragraph of running text."""
    return replaced(r"^(?![|#:\s]|附件|!\[)[^\n|]{20,}$", lambda match, chance: change(match[0], chance))


def one_of(pairs: Mapping[str, Sequence[str] | str]) -> Make:
    """Return what writes, for one of the words, a wrong one."""
    pattern = "|".join(map(re.escape, sorted(pairs, key=len, reverse=True)))
    return replaced(pattern, lambda match, chance: chance.choice(as_list(pairs[match[0]])))


def added(texts: Iterable[str]) -> Make:
    """Return what puts one of ``texts`` at the end of a sentence of a paragraph."""
    chosen = list(texts)
    return in_prose(lambda line, chance: line + chance.choice(chosen) if line.endswith("。") else None)


def paragraph_added(texts: Iterable[str]) -> Make:
    """Return what puts one of ``texts`` after a paragraph, as one of its own."""
    chosen = list(texts)
    return in_prose(
        lambda line, chance: f"{line}\n\n{chance.choice(chosen)}" if line.endswith("。") else None
    )


def as_list(value: Sequence[str] | str) -> Sequence[str]:
    """Return the words in ``value``: a string holds them separated by spaces."""
    return value.split() if isinstance(value, str) else value


def swapped(text: str, at: int) -> str:
    """Return ``text`` with the characters at ``at`` and after it in the other order."""
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def without(text: str, at: int) -> str:
    """Return ``text`` without the character at ``at``."""
    return text[:at] + text[at + 1 :]


def doubled(text: str, at: int) -> str:
    """Return ``text`` with the character at ``at`` twice."""
    return text[: at + 1] + text[at:]
