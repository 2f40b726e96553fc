"""Send a message: a text that takes the caller on to another channel, a confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import SendMessage
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.nodes.node_type import NodeType, Settings

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Message(NodeType):
    """See the module."""

    name: ClassVar[str] = "message"
    instant: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="channel", kind=Kind.REFERENCE, noun="channel", required=True),
        Field(name="template", kind=Kind.REFERENCE, noun="prompt", required=True),
        Field(name="to", kind=Kind.TEMPLATE, default="{{call:caller}}"),
        Field(name="values", kind=Kind.MAP, fields=(Field(name="value", kind=Kind.TEMPLATE),)),
    )

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Send it, if there is somebody to send it to."""
        to = run.text(settings["to"]).strip()
        if to:
            run.do(
                SendMessage(
                    channel=settings["channel"],
                    template=settings["template"],
                    to=to,
                    language=run.language,
                    values={name: run.text(text) for name, text in settings["values"].items()},
                )
            )
        return "next"
