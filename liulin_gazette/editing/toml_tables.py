"""Tables added at the end of a TOML file, of which all else stays to the byte."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import date
from typing import Any

from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.source.settings_tables.settings import tomllib


def with_table(content: bytes, key: str, values: Mapping[str, str | date]) -> bytes | None:
    """Return the TOML ``content`` with one more table of the array ``key`` at its end.

    None where the content cannot be parsed, has something else at ``key``, or cannot hold the values.
    """
    bom = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    rows = [
        f'"{name}" = {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value.isoformat()}'
        for name, value in values.items()
    ]
    try:
        before = content.removeprefix(bom).decode("utf-8")
        text = unix_text(before)
        end = "" if text.endswith("\n") or not text else "\n"
        gap = "\n" if text else ""
        after = "\n".join([f'{text}{end}{gap}[["{key}"]]', *rows, ""])
        parsed: dict[str, Any] = tomllib.loads(after)
        encoded = bom + with_line_ends_of(before, after).encode()
    except (ValueError, RecursionError):  # Errors of decoding and encoding are ValueErrors too.
        return None
    return encoded if parsed[key][-1] == values else None


def toml_string(text: str) -> str:
    """Return ``text`` as a string of TOML on one line."""
    return json.dumps(text, ensure_ascii=False)
