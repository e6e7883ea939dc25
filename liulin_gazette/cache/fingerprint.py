"""A digest of values of the model, to tell whether what a page depends on has changed."""

from __future__ import annotations

import collections.abc
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin

import msgspec

from liulin_gazette.cache.encoded import field_types

_SCALARS = (str, bytes, int, float, date, datetime, NoneType, Enum)
_ROWS = frozenset((tuple, list))
_WITHOUT_SETS = (tuple, list, dict, collections.abc.Mapping, collections.abc.Sequence, Union, UnionType)
"""Generic types that hold a set only where one of their arguments is a set."""


def fingerprint(*values: object) -> str:
    """Return the SHA-256 of ``values``; the same in every process and on every machine.

    Allowed are values of the model, numbers, strings, dates, and tuples, lists and mappings of these. The order of a
    mapping counts. Raises TypeError for a set anywhere in ``values``, because its order varies.
    """
    _refuse_sets(values)
    return hashlib.sha256(msgspec.msgpack.encode(values)).hexdigest()


def _refuse_sets(value: Any) -> None:
    """Raise TypeError if ``value`` is a set or holds one; classes whose fields can hold none are not looked through."""
    if _is_without_sets(value.__class__):
        return
    if isinstance(value, collections.abc.Set):
        raise TypeError(f"the order of a set varies: {value}")
    if isinstance(value, Mapping):
        mapping = cast("Mapping[Any, Any]", value)
        _refuse_sets_in(mapping.keys())
        _refuse_sets_in(mapping.values())
    elif isinstance(value, (tuple, list)):
        _refuse_sets_in(cast("list[Any]", value))
    elif is_dataclass(value):
        _refuse_sets_in([getattr(value, field.name) for field in fields(value)])


def _refuse_sets_in(values: Collection[Any]) -> None:
    """Raise TypeError if one of ``values`` is a set or holds one. They are judged by their classes, rows all at once."""
    kinds = {kind for kind in set(map(type, values)) if not _is_without_sets(kind)}
    if kinds and kinds <= _ROWS:
        _refuse_sets_in([each for row in values if type(row) in _ROWS for each in row])
    elif kinds:
        for value in values:
            _refuse_sets(value)


@cache
def _is_without_sets(kind: Any) -> bool:
    """Return whether no value of the class ``kind`` is a set or holds one."""
    return issubclass(kind, _SCALARS) or (is_dataclass(kind) and not _can_hold_set(kind))


@cache
def _can_hold_set(kind: Any) -> bool:
    return _reaches_set(kind, set())


def _reaches_set(kind: Any, seen: set[Any]) -> bool:
    """Return whether a value of the type ``kind`` may hold a set; of types that are not known it may."""
    if kind in seen or kind is ...:
        return False
    seen.add(kind)
    if is_dataclass(kind):
        return any(_reaches_set(each, seen) for each in field_types(kind).values())
    if get_origin(kind) in _WITHOUT_SETS:
        return any(_reaches_set(each, seen) for each in get_args(kind))
    return not (isinstance(kind, type) and issubclass(kind, _SCALARS))
