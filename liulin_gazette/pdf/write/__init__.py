"""Layouts to PDF objects, with pydyf."""
