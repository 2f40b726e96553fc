"""Protocols to the outside and their value types. An adapter implements each of them."""
