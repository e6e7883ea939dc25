"""分栏: in how many columns the text of documents is set."""

from __future__ import annotations

KEY = "分栏"
COLUMN_COUNTS = {"两栏": 2, "通栏": 1}
"""The values of 分栏, as the settings, an issue, a section or a document states it; the usual one first."""
