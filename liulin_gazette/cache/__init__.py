"""Files that spare the next build work, and the digests that say whether they may be used."""
