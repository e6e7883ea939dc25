"""The form of an issue's name in folders, commands and addresses."""

from __future__ import annotations

import re

ISSUE_NAME = re.compile(r"(\d{4})-(?:([zt])(\d{1,2})|(\d{1,2})(?:-(\d{1,2}))?)")
"""2026-1; 2026-3-4 is a 合刊, 2026-z1 a 增刊 and 2026-t1 a 特刊 with a count of its own."""
