"""The base of every exception that is told to the editor in words instead of a traceback.

``cli.main`` is the one place that catches it: it prints ``told`` and ends with ``exit_code``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import ClassVar

from liulin_gazette.text.advised_acts import Advice, Naming, as_command

CONTENT, USAGE, ENVIRONMENT, UNFORESEEN = 1, 2, 3, 4
"""Exit codes: errors in the content, wrong usage, the environment cannot do it, a fault of the program."""
DECLINED = 1
"""The exit code where the editor did not agree, so that nothing was done."""


class EditorError(Exception):
    """Something that the editor has to know; ``str`` gives the message, which is in Chinese."""

    exit_code: int = ENVIRONMENT
    """The exit code of a command that this ends."""
    title: ClassVar[str] = ""
    """Words before the message, such as “排印中断：”."""
    needs_outcome: ClassVar[bool] = False
    """Whether the message leaves open how things stand now, so that the command has to add it."""

    def __init__(self, message: str | Advice, hint: str | Advice = "") -> None:
        """``hint`` says what to do."""
        super().__init__(str(message), str(hint))
        self.message = str(message)
        self.hint = str(hint)
        self._words = message, hint
        self.outcome = ""
        """How things stand now, where the message does not say it."""

    def __str__(self) -> str:
        return self.message

    @property
    def remedy(self) -> Advice | None:
        """The hint, where it names acts of the editor's."""
        hint = self._words[1]
        return hint if isinstance(hint, Advice) else None

    @property
    def told(self) -> str:
        """All that the editor reads at the command line."""
        return self.told_with(as_command)

    def told_with(self, naming: Naming) -> str:
        """Return all that the editor reads in a face that names acts by ``naming``."""
        said = [words.said(naming) if isinstance(words, Advice) else words for words in self._words]
        text = self.title + "".join(said)
        return f"{text}{'' if text.endswith('。') else '。'}{self.outcome}"


@contextlib.contextmanager
def outcome(words: str) -> Generator[None]:
    """Add ``words``, which say how things stand, to an EditorError of the block that leaves that open."""
    try:
        yield
    except EditorError as error:
        if error.needs_outcome and not error.outcome:
            error.outcome = words
        raise
