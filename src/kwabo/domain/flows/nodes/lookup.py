"""Ask a data source. What happens when it is slow, empty or wrong is a way of the node."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import LookUp
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import SLOW, Input, LookedUp, PlaybackEnded, TimedOut
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways

if TYPE_CHECKING:
    from kwabo.domain.flows.checking import Checking
    from kwabo.domain.flows.run import Run


class Lookup(NodeType):
    """See the module."""

    name: ClassVar[str] = "lookup"
    decides: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="source_id", kind=Kind.REFERENCE, noun="source", required=True),
        Field(
            name="parameters",
            kind=Kind.MAP,
            fields=(Field(name="value", kind=Kind.TEMPLATE),),
        ),
        Field(
            name="outputs",
            kind=Kind.MAP,
            fields=(Field(name="variable", kind=Kind.VARIABLE, required=True),),
        ),
        Field(name="seconds", kind=Kind.WHOLE, default=5, least=1, most=30),
        Field(name="waiting", kind=Kind.PARTS),  # said meanwhile, cut off by the answer
    )

    def ways(self, settings: Settings) -> Ways:
        """What may come of it."""
        return Ways(needed=("ok", "empty", "error", "slow"))

    def check(self, settings: Settings, checking: Checking) -> None:
        """The source asks for these values and gives those."""
        source = settings["source_id"]
        checking.source_names(source, "outputs", settings["outputs"])
        checking.source_names(source, "parameters", settings["parameters"])

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask, and say something meanwhile."""
        for variable in settings["outputs"].values():
            run.set(variable, "")
        name = run.new_name("lookup")
        run.do(
            LookUp(
                lookup=name,
                source_id=settings["source_id"],
                parameters={one: run.text(text) for one, text in settings["parameters"].items()},
                seconds=settings["seconds"],
            )
        )
        run.say(settings["waiting"])
        run.state["lookup"] = name
        run.set_timer(settings["seconds"])
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Go by the answer."""
        match told:
            case LookedUp(lookup=name, outputs=outputs, failure=failure) if name == run.state.get(
                "lookup"
            ):
                if failure:
                    return "slow" if failure == SLOW else "error"
                for output, variable in settings["outputs"].items():
                    run.set(variable, outputs.get(output, ""))
                wanted = settings["outputs"].values()
                found = any(run.variables.get(variable) for variable in wanted)
                return "ok" if found or not wanted else "empty"
            case TimedOut(timer=timer) if timer == run.state.get("timer"):
                del run.state["timer"]
                return "slow"
            case PlaybackEnded(playback=playback) if playback == run.state.get("playback"):
                del run.state["playback"]
        return None
