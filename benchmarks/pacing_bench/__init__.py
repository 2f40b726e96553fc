"""A floor in virtual time, its scenarios, and the ways of pacing that are compared on it."""
