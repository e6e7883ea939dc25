"""Basic objects of a PDF file: dictionaries, streams and indirect objects (ISO 32000-1 §7.3)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import pydyf

SMALL, FAST = 9, 5
"""Deflate levels: for files that readers download, and for those that only the printers receive."""


def add(pdf: Any, pdf_object: Any) -> Any:
    """Add ``pdf_object`` to ``pdf`` as an indirect object, and return it."""
    pdf.add_object(pdf_object)
    return pdf_object


def dictionary(values: Mapping[str, Any]) -> Any:
    """Return a dictionary object."""
    return pydyf.Dictionary(dict(values))


def stream(content: bytes, extra: Mapping[str, Any] | None = None, level: int = SMALL) -> Any:
    """Return a stream of ``content``, deflated once, with the entries ``extra`` in its dictionary."""
    return encoded_stream(zlib.compress(content, level), {"Filter": "/FlateDecode", **(extra or {})})


def encoded_stream(content: bytes, extra: Mapping[str, Any]) -> Any:
    """Return a stream of ``content`` as it is; ``extra`` names the filter by which it is already encoded."""
    return pydyf.Stream([content], pydyf.Dictionary(dict(extra)))
