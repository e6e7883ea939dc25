"""Word files, PDFs and plain text → Markdown drafts. What is uncertain is marked, what is left out is said."""
