"""Back issues of a gazette → the drafts of their documents, and one report on the series."""
