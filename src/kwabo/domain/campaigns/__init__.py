"""Campaigns: their states, when a contact is tried again, and how a trunk's trouble slows them."""
