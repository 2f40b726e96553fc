"""Callers of simulated days: what they were told against what came, and days against formulas."""
