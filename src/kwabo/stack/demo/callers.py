"""The people of an inbound day: what each of them wants, and does on the telephone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from enum import StrEnum
from itertools import cycle

from kwabo.adapters.carrier_lab.callers import CallIn, HangUp, Hear, Meet, Press, Say, Step, Wait
from kwabo.stack.demo.operator_database import PREFIX, SUBSCRIBERS

NUMBER = "0121000100"  # as the carrier sends it
AGENT_KEY = "9"  # of the demonstration's menu
KEEP_KEY, MESSAGE_KEY = "1", "2"  # while waiting; the first is pressed again to accept
LONGEST_SECONDS = 180  # that a caller stays


class Story(StrEnum):
    """What a caller does."""

    ASKS = "asks"  # the machine something, perhaps two things
    PATIENT = "patient"  # waits for an agent and talks
    IMPATIENT = "impatient"  # hangs up when no agent comes soon
    KEEPS_PLACE = "keeps place"  # is called back
    LEAVES_MESSAGE = "leaves message"
    GIVES_UP = "gives up"  # before the menu has been heard


# In turn, so that a short day has some of each.
STORIES = (
    Story.PATIENT, Story.PATIENT, Story.ASKS, Story.IMPATIENT, Story.KEEPS_PLACE,
    Story.LEAVES_MESSAGE, Story.ASKS, Story.PATIENT, Story.GIVES_UP, Story.IMPATIENT,
)  # fmt: skip
LANGUAGE_KEYS = "1112334"  # French most often
QUESTIONS = ("1", "2", "3", "12", "31")
STRANGERS = 0.05  # not in the operator's database
PATIENCE_SECONDS = {
    Story.PATIENT: (60, 90),
    Story.IMPATIENT: (6, 12),
    Story.KEEPS_PLACE: (5, 10),
    Story.LEAVES_MESSAGE: (5, 10),
}
TALK_SECONDS = (20.0, 40.0)


def callers(source: random.Random, longest_seconds: int = LONGEST_SECONDS) -> Iterator[CallIn]:
    """One after the other, for ever; a subscriber calls again only when all have called."""
    subscribers = _subscribers(source)
    for story in cycle(STORIES):
        # A stranger who asks is sent to an agent, which is another story.
        stranger = story is not Story.ASKS and source.random() < STRANGERS
        yield CallIn(
            number=NUMBER,
            caller=f"+2290199{source.randrange(10**6):06}" if stranger else next(subscribers),
            steps=(*_steps(story, source), HangUp()),
            stays_seconds=longest_seconds,
            rings_seconds=40,
        )


def _subscribers(source: random.Random) -> Iterator[str]:
    while True:
        for subscriber in source.sample(range(1, SUBSCRIBERS + 1), SUBSCRIBERS):
            yield f"{PREFIX}{subscriber:06}"


def _steps(story: Story, source: random.Random) -> list[Step]:
    steps: list[Step] = [Hear(), Press(keys=source.choice(LANGUAGE_KEYS))]
    match story:
        case Story.GIVES_UP:
            return [*steps, Wait(seconds=source.uniform(1, 3))]
        case Story.ASKS:
            for position, key in enumerate(source.choice(QUESTIONS)):
                again: list[Step] = [Hear(), Press(keys="1")] if position else []
                steps += [*again, Hear(), Press(keys=key)]
            return [*steps, Hear()]
    patience = source.randint(*PATIENCE_SECONDS[story])
    meets = Meet(patience_seconds=patience, talk_seconds=source.uniform(*TALK_SECONDS))
    steps += [Hear(), Press(keys=AGENT_KEY), meets]
    if story is Story.KEEPS_PLACE:
        steps += [Press(keys=KEEP_KEY), Hear(), Press(keys=KEEP_KEY), Hear()]
    if story is Story.LEAVES_MESSAGE:
        steps += [Press(keys=MESSAGE_KEY), Hear(), Say()]
    return steps
