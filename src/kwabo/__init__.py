"""Kwabo: an open-source contact centre."""
