"""Ports kept in this process's memory: for one process, for simulations and for tests."""
