"""Tell the caller about incidents that concern them, and offer to tell them when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from kwabo.domain.flows.actions import AskIncidents, NotifyWhenOver
from kwabo.domain.flows.asking import answer, wait
from kwabo.domain.flows.fields import Field, Kind
from kwabo.domain.flows.inputs import Incident, IncidentsTold, Input
from kwabo.domain.flows.nodes.node_type import NodeType, Settings, Ways
from kwabo.domain.flows.parts import Part, PromptPart

if TYPE_CHECKING:
    from kwabo.domain.flows.run import Run


class Incidents(NodeType):
    """See the module."""

    name: ClassVar[str] = "incidents"
    decides: ClassVar[bool] = True
    changes: ClassVar[bool] = True
    instead: ClassVar[Mapping[str, str]] = {"told": "next"}
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="service", kind=Kind.TEMPLATE),  # '': any
        Field(name="place", kind=Kind.TEMPLATE),  # '': what is known of the caller
        Field(name="most", kind=Kind.WHOLE, default=3, least=1, most=10),  # told in one call
        Field(name="offer", kind=Kind.PARTS),  # "press 1 to be told when it is over"
        Field(name="key", kind=Kind.KEY, default="1"),  # that accepts the offer
        Field(name="number", kind=Kind.TEMPLATE, default="{{call:caller}}"),
        Field(name="accepted", kind=Kind.PARTS),
        Field(name="seconds", kind=Kind.WHOLE, default=5, least=1, most=60),
    )

    def ways(self, settings: Settings) -> Ways:
        """On; another way for a caller who was told of an incident."""
        return Ways(needed=("next",), possible=("told",))

    def listens(self, settings: Settings) -> bool:
        """For the key that accepts the offer."""
        return bool(settings["offer"])

    def enter(self, run: Run, settings: Settings) -> str | None:
        """Ask which incidents concern the caller."""
        name = run.new_name("question")
        run.state["question"] = name
        service, place = run.text(settings["service"]), run.text(settings["place"])
        most = settings["most"]
        run.do(AskIncidents(question=name, service=service, place=place, most=most))
        return None

    def take(self, run: Run, settings: Settings, told: Input) -> str | None:
        """Tell them, then wait for the key."""
        if isinstance(told, IncidentsTold):
            if told.question != run.state.get("question"):
                return None
            del run.state["question"]
            return self._tell(run, settings, told.incidents[: settings["most"]])
        if "told" not in run.state:
            return None
        given = answer(run, told, settings["seconds"] if settings["offer"] else 0)
        if given is None:
            return self._said(run, settings)
        if "accepted" in run.state or not settings["offer"]:
            if not run.in_writing:
                run.type_ahead(given)
            return "told"
        if given != settings["key"]:
            return "told"
        number = run.text(settings["number"])
        if number:
            for incident_id in str(run.state["told"]).split():
                run.do(NotifyWhenOver(incident_id=incident_id, to=number))
        run.state["accepted"] = 1
        return None if run.say(settings["accepted"]) else "told"

    def _tell(self, run: Run, settings: Settings, incidents: tuple[Incident, ...]) -> str | None:
        parts = [part for part in (_part(run, one) for one in incidents) if part is not None]
        if not parts:
            return "next"
        run.state["told"] = " ".join(one.incident_id for one in incidents)
        if not run.say_parts((*parts, *run.parts(settings["offer"]))):
            if not settings["offer"]:
                return "told"
            wait(run, settings["seconds"])
        return None

    def _said(self, run: Run, settings: Settings) -> str | None:
        """Without an offer, or after its acceptance, nothing is waited for once all is said."""
        said = "playback" not in run.state
        if said and ("accepted" in run.state or not settings["offer"]):
            return "told"
        return None


def _part(run: Run, incident: Incident) -> Part | None:
    if incident.prompt:
        return PromptPart(key=incident.prompt)
    return run.text_part(incident.texts)
