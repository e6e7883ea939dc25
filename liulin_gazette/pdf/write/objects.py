"""Objects of a PDF file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import pydyf

SMALL, FAST = 9, 5
"""Deflate levels: for files that are downloaded, and for those that only go to the printers."""


def add(pdf: Any, made: Any) -> Any:
    """Add ``made`` to ``pdf`` as an indirect object, and return it."""
    pdf.add_object(made)
    return made


def dictionary(values: Mapping[str, Any]) -> Any:
    """Return a dictionary object."""
    return pydyf.Dictionary(dict(values))


def stream(content: bytes, extra: Mapping[str, Any] | None = None, level: int = SMALL) -> Any:
    """Return a deflated stream; it is packed here and now, however often the file asks for it."""
    return packed_stream(zlib.compress(content, level), {"Filter": "/FlateDecode", **(extra or {})})


def packed_stream(content: bytes, extra: Mapping[str, Any]) -> Any:
    """Return a stream whose ``content`` is packed already, as ``extra`` says."""
    return pydyf.Stream([content], pydyf.Dictionary(dict(extra)))
