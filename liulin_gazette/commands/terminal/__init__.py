"""What the commands have in common in the terminal: questions, findings, names of issues, progress."""
