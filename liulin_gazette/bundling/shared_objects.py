"""What a Linux program or library (ELF, System V ABI, 64 bits) needs of others, and which versions of symbols it has."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAGIC = b"\x7fELF"
MACHINES = {"x86_64": 62, "aarch64": 183}
"""Numbers of the processors in the header."""
_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRINGS, _NAME = 1, 5, 14
_DEFINED, _DEFINED_COUNT, _REQUIRED, _REQUIRED_COUNT = 0x6FFFFFFC, 0x6FFFFFFD, 0x6FFFFFFE, 0x6FFFFFFF


@dataclass(frozen=True, slots=True)
class SharedObject:
    """A program or library, by what its dynamic section says."""

    machine: int
    name: str
    """What others call it (SONAME); empty for none."""
    needed: tuple[str, ...]
    """The libraries that it is linked with."""
    required: Mapping[str, frozenset[str]]
    """The versions of symbols that it requires, such as GLIBC_2.28, by library."""
    defined: frozenset[str]
    """The versions of symbols that it has."""


def read_shared_object(data: bytes) -> SharedObject:
    """Return what the file ``data`` needs and has. Raises ValueError where it is none of 64 bits."""
    if data[:6] != MAGIC + b"\x02\x01":
        raise ValueError("not a 64-bit ELF file, least significant byte first")
    try:
        return _read(data)
    except (struct.error, IndexError) as error:
        raise ValueError("an ELF file that is cut off") from error


def _read(data: bytes) -> SharedObject:
    (machine,) = struct.unpack_from("<H", data, 18)
    (table,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    segments = [struct.unpack_from("<IIQQQQ", data, table + index * size) for index in range(count)]

    def offset(address: int) -> int:
        for kind, _, place, start, _, length in segments:
            if kind == _LOAD and start <= address < start + length:
                return address - start + place
        raise ValueError(f"no segment has the address {address:#x}")

    dynamic = next((place for kind, _, place, *_ in segments if kind == _DYNAMIC), None)
    entries = list(_entries(data, dynamic)) if dynamic is not None else []
    values = dict(entries)
    strings = offset(values[_STRINGS]) if _STRINGS in values else 0

    def text(index: int) -> str:
        start = strings + index
        return data[start : data.index(b"\0", start)].decode("ascii")

    required: dict[str, frozenset[str]] = {}
    place = offset(values[_REQUIRED]) if _REQUIRED in values else 0
    for _ in range(values.get(_REQUIRED_COUNT, 0)):
        _, parts, file, first, following = struct.unpack_from("<HHIII", data, place)
        required[text(file)] = frozenset(map(text, _names(data, place + first, parts)))
        place += following
    defined: list[str] = []
    place = offset(values[_DEFINED]) if _DEFINED in values else 0
    for _ in range(values.get(_DEFINED_COUNT, 0)):
        first, following = struct.unpack_from("<II", data, place + 12)
        (name,) = struct.unpack_from("<I", data, place + first)
        defined.append(text(name))
        place += following
    name = text(values[_NAME]) if _NAME in values else ""
    needed = tuple(text(value) for tag, value in entries if tag == _NEEDED)
    return SharedObject(machine, name, needed, required, frozenset(defined))


def _entries(data: bytes, place: int) -> Iterator[tuple[int, int]]:
    while (entry := struct.unpack_from("<QQ", data, place))[0]:
        yield entry
        place += 16


def _names(data: bytes, place: int, count: int) -> Iterator[int]:
    """Yield where the names of ``count`` required versions are among the strings."""
    for _ in range(count):
        name, following = struct.unpack_from("<II", data, place + 8)
        yield name
        place += following


def lacking(objects: Mapping[str, SharedObject], machine: int) -> list[str]:
    """Return in English what the files ``objects``, by path, need that none of them has; empty if nothing is.

    Each must be for ``machine``, each library that it needs must be there, in the versions that it requires.
    """
    libraries = {path.rpartition("/")[2]: each for path, each in objects.items()}
    faults: list[str] = []
    for path, each in sorted(objects.items()):
        if each.machine != machine:
            faults.append(f"{path}: for another processor")
        faults += [f"{path}: {name}" for name in each.needed if name not in libraries]
        for name, versions in sorted(each.required.items()):
            has = libraries[name].defined if name in libraries else versions
            faults += [f"{path}: {version} of {name}" for version in sorted(versions - has)]
    return faults
