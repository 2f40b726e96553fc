"""How often may be asked."""
