"""How a call's flow was over."""

from __future__ import annotations

from typing import Final

HUNG_UP: Final = "HUNG_UP"  # by the flow
ANSWERED: Final = "ANSWERED"  # by an agent, out of a queue
TRANSFERRED: Final = "TRANSFERRED"
CALLER_GONE: Final = "CALLER_GONE"
FLOW_LIMIT: Final = "FLOW_LIMIT"  # hung up after a limit of steps, time or visits
FLOW_ERROR: Final = "FLOW_ERROR"  # hung up after an error: a way that leads nowhere, among others
OUTCOMES: Final = (HUNG_UP, ANSWERED, TRANSFERRED, CALLER_GONE, FLOW_LIMIT, FLOW_ERROR)
