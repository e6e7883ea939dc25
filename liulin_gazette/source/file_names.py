"""Names of files that every system takes: NTFS, ext4 and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 100
"""Characters; with the folders before it a path stays below the 260 that Windows programs bear."""
LONGEST_WRITTEN = 240
"""Bytes in UTF-8: ext4 takes 255, and programs put a few letters of their own to a name while they write."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories of control and format characters, halves of pairs, and ends of lines."""
_REFUSED = re.compile(r'[<>:"/\\|?*]|^[.~ ]|[. ]$|[. ]\.[^.]+$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.I)
"""Devices of Windows, whatever the ending."""
NAME_HINT = (
    '名字里不用 \\ / : * ? " < > | 等符号和看不见的字符，不以点、~ 或空格开头，不超过 75 个汉字；'
    "CON、NUL、COM1 等是 Windows 的设备名，也不能用。"
)
"""What to tell an editor of a name that is not portable."""


def is_portable(name: str) -> bool:
    """Tell whether a file can be called ``name`` on every system and in an address."""
    return (
        0 < len(name) <= LONGEST
        and not any(unicodedata.category(each) in _UNSEEN for each in name)
        and len(name.encode()) <= LONGEST_WRITTEN
        and not _REFUSED.search(name)
        and not _RESERVED.match(name)
    )


def like_in_other_case(name: str, others: Iterable[str]) -> str:
    """Return which of ``others`` is ``name`` but for capital letters, which Windows takes for the same; or nothing."""
    return next((other for other in others if other != name and other.casefold() == name.casefold()), "")
