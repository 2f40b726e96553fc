"""The version of the client; it goes with the server of the same version."""

__version__ = "0.1.0"
