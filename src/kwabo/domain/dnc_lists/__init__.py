"""Do-not-call lists: what their entries are, how files become entries, what providers answer."""
