"""Adapters that keep everything in this process: for simulations, tests and single-process use."""
