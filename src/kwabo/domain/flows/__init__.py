"""Flows: what a call or a written conversation goes through before, or instead of, an agent."""
