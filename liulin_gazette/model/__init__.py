"""The publication as frozen data, and functions of that data alone; no I/O."""
