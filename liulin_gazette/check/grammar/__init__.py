"""Small grammars that recognise dates, ordinals, quantities and citations in running text."""
