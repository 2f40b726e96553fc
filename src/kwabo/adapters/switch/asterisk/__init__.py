"""Asterisk (20 or newer): getting it, configuring it, running it, and talking to it through ARI."""
