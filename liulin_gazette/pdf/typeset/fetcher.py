"""What the typesetter may read: prepared faces, the content's own pictures, and nothing else."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from liulin_gazette.text.qr import qr_svg
from liulin_gazette.workers.shared_file import SharedFile

_IGNORED = ("Ignored `", "Invalid or unsupported", "No anchor #")
"""Messages about CSS that is meant for browsers, and links out of a document typeset alone."""


class LocalFetcher(URLFetcher):
    """Resolves ``face:/name``, ``content:/path`` and ``qr:text``; everything else is refused."""

    def __init__(self, faces: Sequence[SharedFile], pictures: Mapping[str, bytes]) -> None:
        """Serve ``faces`` by file name and ``pictures`` by project path."""
        super().__init__(allowed_protocols=())
        self._faces = {face.name: face for face in faces}
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the response for ``url``; raises ValueError for what is not the project's own."""
        scheme, _, path = url.partition(":")
        name = unquote(path.lstrip("/"))
        if scheme == "face" and name in self._faces:
            return URLFetcherResponse(url, self._faces[name].read_bytes())
        if scheme == "content" and name in self._pictures:
            return URLFetcherResponse(url, self._pictures[name])
        if scheme == "qr":
            return URLFetcherResponse(url, qr_svg(path))
        parent: Any = super()
        return parent.fetch(url, headers)


class _Collector(logging.Handler):
    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith(_IGNORED):
            self._faults.append(message)


@contextlib.contextmanager
def watched_log() -> Generator[list[str]]:
    """Collect what WeasyPrint warns of, instead of printing it."""
    faults: list[str] = []
    logger = logging.getLogger("weasyprint")
    collector, propagate = _Collector(faults), logger.propagate
    others = logger.handlers[:]
    logger.handlers[:] = [collector]
    logger.propagate = False
    try:
        yield faults
    finally:
        logger.handlers[:] = others
        logger.propagate = propagate
