"""Two small Windows files that no registry has: ``python.exe`` and ``python3.dll``, written byte by byte (PE32+).

``python.exe`` hands its command line to ``Py_Main`` of the Python library beside it, as CPython's own does.
``python3.dll`` forwards every name to that library, as CPython's own does: extension modules of the stable ABI ask
for it. No compiler is needed, and the same names give the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MANIFEST = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
<trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
<requestedExecutionLevel level="asInvoker" uiAccess="false"/>
</requestedPrivileges></security></trustInfo>
<compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
<supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
</application></compatibility>
<application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>
<longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
<activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
</windowsSettings></application>
</assembly>
"""
"""No administrator, paths longer than 260 characters, and UTF-8 for libraries in C that open files by narrow names:
Fontconfig else fails where the name of the user, and so the temporary folder, is Chinese."""
_BASE = 0x140000000
_FILE_UNIT, _PAGE = 0x200, 0x1000
_CODE, _READ, _EXECUTE, _DATA = 0x20, 0x40000000, 0x20000000, 0x40
_HEADERS = 0x400
"""Bytes before the first section."""


@dataclass(frozen=True, slots=True)
class _Section:
    name: bytes
    content: bytes
    flags: int
    directory: int | None = None
    """The index of the directory that begins with the section, if there is one."""
    directory_size: int = 0


def launcher(library: str, function: str, manifest: str = MANIFEST) -> bytes:
    """Return a console program that calls ``function(argc, argv)`` of ``library`` and ends with what it returns."""
    imports = (
        ("KERNEL32.dll", ("ExitProcess", "GetCommandLineW")),
        ("SHELL32.dll", ("CommandLineToArgvW",)),
        (library, (function,)),
    )
    text_address, table_address = _PAGE, 2 * _PAGE
    table, slots = _import_table(imports, table_address)
    code = _code(text_address, slots, function)
    sections = (
        _Section(b".text", code, _CODE | _READ | _EXECUTE),
        _Section(b".rdata", table, _DATA | _READ, 1, 20 * (len(imports) + 1)),
        _Section(b".rsrc", _manifest_resource(3 * _PAGE, manifest), _DATA | _READ, 2, 0x100),
    )
    return _file(sections, entry=text_address, is_library=False)


def forwarder(name: str, forwards: Mapping[str, str]) -> bytes:
    """Return a library called ``name`` that exports each name of ``forwards`` from elsewhere: ``python311.Py_Main``."""
    names = sorted(forwards)
    strings = bytearray()
    start = _PAGE + 40 + len(names) * 10
    places: dict[str, int] = {}
    for text in (name, *names, *(forwards[each] for each in names)):
        places[text] = start + len(strings)
        strings += text.encode("ascii") + b"\0"
    functions, count = _PAGE + 40, len(names)
    addresses = functions + 4 * count
    ordinals = addresses + 4 * count
    head = struct.pack(
        "<IIHHIIIIIII", 0, 0, 0, 0, places[name], 1, count, count, functions, addresses, ordinals
    )
    table = (
        head
        + struct.pack(f"<{count}I", *(places[forwards[each]] for each in names))
        + struct.pack(f"<{count}I", *(places[each] for each in names))
        + struct.pack(f"<{count}H", *range(count))
        + bytes(strings)
    )
    section = _Section(b".rdata", table, _DATA | _READ, 0, len(table))
    return _file((section,), entry=0, is_library=True)


def _code(address: int, slots: dict[str, int], function: str) -> bytes:
    """Return the machine code at ``address`` (x86-64, calling convention of Windows)."""
    code = bytearray(b"\x48\x83\xec\x38")  # sub rsp, 38h: room for callees, and for argc at rsp + 30h

    def call(name: str) -> None:
        code.extend(b"\xff\x15" + struct.pack("<i", slots[name] - (address + len(code) + 6)))

    call("GetCommandLineW")
    code += b"\x48\x89\xc1\x48\x8d\x54\x24\x30"  # mov rcx, rax; lea rdx, [rsp+30h]
    call("CommandLineToArgvW")
    code += b"\x8b\x4c\x24\x30\x48\x89\xc2"  # mov ecx, [rsp+30h]; mov rdx, rax
    call(function)
    code += b"\x89\xc1"  # mov ecx, eax
    call("ExitProcess")
    return bytes(code + b"\xcc")


def _import_table(imports: Sequence[tuple[str, Sequence[str]]], address: int) -> tuple[bytes, dict[str, int]]:
    """Return the import directory at ``address``, and by function the address of the pointer to it."""
    pointers = sum(len(functions) + 1 for _, functions in imports)
    lookups = 20 * (len(imports) + 1)
    thunks = lookups + 8 * pointers
    strings = bytearray()
    text_start = thunks + 8 * pointers
    head, lookup = bytearray(), bytearray()
    slots: dict[str, int] = {}
    for library, functions in imports:
        first = len(lookup)
        for function in functions:
            slots[function] = address + thunks + len(lookup)
            lookup += struct.pack("<Q", address + text_start + len(strings))
            strings += b"\0\0" + function.encode("ascii") + b"\0" * (2 - len(function) % 2)
        lookup += bytes(8)
        name = address + text_start + len(strings)
        strings += library.encode("ascii") + b"\0" * (2 - len(library) % 2)
        head += struct.pack("<IIIII", address + lookups + first, 0, 0, name, address + thunks + first)
    return bytes(head + bytes(20) + lookup + lookup + strings), slots


def _manifest_resource(address: int, text: str) -> bytes:
    """Return the resource directory at ``address`` with the manifest ``text``: type 24, number 1, neutral language."""
    manifest = text.encode()
    tree = b""
    for level, identifier in enumerate((24, 1, 0)):
        below = (level + 1) * 24
        tree += struct.pack("<IIHHHH", 0, 0, 0, 0, 0, 1)
        tree += struct.pack("<II", identifier, below | 0x80000000 if level < 2 else below)
    entry = struct.pack("<IIII", address + len(tree) + 16, len(manifest), 0, 0)
    return tree + entry + manifest


def _file(sections: Sequence[_Section], *, entry: int, is_library: bool) -> bytes:
    """Return the whole file. Sections stand one after another, each at the beginning of pages of its own."""
    table, body = bytearray(), bytearray()
    directories = [(0, 0)] * 16
    address = _PAGE
    for section in sections:
        raw = section.content + bytes(-len(section.content) % _FILE_UNIT)
        table += struct.pack(
            "<8sIIIIIIHHI",
            *(section.name, len(section.content), address, len(raw), _HEADERS + len(body)),
            *(0, 0, 0, 0, section.flags),
        )
        if section.directory is not None:
            directories[section.directory] = (address, section.directory_size)
        body += raw
        address += -(-len(section.content) // _PAGE) * _PAGE
    kind = 0x2022 if is_library else 0x0022  # Executable, addresses above 2 GB, and whether it is a library.
    coff = struct.pack("<4sHHIIIHH", b"PE\0\0", 0x8664, len(sections), 0, 0, 0, 240, kind)
    flags = 0x8160  # Data is not run, any address will do (no absolute one is used), terminal servers.
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        *(0x20B, 14, 0, _FILE_UNIT, len(body), 0, entry, _PAGE, _BASE, _PAGE, _FILE_UNIT),
        *(6, 0, 0, 0, 6, 0, 0, address, _HEADERS, 0, 3, flags),
        *(0x100000, 0x1000, 0x100000, 0x1000, 0, 16),
    )
    optional += b"".join(struct.pack("<II", *each) for each in directories)
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + coff + optional + bytes(table)
    return head.ljust(_HEADERS, b"\0") + bytes(body)
