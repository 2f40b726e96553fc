"""What a flow may name, and whether the words for it exist. None: not looked up, all is taken to be
there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Words that are missing in a language: of a prompt, or of a kind of value."""

    language: str
    prompt: str = ""  # key of the prompt, or …
    kind: str = ""  # … number, amount, date, time, digits
    count: int = 1  # so many pieces
    examples: tuple[str, ...] = ()  # a few of them


# (keys of prompts, kinds of values, languages) → everything that is missing
MissingWords = Callable[[Sequence[str], Sequence[str], Sequence[str]], Sequence[Missing]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a data source asks for and gives."""

    parameters: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """See the module."""

    queues: frozenset[str] | None = None
    skills: frozenset[str] | None = None
    schedules: frozenset[str] | None = None
    sources: Mapping[str, Source] | None = None
    dnc_lists: frozenset[str] | None = None
    flows: Mapping[str, frozenset[str]] | None = None  # published → those that it runs
    flow_names: Mapping[str, str] = field(default_factory=dict)
    flow_id: str = ""  # of the flow itself, when it is kept already
    channels: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    missing_words: MissingWords | None = None

    def knows(self, noun: str, name: str) -> bool:
        """Whether there is such a thing; prompts are asked for by `missing_words`."""
        known = {
            "queue": self.queues,
            "skill": self.skills,
            "schedule": self.schedules,
            "source": self.sources,
            "dnc_list": self.dnc_lists,
            "flow": self.flows,
            "channel": self.channels,
        }.get(noun)
        return known is None or name in known
