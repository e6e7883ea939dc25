"""Functions on text that import nothing else of ours: numerals, pinyin, QR symbols, system errors."""
