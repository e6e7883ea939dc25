"""Who may talk to the desk, the preview and the review server, and within which bounds."""
