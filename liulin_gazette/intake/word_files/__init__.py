"""Word files (.docx, .docm, .dotx) → manuscripts."""
