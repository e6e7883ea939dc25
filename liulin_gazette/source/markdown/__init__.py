"""The Markdown dialect: from the text of a document to blocks of the model."""
