"""What a kind of node is: its settings, its ways, what it does.

A kind's module holds one class and its place is a line of `NODE_TYPES`. `enter` and `take` give the
way on, or None while the node waits. They never raise, whatever the settings and the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from kwabo.domain.flows.document import Variable
from kwabo.domain.flows.fields import Field
from kwabo.domain.flows.inputs import Input

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run

Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """By which names a node can be left."""

    needed: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()  # beside those; without one, `instead` or the error branch


class NodeType:
    """A kind of node."""

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]] = ()
    instead: ClassVar[Mapping[str, str]] = {}  # a way that leads nowhere → the way taken for it
    asks: ClassVar[bool] = False  # waits for something that the caller does
    instant: ClassVar[bool] = False  # waits for nothing
    decides: ClassVar[bool] = False  # its way depends on values or the world
    changes: ClassVar[bool] = False  # changes what later decisions see
    ends: ClassVar[bool] = False  # the flow may be over here
    lasting: ClassVar[tuple[str, ...]] = ()  # names of the state that `resume` finds

    def ways(self, settings: Settings) -> Ways:
        """How it can be left."""
        return Ways(needed=("next",))

    def check(self, settings: Settings, checking: Checking) -> None:
        """Refuse what the fields alone do not tell."""

    def notes(
        self, settings: Settings, variables: Mapping[str, Variable]
    ) -> Iterable[tuple[str, str]]:
        """By which names it notes something of the call, and the type of the value."""
        return ()

    def listens(self, settings: Settings) -> bool:
        """Whether something that the caller does is waited for."""
        return self.asks

    def enter(self, run: Run, settings: Settings) -> str | None:
        """A call comes to the node."""
        return "next"

    def resume(self, run: Run, settings: Settings, recording: str) -> str | None:
        """A call is met here by another engine. `recording`: the node's, which goes on; '': none.

        Nothing else of what the node has asked for goes on. Of its state there is what `lasting`
        names.
        """
        return self.enter(run, settings)

    def left(self, run: Run, settings: Settings) -> None:
        """The caller has hung up here: what is still to be done."""

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Something has happened while the call is here."""
        return None
