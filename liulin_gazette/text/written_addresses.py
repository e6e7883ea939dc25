"""Addresses of the web and of mail, as texts write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.+-]{1,64}@[\w.-]+|(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}[!-~]*", re.ASCII
)
LONG = 16
"""Characters from which on an address takes so much of a line that it has to be parted."""


def parts_with_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield ``text`` in parts, each with whether it is a long address."""
    end = 0
    if "." in text:
        for found in ADDRESS.finditer(text):
            if len(found[0]) >= LONG:
                if found.start() > end:
                    yield text[end : found.start()], False
                yield found[0], True
                end = found.end()
    if end < len(text):
        yield text[end:], False
