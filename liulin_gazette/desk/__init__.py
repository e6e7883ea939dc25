"""What the office does to its own files: mending, new issues, a new gazette; always undoable."""
