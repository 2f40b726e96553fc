"""Contact list filters: which contacts of a list a campaign calls."""
