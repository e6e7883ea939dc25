"""What the rules found in each document, kept between builds: an edit has one document checked, not its whole issue.

Deleting the file costs the next build time and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.cache.memo import Memo
from liulin_gazette.pipeline.edited_issues import context_digest
from liulin_gazette.source.folder import Folder

FINDINGS = "findings"
"""The file's name, beside that of the readings."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _StoredResults:
    encoded: dict[str, bytes]
    """By a digest of everything on which they depend."""


def _checked_document() -> type[object]:
    from liulin_gazette.check.engine import CheckedIssue

    return CheckedIssue


def _doubts() -> type[object]:
    from liulin_gazette.check.rules.misspellings import Doubts

    return Doubts


_KINDS: Mapping[str, Callable[[], type[object]]] = {"findings": _checked_document, "doubts": _doubts}
"""The results that are kept, by kind, with what loads their class: rules are loaded when something is checked.

All others are quickly made.
"""


class KeptFindings:
    """The findings in the documents of the issues that a build reads."""

    def __init__(self, file: Path, base: str) -> None:
        """``base`` is a digest of the program and of gazette.toml."""
        self._file = file
        self._base = base
        self._known: dict[str, bytes] = {}
        self._used: dict[str, bytes] = {}
        if (content := sealed_file.read(file)) is not None:
            with contextlib.suppress(DamagedValueError):
                self._known = decode(content, _StoredResults).encoded

    def of(self, folder: Folder) -> Memo:
        """Return a memo for the documents in ``folder``."""
        return partial(self._result, folder, context_digest(folder, self._base))

    def _result(
        self, folder: Folder, context: str, kind: str, path: str, make: Callable[[], Result], /
    ) -> Result:
        digest = folder.digests.get(path.rpartition("/")[2])
        if kind not in _KINDS or digest is None:
            return make()
        key = f"{kind} {context} {path} {digest}"
        result: Any
        if (known := self._known.get(key)) is not None:
            with contextlib.suppress(DamagedValueError):
                result = decode(known, _KINDS[kind]())
                self._used[key] = known
                return result
        result = make()
        self._used[key] = encode(result)
        return result

    def store(self) -> None:
        """Keep what was asked for; where that fails, the next build takes longer."""
        sealed_file.write(self._file, encode(_StoredResults(self._used)))
