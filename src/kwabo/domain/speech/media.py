"""What the switch is asked to play."""

from __future__ import annotations


def media_of(path: str) -> str:
    """The name of a file's sound: the switch finds the format by itself."""
    return f"sound:{path.removesuffix('.wav')}"
