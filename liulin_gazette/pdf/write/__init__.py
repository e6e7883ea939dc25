"""PDF objects from layouts: pages, fonts, pictures, structure, navigation and metadata, written with pydyf."""
