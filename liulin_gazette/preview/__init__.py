"""Live preview: web pages and printed pages of the content as it is being written, with its findings."""
