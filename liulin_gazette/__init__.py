"""A government gazette: from structured Markdown to a public site and PDF."""

__version__ = "0.2.0"
"""The program's version, stated here only: packaging, reports, the manifest and ``upgrade`` read it."""
RELEASED = "2026-11-27"
"""The day of the last release: no clock is right that shows an earlier one."""
CONTENT_FORMAT = 1
"""Raise by one when content written for this version can no longer be read by an earlier program.

All are read without running the program, so they stay literals.
"""
