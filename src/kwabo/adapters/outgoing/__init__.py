"""Requests to machines of others: DNC providers and data actions."""
