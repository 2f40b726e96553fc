"""What people are shown of the work: live views and figures."""
