"""Leaf functions on text: numerals, pinyin, QR symbols, the words of system errors."""
