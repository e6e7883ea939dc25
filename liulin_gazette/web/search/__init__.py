"""The search: the index of the texts, and the words that people use."""
