"""Processes of this machine that this one starts: none of them is interrupted by Ctrl-C; some are under limits."""
