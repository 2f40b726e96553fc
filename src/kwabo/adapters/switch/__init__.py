"""Adapters of the switch port."""
