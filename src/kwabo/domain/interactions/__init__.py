"""Attempts and conversations: their states and how they end."""
