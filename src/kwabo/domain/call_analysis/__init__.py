"""What answers a call or ends it, and what is done about it."""
