"""The portable folder for offices: a ZIP with its own Python, the locked libraries, Pango, faces and a launcher."""
