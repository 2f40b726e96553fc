"""What answers calls from outside: queues, flows, numbers, and campaigns that calls are of.

Every team has a queue of its own, by which campaigns reach it; a scenario adds others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryInboundNumber
from kwabo.domain.flows.parts import Part
from kwabo.domain.routing.announcements import AnnouncementKind
from kwabo.domain.routing.settings import AfterCall, QueueSettings
from kwabo.domain.routing.skills import HIGHEST_LEVEL, Skill, language_skill
from kwabo.domain.routing.values import (
    Evaluation,
    Membership,
    OverflowRule,
    OverflowWhen,
    Ring,
)
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_rows import AgentAbilities, CampaignRow, FlowRow
from kwabo.ports.flow_world import NoWorld
from kwabo.simulation.scenario import Scenario, Team
from kwabo.simulation.scenario_inbound import Inbound, Queue

DAY_SECONDS: Final = 86_400
_ANY_LANGUAGE: Final = "fr"  # of flows whose callers do not mind


class SpokenWorld(NoWorld):
    """Everything can be said, and takes as long as the switch's sounds do; nothing is known."""

    async def media(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str]:
        return ["sound:said"] * len(parts)


def number_of(index: int) -> str:
    """The number that the n-th callers of a scenario dial."""
    return f"+2290121{index:06d}"


def put_queues(
    data: FloorData, ids: IdFactory, scenario: Scenario
) -> tuple[Mapping[str, UUID], Mapping[str, frozenset[UUID]]]:
    """(queue or team → id, team → queues that it serves); queues say how they find agents."""
    names = {name: ids.new() for name in scenario.queue_names}
    served = {team.name: {names[team.name]} for team in scenario.teams}
    for queue in scenario.queues:
        queue_id = names[queue.name]
        data.queue_settings.put(queue_id, _settings(queue, names))
        for member in queue.members:
            served[member.team].add(queue_id)
    return names, {team: frozenset(queues) for team, queues in served.items()}


def _settings(queue: Queue, names: Mapping[str, UUID]) -> QueueSettings:
    return QueueSettings(
        evaluation=Evaluation(queue.evaluation),
        rings=tuple(Ring(one.seconds, frozenset(map(Skill, one.drops))) for one in queue.rings),
        priority=queue.priority,
        ageing_seconds=queue.ageing_seconds,
        overflow=tuple(
            OverflowRule(OverflowWhen(one.when), one.seconds, names[one.to])
            for one in queue.overflow
        ),
        max_waiting=queue.max_waiting,
        max_wait_seconds=queue.max_wait_seconds,
        keep_free=queue.keep_free,
        outbound_below_seconds=queue.outbound_below_seconds,
        service_level_seconds=queue.service_level_seconds,
        service_level_share=queue.service_level_share,
        short_abandon_seconds=queue.short_abandon_seconds,
        after_call=AfterCall(queue.after_call),
        after_call_seconds=queue.after_call_seconds,
        announce=AnnouncementKind(queue.announce),
        announce_every_seconds=queue.announce_every_seconds,
    )


def abilities_of(scenario: Scenario, team: Team, names: Mapping[str, UUID]) -> AgentAbilities:
    """What a team's agents can do, and their places in queues."""
    languages = {language_skill(one): HIGHEST_LEVEL for one in team.languages}
    return AgentAbilities(
        skills={**{Skill(name): level for name, level in team.skills.items()}, **languages},
        memberships={
            names[queue.name]: Membership(ring=member.ring, rank=member.rank)
            for queue in scenario.queues
            for member in queue.members
            if member.team == team.name
        },
    )


def put_number(
    data: FloorData,
    ids: IdFactory,
    index: int,
    inbound: Inbound,
    campaign: CampaignRow,
    names: Mapping[str, UUID],
) -> None:
    """The number that they dial, with its flow and the campaign that their calls are of."""
    row = FlowRow(flow_id=ids.new(), version=1, document=_flow(inbound, names))
    data.campaigns.put(campaign.campaign_id, campaign)
    data.flows.put(row.flow_id, row)
    answers = MemoryInboundNumber(flow_id=row.flow_id, campaign_id=campaign.campaign_id)
    data.inbound_numbers.put(number_of(index), answers)


def _flow(inbound: Inbound, names: Mapping[str, UUID]) -> Mapping[str, Any]:
    """The flow of the scenario, its queues by their ids; else the shortest one."""
    if inbound.flow is not None:
        nodes = [
            {**node, "queue_id": str(names[node["queue_id"]])} if "queue_id" in node else node
            for node in inbound.flow["nodes"]
        ]
        return {**inbound.flow, "nodes": nodes}
    return {
        "languages": [inbound.language or _ANY_LANGUAGE],
        "start": "wait",
        "nodes": [
            {
                "id": "wait",
                "type": "queue",
                "queue_id": str(names[inbound.queue]),
                "priority": inbound.priority,
                "skills": list(inbound.skills),
                "by_language": bool(inbound.language),
                "seconds": DAY_SECONDS,
                "ways": {"timeout": "end"},
            },
            {"id": "end", "type": "hang_up"},
        ],
    }
