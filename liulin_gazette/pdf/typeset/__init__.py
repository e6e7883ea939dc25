"""Layouts from HTML, typeset with WeasyPrint and cached by content."""
