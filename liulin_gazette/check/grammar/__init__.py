"""Small grammars: dates, numbers, amounts and citations as they stand in running text."""
