"""A digest of values of the model: of everything that a page is made from."""

from __future__ import annotations

import hashlib

import msgspec


def fingerprint(*values: object) -> str:
    """Return a digest of ``values``: equal for equal ones, whenever and wherever it is taken.

    They are values of the model, numbers, texts, days, and tuples, lists and mappings of such, but no sets.
    """
    return hashlib.sha256(msgspec.msgpack.encode(values)).hexdigest()
