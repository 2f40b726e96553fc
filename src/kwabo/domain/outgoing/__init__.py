"""Requests to machines of others: what they may reach."""
