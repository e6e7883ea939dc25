"""Access of the typesetter to files: it may read prepared faces, pictures of the content and QR codes only."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from liulin_gazette.pdf.typeset.plain_picture import plain_picture
from liulin_gazette.text.qr import qr_svg
from liulin_gazette.workers.shared_file import SharedFile

_IGNORED = ("Ignored `", "Invalid or unsupported", "No anchor #")
"""Beginnings of warnings about CSS for browsers, and about links that lead out of the typeset item."""


class LocalFetcher(URLFetcher):
    """Fetches ``face:/name``, ``content:/path`` and ``qr:text``, and refuses all other URLs."""

    def __init__(self, faces: Sequence[SharedFile], pictures: Mapping[str, bytes]) -> None:
        """Serve ``faces`` by file name and ``pictures`` by project path."""
        super().__init__(allowed_protocols=())
        self._faces = {face.name: face for face in faces}
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the response for ``url``. Raises ValueError when it is refused."""
        scheme, _, path = url.partition(":")
        name = unquote(path.lstrip("/"))
        if scheme == "face" and name in self._faces:
            return URLFetcherResponse(url, self._faces[name].read_bytes())
        if scheme == "content" and name in self._pictures:
            return URLFetcherResponse(url, plain_picture(self._pictures[name]))
        if scheme == "qr":
            return URLFetcherResponse(url, qr_svg(path))
        parent: Any = super()
        return parent.fetch(url, headers)


class _WarningCollector(logging.Handler):
    def __init__(self, warnings: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._warnings = warnings

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith(_IGNORED):
            self._warnings.append(message)


@contextlib.contextmanager
def watched_log() -> Generator[list[str]]:
    """Collect the warnings of WeasyPrint in the list that is yielded, instead of printing them."""
    warnings: list[str] = []
    logger = logging.getLogger("weasyprint")
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers[:] = [_WarningCollector(warnings)]
    logger.propagate = False
    try:
        yield warnings
    finally:
        logger.handlers[:] = handlers
        logger.propagate = propagate
