"""Beijing time, the time zone of every date and time that the office writes."""

from __future__ import annotations

from datetime import timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""UTC+08:00 throughout the year."""
