"""The lowest package, which imports nothing else of this project: numerals, dates, pinyin, QR symbols; errors told to the editor."""
