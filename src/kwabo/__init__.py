"""Kwabo: an open-source contact centre."""

__version__ = "0.1.0"
