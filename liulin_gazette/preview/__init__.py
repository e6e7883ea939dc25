"""Live preview: the pages and the printed pages of what is being written, with its findings."""
