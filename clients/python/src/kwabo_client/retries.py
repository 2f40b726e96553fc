"""Whether to ask again, and after how long. Pure: what happened goes in, seconds come out.

Asked again is only what may be asked twice: reading, and what carries an Idempotency-Key. A
connection that was never made may be tried again for everything, since nothing was asked.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import httpx

from kwabo_client.errors import retry_after

_AGAIN = frozenset({429, 502, 503, 504})
IN_PROGRESS = "IDEMPOTENCY_IN_PROGRESS"  # the first of the requests is still at work


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How patient a client is."""

    most: int = 4  # times that a request is asked again; 0: never
    first_wait: float = 0.5  # seconds; each wait is up to twice as long as the one before
    longest_wait: float = 20.0
    longest_retry_after: float = 60.0  # a server that asks for more patience is taken at its word

    def wait(
        self,
        asked_again: int,
        outcome: httpx.Response | httpx.TransportError,
        *,
        repeatable: bool,
        dice: random.Random,
    ) -> float | None:
        """Seconds until the request is to be asked again; None: this outcome stands.

        An answer's body must have been read when its status is 409.
        """
        if asked_again >= self.most:
            return None
        if isinstance(outcome, httpx.TransportError):
            never_sent = isinstance(outcome, httpx.ConnectError | httpx.ConnectTimeout)
            return self._pause(asked_again, dice) if repeatable or never_sent else None
        if not repeatable or not _passing(outcome):
            return None
        asked_for = retry_after(outcome)
        if asked_for is None:
            return self._pause(asked_again, dice)
        return asked_for if asked_for <= self.longest_retry_after else None

    def _pause(self, asked_again: int, dice: random.Random) -> float:
        most = min(self.longest_wait, self.first_wait * 2.0**asked_again)
        return dice.uniform(most / 2, most)


def _passing(response: httpx.Response) -> bool:
    """Whether the same request may well succeed in a moment."""
    if response.status_code == 409:
        try:
            return bool(response.json()["error"]["code"] == IN_PROGRESS)
        except (ValueError, KeyError, TypeError):
            return False
    return response.status_code in _AGAIN
