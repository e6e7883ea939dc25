"""Settings: the tables of gazette.toml, issue.toml, contacts.toml and words.toml."""
