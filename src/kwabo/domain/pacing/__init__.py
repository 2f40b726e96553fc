"""How many calls to start now, and why not more."""
