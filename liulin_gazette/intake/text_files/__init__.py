"""Web pages and plain text → manuscripts."""
