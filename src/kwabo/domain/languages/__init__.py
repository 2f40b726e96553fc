"""Languages that callers are spoken to in, as data."""
