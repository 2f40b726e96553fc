"""Take a message for a queue's box; in writing, the next message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import AwaitVoicemail, KeepVoicemail
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.recording import begin, go_on, recorded

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Voicemail(NodeType):
    """See the module."""

    name: ClassVar[str] = "voicemail"
    asks: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"silent": "next"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="queue_id", kind=Kind.REFERENCE, noun="queue", required=True),
        Field(name="say", kind=Kind.PARTS, required=True),
        Field(name="max_seconds", kind=Kind.WHOLE, default=120, least=5, most=600),
        Field(name="silence_seconds", kind=Kind.WHOLE, default=4, least=1, most=30),
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

    def left(self, run: Run, settings: Settings) -> None:
        """Hanging up is how most people end a message: it is kept when its recording is there."""
        recording = run.state.get("recording")
        if recording is not None:
            number = run.cursor.facts.caller
            run.do(
                AwaitVoicemail(
                    recording=str(recording), queue_id=settings["queue_id"], number=number
                )
            )

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Keep it."""
        kept = recorded(run, settings, told)
        if kept is None:
            return None
        if not kept.media and not kept.text:
            return "silent"
        run.do(
            KeepVoicemail(
                queue_id=settings["queue_id"],
                media=kept.media,
                seconds=kept.seconds,
                text=kept.text,
                number=run.cursor.facts.caller,
            )
        )
        return "next"
