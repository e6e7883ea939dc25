"""Templates, and the files to be written that they give."""
