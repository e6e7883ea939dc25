"""Model → public site: every page and file of it, as bytes."""
