"""Changes to the office's own files, each of which can be undone."""
