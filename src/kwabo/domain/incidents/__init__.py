"""Incidents: what is out of order, whom it concerns, and the notice of its end."""
