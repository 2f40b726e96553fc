"""Record the caller: a name, an address, a complaint. It stays with the call, also of a caller who
hangs up meanwhile, and can be heard by the agent and by supervisors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.recording import begin, go_on, recorded

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class RecordNode(NodeType):
    """See the module."""

    name: ClassVar[str] = "record"
    asks: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"silent": "next"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="say", kind=Kind.PARTS, required=True),
        Field(name="variable", kind=Kind.VARIABLE, required=True, types=("text",)),
        Field(name="max_seconds", kind=Kind.WHOLE, default=60, least=1, most=600),
        Field(name="silence_seconds", kind=Kind.WHOLE, default=3, least=1, most=30),
        Field(name="beep", kind=Kind.FLAG, default=True),
    )

    def ways(self, settings: Settings) -> Ways:
        """On; another way for a caller who says nothing."""
        return Ways(needed=("next",), possible=("silent",))

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask for it."""
        begin(run, settings)
        return None

    def resume(self, run: Run, settings: Settings, recording: str) -> str | None:
        """Wait for what is being recorded; where nothing is, ask anew."""
        if not recording:
            return self.enter(run, settings)
        go_on(run, settings, recording)
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Keep by which name the recording is found again, in writing the words."""
        kept = recorded(run, settings, told)
        if kept is None:
            return None
        run.set(settings["variable"], kept.text or kept.media)
        return "next" if kept.text or kept.media else "silent"
