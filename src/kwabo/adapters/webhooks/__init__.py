"""Webhooks over real HTTP."""
