"""The page docs/性能.md, which has a section for each benchmark."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "性能.md"


def write_section(name: str, text: str) -> None:
    """Replace the section under the heading ``name`` by ``text``; add it when there is none."""
    page = PAGE.read_text("utf-8")
    pattern = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.S | re.M)
    section = f"## {name}\n\n{text.strip()}\n\n"
    has_section = pattern.search(page) is not None
    new_page = pattern.sub(lambda _: section, page) if has_section else f"{page.rstrip()}\n\n{section}"
    PAGE.write_text(new_page.rstrip() + "\n", "utf-8")
