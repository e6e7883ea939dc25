"""The publication as frozen data, and what follows from it alone."""
