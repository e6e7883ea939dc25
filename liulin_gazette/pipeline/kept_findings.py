"""What the rules found in each document, kept between builds: an edit has one document checked, not its whole issue.

Deleting the file costs the next build time and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.cache.memo import Memo
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.pipeline.edited_issues import context_digest
from liulin_gazette.source.folder import Folder

FINDINGS = "findings"
"""The file's name, beside that of the readings."""
KIND = "findings"
"""The results that are kept; all others are quickly made."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Found:
    """The fields of a ``CheckedIssue``, which is loaded when something is checked."""

    findings: tuple[Diagnostic, ...]
    cited: tuple[CitedNumber, ...]


@dataclass(frozen=True, slots=True)
class _StoredFindings:
    found: dict[str, _Found]
    """By a digest of everything on which they depend."""


class KeptFindings:
    """The findings in the documents of the issues that a build reads."""

    def __init__(self, file: Path, base: str) -> None:
        """``base`` is a digest of the program and of gazette.toml."""
        self._file = file
        self._base = base
        self._known: dict[str, _Found] = {}
        self._used: dict[str, _Found] = {}
        if (content := sealed_file.read(file)) is not None:
            with contextlib.suppress(DamagedValueError):
                self._known = decode(content, _StoredFindings).found

    def of(self, folder: Folder) -> Memo:
        """Return a memo for the documents in ``folder``."""
        return partial(self._result, folder, context_digest(folder, self._base))

    def _result(
        self, folder: Folder, context: str, kind: str, path: str, make: Callable[[], Result], /
    ) -> Result:
        digest = folder.digests.get(path.rpartition("/")[2])
        if kind != KIND or digest is None:
            return make()
        key = f"{context} {path} {digest}"
        result: Any
        if known := self._known.get(key):
            from liulin_gazette.check.engine import CheckedIssue

            result = CheckedIssue(known.findings, known.cited)
        else:
            result = make()
        self._used[key] = _Found(result.findings, result.cited)
        return result

    def store(self) -> None:
        """Keep what was asked for; where that fails, the next build takes longer."""
        sealed_file.write(self._file, encode(_StoredFindings(self._used)))
