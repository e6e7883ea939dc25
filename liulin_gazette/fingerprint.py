"""A digest of values of the model: of everything that a page is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, cast

import msgspec

from liulin_gazette.model import Document, Issue


class Fingerprints:
    """Takes fingerprints; those of issues and documents, which many pages name, once each."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}

    def of(self, value: object) -> str:
        """Return the fingerprint of ``value``: equal for equal values, whenever and wherever it is taken."""
        parts: list[str] = []
        self._collect(value, parts)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _collect(self, value: Any, parts: list[str]) -> None:
        if isinstance(value, str):
            parts.append(f"“{value}”")
        elif isinstance(value, (Document, Issue)):
            parts.append(self._of_model(value))
        elif isinstance(value, (tuple, list)):
            items = cast("Sequence[object]", value)
            parts.append(f"({len(items)}")
            for each in items:
                self._collect(each, parts)
        elif isinstance(value, Mapping):
            pairs = cast("Mapping[object, object]", value)
            parts.append(f"{{{len(pairs)}")
            for key, each in pairs.items():
                parts.append(str(key))
                self._collect(each, parts)
        elif is_dataclass(value):
            parts.append(type(value).__name__)
            for field in fields(value):
                self._collect(getattr(value, field.name), parts)
        else:
            parts.append(repr(value))

    def _of_model(self, value: Document | Issue) -> str:
        """Return the digest of ``value``; it is held, so that no other takes its identity."""
        known = self._known.get(id(value))
        if known is None:
            encoded = msgspec.msgpack.encode(value)
            known = self._known[id(value)] = (value, hashlib.sha256(encoded).hexdigest())
        return known[1]
