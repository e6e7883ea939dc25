"""What commands share in the terminal: questions, findings, names of issues, progress."""
