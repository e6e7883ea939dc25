"""Manuscripts → documents: where each begins, and what each of its parts is."""
