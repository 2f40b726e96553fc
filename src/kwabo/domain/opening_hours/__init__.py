"""Opening hours of schedule groups, as flows ask for them."""
