"""What the carrier lab does with a call: by number, by the number's end, or by a seeded draw.

The draw is a hash of seed, number and how often the number was tried, so that the same table does
the same with the same number every time. The lab computes it in its dialplan and
`BehaviourTable.decide` here; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from math import exp
from statistics import NormalDist

BUCKETS = 256  # shares are rounded to 1/256
AGENT_TONE_SECONDS = 0.2  # how long each tone of an agent's telephone is
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"\+[0-9]{3,15}")
_SUFFIX = re.compile(r"[0-9]{1,8}")


class Kind(StrEnum):
    """The sorts of far ends."""

    PERSON = "person"  # answers, says a word, listens, talks, hangs up
    KEYS = "keys"  # a person who presses keys after the greeting
    VOICEMAIL = "voicemail"  # answers with a greeting and a beep, then listens
    FAX = "fax"  # answers with the called-station tone
    HANG_UP = "hang_up"  # answers and hangs up at once
    NO_ANSWER = "no_answer"  # rings and rings
    BUSY = "busy"  # 486
    UNALLOCATED = "unallocated"  # 404
    CONGESTION = "congestion"  # 503
    REJECTED = "rejected"  # 403
    SIT = "sit"  # the three rising tones before answer, then release
    AGENT = "agent"  # an agent's phone: answers at once, stays for hours


# Q.850 causes of the kinds that end without an answer.
CAUSES: Mapping[Kind, int] = {
    Kind.BUSY: 17,
    Kind.NO_ANSWER: 19,
    Kind.UNALLOCATED: 1,
    Kind.CONGESTION: 34,
    Kind.REJECTED: 21,
    Kind.SIT: 1,
}
# Seconds that a behaviour leaves out: (to ring, to talk).
_USUAL_SECONDS = (4.0, 30.0)
_AGENT_SECONDS = (0.0, 12 * 3600.0)  # a leg that ends sooner has its agent lost and called again
# A number that is drawn as one of these stays so on later tries.
LASTING = frozenset({Kind.UNALLOCATED, Kind.FAX, Kind.SIT, Kind.AGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One way to behave. Seconds are medians; the spread makes them differ by number and try.

    `ring_median` and `talk_median` are what holds where seconds are left to the kind.
    """

    kind: Kind
    set_up_seconds: float = 0.0  # before anything is signalled
    ring_seconds: float | None = None  # then, before the answer or the refusal; None: the kind's
    talk_seconds: float | None = None  # from answer to hanging up by itself; None: the kind's
    ring_spread: float | None = None  # sigma of the lognormal factor; None: the table's
    talk_spread: float | None = None
    listen_seconds: float = 0.0  # a PERSON's longest silence, until something is heard and logged
    keys: str = "1"  # what a KEYS person presses: 0-9 * #
    sounds_seconds: float = 10.0  # an AGENT's telephone gives a tone so often
    records: bool = False  # a VOICEMAIL keeps what it hears after its beep (`recorded_path`)
    cause: int | None = None  # Q.850, of a kind that ends without an answer; None: the kind's

    def __post_init__(self) -> None:
        if min(self.set_up_seconds, self.ring_median) < 0 or self.talk_median <= 0:
            raise ValueError("Seconds of a behaviour must be positive (before the answer: or 0).")
        if min(self.ring_spread or 0.0, self.talk_spread or 0.0, self.listen_seconds) < 0:
            raise ValueError("Spreads and listen_seconds must not be negative.")
        if not AGENT_TONE_SECONDS < self.sounds_seconds <= 60:
            raise ValueError(f"sounds_seconds is above {AGENT_TONE_SECONDS} and at most 60.")
        if not re.fullmatch(r"[0-9*#]*", self.keys):
            raise ValueError(f"Keys are 0-9, * and #, not {self.keys!r}.")
        if self.records and self.kind is not Kind.VOICEMAIL:
            raise ValueError("Only a voicemail records.")
        if self.cause is not None and not (self.kind in CAUSES and 1 <= self.cause <= 127):
            raise ValueError("A cause is 1-127, of a kind that ends without an answer.")

    @property
    def ring_median(self) -> float:
        """Seconds before the answer or the refusal."""
        return self._kinds_seconds[0] if self.ring_seconds is None else self.ring_seconds

    @property
    def talk_median(self) -> float:
        """Seconds from the answer to hanging up by itself."""
        return self._kinds_seconds[1] if self.talk_seconds is None else self.talk_seconds

    @property
    def _kinds_seconds(self) -> tuple[float, float]:
        return _AGENT_SECONDS if self.kind is Kind.AGENT else _USUAL_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the lab does with one try of one number."""

    name: str  # of the behaviour
    kind: Kind
    set_up_seconds: float
    ring_seconds: float
    talk_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourTable:
    """Who does what. Order: agents, `numbers`, the longest of `suffixes`, `shares`.

    A list of names is one per try of the number; its last stays. `shares` are weights.
    """

    behaviours: Mapping[str, Behaviour]
    shares: Mapping[str, float]
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # E.164 → names
    suffixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # last digits → names
    agents: str = "agent"  # the behaviour of the agents' numbers
    agent_prefix: str = "+229012199"  # the numbers that are agents' phones
    seed: str = "kwabo"
    spread: float = 0.4  # sigma of the lognormal factor on seconds; 0: always the median
    time_scale: float = 1.0  # on ringing and talking of the drawn and the listed

    def __post_init__(self) -> None:
        for name in self.behaviours:
            if not _NAME.fullmatch(name):
                raise ValueError(f"A behaviour's name is lower case letters, digits, _: {name!r}")
        used = [self.agents, *self.shares]
        for number, names in self.numbers.items():
            if not _NUMBER.fullmatch(number):
                raise ValueError(f"A number is written +229…, not {number!r}")
            used += names
        for suffix, names in self.suffixes.items():
            if not _SUFFIX.fullmatch(suffix):
                raise ValueError(f"A suffix is one to eight digits, not {suffix!r}")
            used += names
        unknown = sorted(set(used) - set(self.behaviours))
        if unknown:
            raise ValueError(f"The table has no behaviour named {', '.join(unknown)}.")
        if not re.fullmatch(r"[A-Za-z0-9]+", self.seed):
            raise ValueError(f"A seed is letters and digits, not {self.seed!r}")
        if min(self.shares.values(), default=0) < 0 or sum(self.shares.values()) <= 0:
            raise ValueError("Shares must be positive and at least one must be there.")
        if self.time_scale <= 0 or self.spread < 0:
            raise ValueError("time_scale must be positive and spread not negative.")

    def decide(self, number: str, attempt: int = 1) -> Decision:
        """What happens at the `attempt`-th call (from 1) to this E.164 number."""
        name = self._name(number, attempt)
        behaviour = self.behaviours[name]
        digest = self._digest(number, attempt)
        ring = self.factors(behaviour.ring_spread)[digest[1]]
        talk = self.factors(behaviour.talk_spread)[digest[2]]
        set_up = self.factors()[digest[3]]
        return Decision(
            name=name,
            kind=behaviour.kind,
            set_up_seconds=behaviour.set_up_seconds * self.time_scale * set_up,
            ring_seconds=behaviour.ring_median * self.time_scale * ring,
            talk_seconds=behaviour.talk_median * self._talk_scale(behaviour) * talk,
        )

    def buckets(self) -> tuple[str, ...]:
        """Which behaviour each of the 256 values of the draw gives."""
        return _buckets(tuple(self.shares.items()))

    def factors(self, spread: float | None = None) -> tuple[float, ...]:
        """The lognormal factor on seconds for each of the 256 values, rounded as the lab's are.

        `spread`: None for the table's own.
        """
        return _factors(self.spread if spread is None else spread)

    def _talk_scale(self, behaviour: Behaviour) -> float:
        return 1.0 if behaviour.kind is Kind.AGENT else self.time_scale

    def _name(self, number: str, attempt: int) -> str:
        if number.startswith(self.agent_prefix):
            return self.agents
        names = self.numbers.get(number) or self._by_suffix(number)
        if names:
            return names[min(attempt, len(names)) - 1]
        buckets = self.buckets()
        first = buckets[self._digest(number, 1)[0]]
        again = buckets[self._digest(number, attempt)[0]]
        lasting = any(self.behaviours[name].kind in LASTING for name in (first, again))
        return first if lasting else again

    def _by_suffix(self, number: str) -> tuple[str, ...] | None:
        matching = [suffix for suffix in self.suffixes if number.endswith(suffix)]
        return self.suffixes[max(matching, key=len)] if matching else None

    def _digest(self, number: str, attempt: int) -> bytes:
        text = f"{self.seed}:{number}:{attempt}"
        return hashlib.md5(text.encode(), usedforsecurity=False).digest()


@lru_cache(maxsize=64)
def _buckets(shares: tuple[tuple[str, float], ...]) -> tuple[str, ...]:
    """Kept: every call draws from them, and tables are few."""
    total = sum(weight for _, weight in shares)
    names: list[str] = []
    reached = 0.0
    for name, weight in shares:
        reached += weight
        names += [name] * (round(BUCKETS * reached / total) - len(names))
    return tuple(names)


@lru_cache(maxsize=64)
def _factors(sigma: float) -> tuple[float, ...]:
    normal = NormalDist()
    return tuple(
        round(exp(sigma * normal.inv_cdf((value + 0.5) / BUCKETS)), 3) for value in range(BUCKETS)
    )


def demo_table(*, time_scale: float = 1.0, seed: str = "kwabo") -> BehaviourTable:
    """The default: an ordinary list on an ordinary morning. A behaviour per kind, named like it."""
    medians = {
        Kind.PERSON: (5.0, 25.0),
        Kind.KEYS: (4.0, 20.0),
        Kind.VOICEMAIL: (12.0, 20.0),
        Kind.FAX: (3.0, 20.0),
        Kind.HANG_UP: (6.0, 0.4),
        Kind.NO_ANSWER: (120.0, 1.0),
        Kind.BUSY: (0.5, 1.0),
        Kind.UNALLOCATED: (0.3, 1.0),
        Kind.CONGESTION: (0.2, 1.0),
        Kind.REJECTED: (3.0, 1.0),
        Kind.SIT: (0.3, 1.0),
        Kind.AGENT: _AGENT_SECONDS,
    }
    return BehaviourTable(
        behaviours={
            str(kind): Behaviour(kind=kind, ring_seconds=ring, talk_seconds=talk)
            for kind, (ring, talk) in medians.items()
        },
        shares={
            "person": 55,
            "no_answer": 15,
            "voicemail": 10,
            "busy": 8,
            "unallocated": 5,
            "sit": 2,
            "hang_up": 2,
            "rejected": 1,
            "congestion": 1,
            "fax": 1,
        },
        seed=seed,
        time_scale=time_scale,
    )
