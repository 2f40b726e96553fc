"""A caller who walks through a small flow, step by step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.flow import flow_of
from kwabo.domain.flows.inputs import (
    DigitPressed,
    Input,
    PlaybackEnded,
    TimedOut,
)
from kwabo.domain.flows.interpreter import Step, begin, step

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
HELLO = [{"prompt": "hello"}]
BYE = {"id": "bye", "type": "hang_up"}
MENU = {
    "id": "menu", "type": "menu", "say": HELLO, "tries": 2,
    "options": [{"key": "1", "label": {"fr": "Solde"}}, {"key": "2", "label": {"fr": "Agent"}}],
    "wrong": [{"prompt": "wrong"}], "silent": [{"prompt": "silent"}], "repeat_key": "*",
    "ways": {"1": "bye", "2": "bye", "timeout": "gone", "wrong": "lost"},
}  # fmt: skip
GONE = {"id": "gone", "type": "hang_up", "say": HELLO}
LOST = {"id": "lost", "type": "hang_up", "say": HELLO}
TYPES = ("number", "text", "amount", "date", "digits", "yes_no", "time")


def document(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A flow that begins with the first node; each type has a variable of its name."""
    return {
        "languages": ["fr", "fon"],
        "start": nodes[0]["id"],
        "variables": [{"name": one, "type": one} for one in TYPES],
        "nodes": [*nodes, BYE],
        **more,
    }


class Call:
    """A call on its way through a flow."""

    def __init__(self, main: dict[str, Any], others: dict[str, Any] | None = None, **facts: Any):
        self.flow = flow_of("main", {"main": main, **(others or {})})
        known = {"caller": "+2290197000001", "called": "+2290121000000"}
        self.now = NOW
        self.trail: list[str] = []
        self.last: Step
        self._take(begin(self.flow, Facts(**(known | facts)), NOW))

    def _take(self, done: Step) -> None:
        self.last = done
        self.trail += [one.node for one in done.trail]

    def tell(self, told: Input, seconds: float = 1) -> Step:
        """Something happens, after some seconds."""
        assert self.last.cursor is not None
        self.now += timedelta(seconds=seconds)
        before, flow = self.last.cursor, self.flow
        self._take(step(flow, before, told, self.now))
        return self.last

    def one(self, kind: type[Any]) -> Any:
        """The action of this kind in the last step; there is one."""
        found = [one for one in self.last.actions if isinstance(one, kind)]
        assert len(found) == 1, self.last.actions
        return found[0]

    def names(self, kind: type[Any]) -> list[Any]:
        """The actions of this kind in the last step."""
        return [one for one in self.last.actions if isinstance(one, kind)]

    def said(self) -> None:
        """What is being said ends."""
        assert self.last.cursor is not None
        self.tell(PlaybackEnded(playback=str(self.last.cursor.state["playback"])))

    def silence(self) -> None:
        """The node's timer runs down."""
        assert self.last.cursor is not None
        self.tell(TimedOut(timer=str(self.last.cursor.state["timer"])))

    def press(self, keys: str) -> None:
        """Keys, one by one."""
        for key in keys:
            self.tell(DigitPressed(digit=key))

    @property
    def value(self) -> dict[str, str]:
        """The variables."""
        assert self.last.cursor is not None
        return dict(self.last.cursor.variables)
