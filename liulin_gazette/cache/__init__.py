"""Cache files that save the next build work, and the digests that decide whether they are still valid."""
