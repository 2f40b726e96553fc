"""Paged scripts that agents follow during a call."""
