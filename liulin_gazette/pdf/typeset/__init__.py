"""HTML to layouts, with WeasyPrint; layouts are kept by content."""
