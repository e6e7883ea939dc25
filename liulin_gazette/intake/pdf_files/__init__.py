"""PDFs → manuscripts: characters, lines, columns, tables and paragraphs of their pages."""
