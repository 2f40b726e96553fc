"""Offer to call back: the caller keeps the place in the queue and need not wait on the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import OfferCallback
from kwabo.domain.flows.asking import MOST_TRIES, SILENCE, answer, ask, try_again
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.values import read

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Callback(NodeType):
    """See the module."""

    name: ClassVar[str] = "callback"
    asks: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"no_number": "declined", "timeout": "declined"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="queue_id", kind=Kind.REFERENCE, noun="queue", required=True),
        Field(name="say", kind=Kind.PARTS, required=True),
        Field(name="key", kind=Kind.KEY, default="1"),  # accepts; any other declines
        Field(name="number", kind=Kind.TEMPLATE, default="{{call:caller}}"),
        Field(name="by_language", kind=Kind.FLAG, default=True),
        Field(name="priority", kind=Kind.WHOLE, default=0, least=-100, most=100),
        Field(name="seconds", kind=Kind.WHOLE, default=5, least=1, most=60),
        Field(name="tries", kind=Kind.WHOLE, default=2, least=1, most=MOST_TRIES),
    )

    def ways(self, settings: Settings) -> Ways:
        """Whether the caller accepts."""
        needed = ("accepted", "declined")
        return Ways(needed=needed, possible=("no_number", "timeout"))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Offer it, if there is a number to call."""
        if not _number(run, settings):
            return "no_number"
        ask(run, settings["say"], settings["seconds"])
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """The key."""
        given = answer(run, told, settings["seconds"])
        if given is None:
            return None
        if given == settings["key"] and given:
            run.do(
                OfferCallback(
                    queue_id=settings["queue_id"],
                    number=_number(run, settings),
                    language=run.language if settings["by_language"] else "",
                    priority=settings["priority"],
                )
            )
            return "accepted"
        if given != SILENCE:
            return "declined"
        again = try_again(run, settings["tries"], (), settings["say"], settings["seconds"])
        return None if again else "timeout"


def _number(run: Run, settings: Settings) -> str:
    return read("digits", run.text(settings["number"]))
