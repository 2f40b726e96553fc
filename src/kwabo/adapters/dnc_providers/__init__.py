"""External do-not-call providers."""
