"""Pictures: which can be printed and published, and SVG files written anew."""
