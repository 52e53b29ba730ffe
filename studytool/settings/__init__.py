"""The settings of a user: `config.toml` read, checked, and shown."""
