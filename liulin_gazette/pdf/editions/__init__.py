"""The PDF files of an issue: reading, print, booklet, and the preflight report."""
