"""Names of files that every system takes: NTFS, ext4 and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 100
"""Characters; with the folders before it a path stays below the 260 that Windows programs bear."""
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[.~ ]|[. ]$|[. ]\.[^.]+$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
"""Devices of Windows, whatever the ending."""


def is_portable(name: str) -> bool:
    """Tell whether a file can be called ``name`` on every system and in an address."""
    return len(name) <= LONGEST and not _REFUSED.search(name) and not _RESERVED.match(name)


def like_in_other_case(name: str, others: Iterable[str]) -> str:
    """Return which of ``others`` is ``name`` but for capital letters, which Windows takes for the same; or nothing."""
    return next((other for other in others if other != name and other.casefold() == name.casefold()), "")
