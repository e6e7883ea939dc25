"""docs/性能.md: a section for each benchmark, replaced when that is run."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "性能.md"


def write_section(name: str, text: str) -> None:
    """Put ``text`` below the heading ``name`` of the page, in the place of what stands there."""
    page = PAGE.read_text("utf-8")
    section = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.S | re.M)
    own = f"## {name}\n\n{text.strip()}\n\n"
    made = section.sub(lambda _: own, page) if section.search(page) else f"{page.rstrip()}\n\n{own}"
    PAGE.write_text(made.rstrip() + "\n", "utf-8")
