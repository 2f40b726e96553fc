"""Long-running parts; the floor first."""
