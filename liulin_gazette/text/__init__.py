"""The lowest room, which imports nothing else of ours: numerals, dates, pinyin, QR symbols; errors told to the editor."""
