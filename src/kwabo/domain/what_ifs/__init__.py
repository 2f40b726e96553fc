"""What a campaign's day would be with other settings, and a recorded day played again."""
