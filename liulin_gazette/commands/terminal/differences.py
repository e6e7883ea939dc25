"""Changes to files as the editor sees them before agreeing: lines that go, and lines that come."""

from __future__ import annotations

import difflib

from liulin_gazette.editing.changes import Change


def difference(change: Change) -> list[str]:
    """Return the lines of a unified diff of ``change``."""
    before, after = (
        (content or b"").decode("utf-8").splitlines() for content in (change.before, change.after)
    )
    lines = difflib.unified_diff(before, after, change.path, f"{change.path}（改后）", lineterm="", n=0)
    return [f"{line}\n" for line in lines]
