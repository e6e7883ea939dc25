"""A government gazette: from structured Markdown to a public site and PDF."""

__version__ = "0.2.0"
"""The program's version, stated here only: packaging, reports, the manifest and ``upgrade`` read it."""
CONTENT_FORMAT = 1
"""Raise by one when content written for this version can no longer be read by an earlier program.

Both are read without running the program, so they stay literals.
"""
