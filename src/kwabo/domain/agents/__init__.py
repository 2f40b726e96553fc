"""Agents: their status through the day."""
