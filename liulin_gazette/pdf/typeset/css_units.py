"""The units of WeasyPrint's boxes."""

from __future__ import annotations

PX = 4 / 3
"""CSS px in one pt."""
