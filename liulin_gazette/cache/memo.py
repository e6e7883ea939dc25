"""Results kept in memory by what they were made from, so that what has not changed is not done again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


class Memo(Protocol):
    """Returns a result about the file at a project path: a kept one where that is known to be the same."""

    def __call__(self, kind: str, path: str, make: Callable[[], Result], /) -> Result:
        """Return what ``make`` returns, or returned; ``kind`` names this sort of results."""
        ...


def no_memo(_kind: str, _path: str, make: Callable[[], Result], /) -> Result:
    """Return what ``make`` returns: nothing is kept. It is a ``Memo``."""
    return make()


class MemoTable:
    """The last result of each kind about each file. Several threads may use it."""

    def __init__(self) -> None:
        self._results: dict[tuple[str, str], tuple[str, Any]] = {}
        """The digest of what a result was made from, and the result, by its kind and the file's path."""

    def of(self, kind: str, path: str, digest: str, make: Callable[[], Result]) -> Result:
        """Return what ``make`` returns; what it returned last time where ``digest`` was the same then."""
        known = self._results.get((kind, path))
        if known is not None and known[0] == digest:
            return known[1]
        result = make()
        self._results[kind, path] = digest, result
        return result

    def drop_all_but(self, paths: Collection[str]) -> None:
        """Forget the results about files that are not at one of ``paths``."""
        for known in list(self._results):
            if known[1] not in paths:
                self._results.pop(known, None)
