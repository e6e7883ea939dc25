"""One build, from content to output, stage after stage."""
