"""From content files to the model; no other package reads ``content/``."""
