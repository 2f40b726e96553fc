"""Chance without state: the same name gives the same numbers, in every run and on every machine.

A call's ring time is drawn from the seed, the number and how often it was called before. So two
runs with different settings meet the same people (common random numbers), and nothing depends on
the order of events.
"""

from __future__ import annotations

import struct
from hashlib import blake2b

_SCALE = 2.0**-53
_NUMBERS = 8
_unpack = struct.Struct(f"<{_NUMBERS}Q").unpack


def dice(name: str) -> list[float]:
    """Eight independent numbers of [0, 1) for a name, which begins with the seed."""
    words = _unpack(blake2b(name.encode(), digest_size=8 * _NUMBERS).digest())
    return [(word >> 11) * _SCALE for word in words]
