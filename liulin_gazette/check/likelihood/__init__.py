"""How likely a character is where it stands, and which other one is likelier."""
