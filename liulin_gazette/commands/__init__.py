"""The commands: what each prints and asks in the terminal. The work itself is done elsewhere."""
