"""The stage that writes the site: one module for each of its parts."""
