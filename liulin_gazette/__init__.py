"""柳林县人民政府公报: from structured Markdown to a public site and PDF."""

__version__ = "0.1.0"
