"""A circuit breaker: after failures in a row nothing is sent for a while; then one request is."""

from __future__ import annotations

from kwabo.kernel.clock import Clock


class CircuitBreaker:
    """Closed: requests pass. Open: none passes. After `open_seconds` one may pass as a trial."""

    def __init__(self, clock: Clock, *, failures: int = 3, open_seconds: float = 2.0) -> None:
        self._clock = clock
        self._limit = failures
        self._open_seconds = open_seconds
        self._failures = 0
        self._opened_at: float | None = None

    @property
    def closed(self) -> bool:
        """Whether the peer is believed to answer."""
        return self._opened_at is None

    def may_pass(self) -> bool:
        """Ask before each request; a yes to a trial holds off others until its result is told."""
        if self._opened_at is None:
            return True
        if self._clock.monotonic() - self._opened_at < self._open_seconds:
            return False
        self._opened_at = self._clock.monotonic()
        return True

    def succeeded(self) -> None:
        """An answer came, whatever it says."""
        self._failures = 0
        self._opened_at = None

    def failed(self) -> None:
        """No connection, or no answer in time."""
        self._failures += 1
        if self._failures >= self._limit:
            self._opened_at = self._clock.monotonic()
