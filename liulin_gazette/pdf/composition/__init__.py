"""Input of the typesetter: the page format, the faces, and each part of an issue as HTML."""
