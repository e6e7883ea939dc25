"""The one encoding of values as bytes: for files in ``.cache``, and for issues and layouts between the stages of a build.

It is MessagePack, which msgspec writes and reads by the field types of dataclasses. The only thing that msgspec cannot
do is tell the dataclasses of a union apart (``Heading | Paragraph | …``). Here such a value becomes a pair: the name of
its class, and its fields.

Values consist of texts, numbers, bytes, days, times without a zone, enumerations, and dataclasses, tuples and mappings
of these. What is decoded is equal to what was encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

Value = TypeVar("Value")
_UNIONS = (Union, UnionType)


class DamagedValueError(ValueError):
    """Bytes do not encode a value of the expected class; the argument is its name."""


def encode(value: object) -> bytes:
    """Return ``value``, an instance of a dataclass, as bytes."""
    form = _form(type(value))
    return msgspec.msgpack.encode(form.to_plain(value) if form else value)


def decode(data: bytes | memoryview, kind: type[Value]) -> Value:
    """Return the instance of ``kind`` that ``data`` encodes. Raises DamagedValueError."""
    form = _form(kind)
    try:
        if form is None:
            return msgspec.msgpack.decode(data, type=kind)
        return form.from_plain(msgspec.msgpack.decode(data))
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise DamagedValueError(kind.__name__) from error


@dataclass(frozen=True, slots=True)
class _Form:
    """The conversion of values of a type that holds a union of dataclasses."""

    to_plain: Callable[[Any], Any]
    """Returns a value that msgspec can encode, with pairs for members of a union."""
    from_plain: Callable[[Any], Any]
    """Returns the value for what msgspec decoded."""


@cache
def _form(kind: Any) -> _Form | None:
    """Return the conversion of values of the type ``kind``; None where msgspec needs no help."""
    if not _holds_union(kind, set()):
        return None
    if is_dataclass(kind):
        return _form_of_dataclass(kind)
    if get_origin(kind) in _UNIONS:
        return _form_of_union(get_args(kind))
    item, rest = get_args(kind)
    if get_origin(kind) is not tuple or rest is not ...:
        raise TypeError(f"no encoding for {kind}")
    return _form_of_tuple(item)


def _form_of_dataclass(kind: Any) -> _Form:
    types = field_types(kind)
    converted = {name: each for name, each in types.items() if _holds_union(each, set())}
    # msgspec reads all other fields in one go, in C, into an instance of this class.
    partial: Any = msgspec.defstruct(
        kind.__name__, [(name, Any if name in converted else each) for name, each in types.items()]
    )

    def to_plain(value: Any) -> Any:
        plain = {name: getattr(value, name) for name in types}
        for name, each in converted.items():
            plain[name] = _known_form(each).to_plain(plain[name])
        return plain

    def from_plain(plain: Any) -> Any:
        read = msgspec.convert(plain, partial)
        values = {name: getattr(read, name) for name in types}
        for name, each in converted.items():
            values[name] = _known_form(each).from_plain(values[name])
        return kind(**values)

    return _Form(to_plain, from_plain)


def _form_of_union(kinds: tuple[Any, ...]) -> _Form:
    by_name = {kind.__name__: kind for kind in kinds}

    def to_plain(value: Any) -> Any:
        kind = value.__class__
        form = _form(kind)
        return kind.__name__, form.to_plain(value) if form else value

    def from_plain(plain: Any) -> Any:
        name, content = plain
        form = _form(by_name[name])
        return form.from_plain(content) if form else msgspec.convert(content, by_name[name])

    return _Form(to_plain, from_plain)


def _form_of_tuple(item: Any) -> _Form:
    def to_plain(value: Any) -> Any:
        return tuple(map(_known_form(item).to_plain, value))

    def from_plain(plain: Any) -> Any:
        return tuple(map(_known_form(item).from_plain, plain))

    return _Form(to_plain, from_plain)


def _known_form(kind: Any) -> _Form:
    form = _form(kind)
    assert form is not None
    return form


def _holds_union(kind: Any, seen: set[Any]) -> bool:
    """Return whether a value of the type ``kind`` may hold a member of a union of dataclasses."""
    if kind in seen:
        return False
    seen.add(kind)
    parts = get_args(kind)
    if get_origin(kind) in _UNIONS and sum(map(is_dataclass, parts)) > 1:
        return True
    if is_dataclass(kind):
        parts = tuple(field_types(kind).values())
    return any(_holds_union(part, seen) for part in parts)


@cache
def field_types(kind: Any) -> Mapping[str, Any]:
    """Return the type of each field of the dataclass ``kind``."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
