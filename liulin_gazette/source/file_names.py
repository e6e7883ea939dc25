"""File names that are valid everywhere: on NTFS, on ext4 and in an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_CHARACTERS = 100
"""With the folders before it a path stays below the 260 characters that many Windows programs accept."""
MAX_BYTES = 240
"""In UTF-8. ext4 accepts 255, and a program that writes a file may add a few letters to the name meanwhile."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories: control and format characters, lone surrogates, line and paragraph separators."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]|^[.~ ]|[. ]$|[. ]\.[^.]+$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.I)
"""Names of devices on Windows, with any extension."""
_HIDDEN = re.compile(r"\.(?:txt|md|toml|docx?|rtf|bak)", re.I)
NAME_HINT = (
    '名字里不用 \\ / : * ? " < > | 等符号和看不见的字符，不以点、~ 或空格开头，不超过 75 个汉字；'
    "CON、NUL、COM1 等是 Windows 的设备名，也不能用。"
)
"""The hint for an editor whose file name is not portable."""


def is_portable(name: str) -> bool:
    """Tell whether a file can be called ``name`` on every system and in an address."""
    return (
        0 < len(name) <= MAX_CHARACTERS
        and not any(unicodedata.category(character) in _INVISIBLE for character in name)
        and len(name.encode()) <= MAX_BYTES
        and not _FORBIDDEN.search(name)
        and not _RESERVED.match(name)
    )


def same_but_for_case(name: str, names: Iterable[str]) -> str:
    """Return the one of ``names`` that differs from ``name`` in case only; Windows takes both for one. Else ""."""
    return next((other for other in names if other != name and other.casefold() == name.casefold()), "")


def with_hidden_extension(name: str, names: Iterable[str]) -> str:
    """Return the one of ``names`` that is ``name`` with another extension after it; else "".

    Windows hides extensions: a file that was renamed to 01.md there may be 01.md.txt.
    """
    return next(
        (
            other
            for other in sorted(names)
            if _HIDDEN.fullmatch(other[len(name) :]) and other.startswith(name)
        ),
        "",
    )


def hidden_extension_hint(actual: str, name: str) -> str:
    """Return what to do with the file ``actual`` that should be called ``name``."""
    return (
        f"文件夹里有“{actual}”，改名为“{name}”。Windows 不显示扩展名时看不出来："
        "在资源管理器的“查看”里勾选“文件扩展名”再改。"
    )


def folded_path(path: str) -> str:
    """Return what is equal for paths that differ in case or in Unicode form only (canonical caseless matching)."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())
