"""Kills and freezes real processes at random, then lets the far end's log judge."""
