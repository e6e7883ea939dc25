"""What a Windows executable or library (PE32+, Microsoft PE Format) imports and exports."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the file and where it is put in memory; sizes and places in bytes."""

    size: int
    address: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Image:
    """A file with its sections and directories."""

    data: bytes
    sections: tuple[_Section, ...]
    directories: int
    """Offset of the table of directories; each has an address and a size of four bytes."""

    def directory(self, index: int) -> int | None:
        """Return the offset of the directory ``index`` in the file, or None if there is none."""
        (address,) = struct.unpack_from("<I", self.data, self.directories + 8 * index)
        return self.offset(address) if address else None

    def offset(self, address: int) -> int:
        """Return where in the file the relative virtual ``address`` is. Raises ValueError."""
        for section in self.sections:
            if section.address <= address < section.address + section.size:
                return address - section.address + section.offset
        raise ValueError(f"no section has the address {address:#x}")

    def text(self, address: int) -> str:
        """Return the ASCII string at ``address``, which ends with a zero byte."""
        start = self.offset(address)
        return self.data[start : self.data.index(b"\0", start)].decode("ascii")


def imported_libraries(data: bytes) -> list[str]:
    """Return the names of the libraries that the file imports from, as it writes them. Raises ValueError."""
    return sorted(_imports(_image(data)))


def exported_names(data: bytes) -> list[str]:
    """Return the names that the library exports, sorted by their bytes. Raises ValueError."""
    image = _image(data)
    place = image.directory(0)
    if place is None:
        return []
    count, _, names = struct.unpack_from("<III", data, place + 24)
    addresses = struct.unpack_from(f"<{count}I", data, image.offset(names))
    return sorted(map(image.text, addresses))


def _imports(image: _Image) -> Iterator[str]:
    place = image.directory(1)
    while place is not None:
        (name,) = struct.unpack_from("<I", image.data, place + 12)
        if not name:
            return
        yield image.text(name)
        place += 20


def _image(data: bytes) -> _Image:
    """Return the file with its sections. Raises ValueError if it is not for x86-64 Windows."""
    try:
        (header,) = struct.unpack_from("<I", data, 0x3C)
        signature, machine, count, optional_size = struct.unpack_from("<4sHH12xH", data, header)
        (magic,) = struct.unpack_from("<H", data, header + 24)
        if (signature, machine, magic) != (b"PE\0\0", 0x8664, 0x20B):
            raise ValueError("not a file for x86-64 Windows")
        table = header + 24 + optional_size
        sections: list[_Section] = []
        for index in range(count):
            size, address, raw_size, offset = struct.unpack_from("<IIII", data, table + 40 * index + 8)
            sections.append(_Section(max(size, raw_size), address, offset))
    except struct.error as error:
        raise ValueError("not a file for Windows") from error
    return _Image(data, tuple(sections), header + 24 + 112)
