"""The review server: what reviewers see and do, apart from the desk."""
