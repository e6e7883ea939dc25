"""Strings in the front matter as YAML writes them."""

from __future__ import annotations

import json
import re

_PLAIN_SCALAR = re.compile(r"[^\s\"'#&*!|>%@`\[\]{},?:\-][^#:\n]*")


def yaml_scalar(text: str) -> str:
    """Return ``text`` as a YAML scalar, quoted where that is needed."""
    return (
        text
        if not text or (_PLAIN_SCALAR.fullmatch(text) and text == text.strip())
        else json.dumps(text, ensure_ascii=False)
    )
