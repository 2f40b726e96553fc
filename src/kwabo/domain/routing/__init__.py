"""Which agent takes which call: matching, waits, overflow, figures. Pure and synchronous."""
