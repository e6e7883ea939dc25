"""The work on each issue: read and checked, then made into pages, wherever there are hands for it."""
