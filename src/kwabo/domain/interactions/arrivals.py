"""Why a call from outside is not taken."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """A reason, and what the caller's network is told."""

    NUMBER_UNKNOWN = "NUMBER_UNKNOWN"  # no number of the organisation's, or switched off
    TRUNK_UNKNOWN = "TRUNK_UNKNOWN"  # it came by a trunk that the organisation does not have
    FLOW_UNPUBLISHED = "FLOW_UNPUBLISHED"  # nobody would answer

    @property
    def cause(self) -> int:
        """The Q.850 cause (ITU-T Q.850 table 1)."""
        return _CAUSES[self]


_CAUSES = {
    Refusal.NUMBER_UNKNOWN: 1,  # unallocated number
    Refusal.TRUNK_UNKNOWN: 1,
    Refusal.FLOW_UNPUBLISHED: 38,  # network out of order
}
