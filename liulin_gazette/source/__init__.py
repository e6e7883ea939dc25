"""Content files → model: the only package that reads ``content/``."""
