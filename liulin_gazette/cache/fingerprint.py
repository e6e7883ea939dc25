"""A digest of values of the model, to tell whether what a page depends on has changed."""

from __future__ import annotations

import hashlib

import msgspec


def fingerprint(*values: object) -> str:
    """Return the SHA-256 of ``values``; equal values have equal digests in every process and on every machine.

    Allowed are values of the model, numbers, strings, dates, and tuples, lists and mappings of these. Sets are not,
    because their order varies.
    """
    return hashlib.sha256(msgspec.msgpack.encode(values)).hexdigest()
