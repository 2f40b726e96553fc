"""When a machine's greeting is over, from when it speaks and when it is silent.

Asterisk tells when a voice begins and when it has been silent for a while; it has no detector of
beeps, whose tone differs from one operator to the next. With beep detection a short sound after the
greeting is taken for the beep; a greeting whose beep was part of it is followed by a short wait.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

SILENCE_SECONDS = 1.2  # after which a greeting is over
SILENCE_BEFORE_BEEP_SECONDS = 0.6  # with beep detection: pauses within a greeting are shorter
LONGEST_BEEP_SECONDS = 1.5
BEEP_WITHIN_SECONDS = 3.0  # of the end of the greeting
NOTHING_SAID_SECONDS = 4.0  # the greeting was over before anybody listened for its end
LONGEST_SECONDS = 30.0  # the message is not left to whom talks longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What was heard so far. Instants are of one clock."""

    since: datetime
    beep: bool  # wait for it
    speaking: bool = False
    spoke: bool = False
    silent_since: datetime | None = None

    @property
    def silence_seconds(self) -> float:
        """The silence after which a voice counts as ended."""
        return SILENCE_BEFORE_BEEP_SECONDS if self.beep else SILENCE_SECONDS

    def heard(
        self, *, speaking: bool, seconds: float | None, at: datetime
    ) -> tuple[Greeting, bool]:
        """After a voice began or ended (having lasted `seconds`); and whether it is over now."""
        if speaking:
            return replace(self, speaking=True), False
        first = not self.spoke
        after = replace(self, speaking=False, spoke=True, silent_since=at)
        if not self.beep:
            return after, True
        beep = not first and seconds is not None and seconds <= LONGEST_BEEP_SECONDS
        return after, beep

    def over(self, now: datetime) -> bool:
        """Whether time alone has ended it."""
        if self.speaking:
            return False
        if self.silent_since is not None:
            return (now - self.silent_since).total_seconds() >= BEEP_WITHIN_SECONDS
        return (now - self.since).total_seconds() >= NOTHING_SAID_SECONDS

    def too_long(self, now: datetime) -> bool:
        """Whether it is not waited for any longer."""
        return (now - self.since).total_seconds() >= LONGEST_SECONDS
