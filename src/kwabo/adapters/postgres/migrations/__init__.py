"""The one tree of schema versions."""
