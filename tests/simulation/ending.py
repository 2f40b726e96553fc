"""Judges a run when all is over: the far end's record against the rows (I1 to I4), what is left,
and whether everything came to its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.adapters.switch.simulator import FarEndCall
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.zones import zone
from kwabo.engine.floor import writing
from kwabo.engine.floor.state import Campaign, Floor
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.services.claims import terms_of
from simulation.bounds import acts_within, frozen_within
from simulation.hearing import Hearing
from simulation.recalling import continues_round
from simulation.tables import Tables
from simulation.views import difference
from simulation.world import HEADER, World

AFTER_CALL_SLACK = timedelta(seconds=60)


class Ending:
    """See the module."""

    def __init__(self, world: World, tables: Tables, problem: Callable[[str], None]) -> None:
        self.world = world
        self.tables = tables
        self.problem = problem

    def end(self, floor: Floor | None, ended: bool, hearing: Hearing) -> None:
        """Everything is over."""
        self._dialled()
        self._contacts()
        self._outcomes(hearing)
        if not ended:
            self._why_not_ended(floor)
            return
        self._courses()
        self._nothing_left(floor)

    def _dialled(self) -> None:
        data = self.world.data
        seen: dict[UUID, FarEndCall] = {}
        for call in self.world.node.calls:
            if HEADER not in call.headers:
                if not call.channel_id.startswith(("consult-", "leg-")):
                    self.problem(f"I1: an INVITE of no attempt to {call.number}")
                continue
            attempt_id = UUID(call.headers[HEADER])
            attempt = data.attempts.get(attempt_id)
            if attempt_id in seen:
                self.problem(f"I1: attempt {attempt_id} was dialled twice")
            seen[attempt_id] = call
            if attempt is None or attempt.row.dialling_at is None:
                self.problem(f"I1: an INVITE whose attempt was not written: {attempt_id}")
            elif attempt.row.number != call.number:
                self.problem(f"I1: attempt {attempt_id} was dialled to another number")
            listed = self.world.dnc_at.get(call.number)
            if listed is not None and call.at > listed + self._dnc_slack():
                late = (call.at - listed).total_seconds()
                self.problem(f"I3: {call.number} called {late:.1f} s after its DNC entry")

    def _dnc_slack(self) -> timedelta:
        plan = self.world.drawn
        # A process that is frozen may still act until two thirds of its lease are over; when it is
        # frozen inside a transaction, nobody can take the lease before it wakes.
        return timedelta(seconds=1.0 + 6 * plan.latency + frozen_within(plan))

    def _contacts(self) -> None:
        data = self.world.data
        rows = {a.row.attempt_id: a.row for a in data.attempts}
        by_contact = defaultdict(list)
        for call in self.world.node.calls:
            row = rows.get(UUID(call.headers[HEADER])) if HEADER in call.headers else None
            if row is not None:
                by_contact[row.contact_id].append((call.at, row))
        for contact_id, calls in by_contact.items():
            calls.sort(key=lambda c: c[0])
            per_campaign: dict[UUID, int] = defaultdict(int)
            before: datetime | None = None
            last: AttemptRow | None = None
            for at, row in calls:
                campaign = data.campaigns[row.campaign_id]
                gap = timedelta(seconds=campaign.minimum_gap_seconds) - self._dnc_slack()
                free = row.callback_id is not None
                if last is not None and last.campaign_id == row.campaign_id:
                    free = free or continues_round(campaign, last, row)
                last = row
                if before is not None and at - before < gap and not free:
                    self.problem(
                        f"I2: {row.number} called {(at - before).total_seconds():.1f} s on"
                    )
                before = at
                per_campaign[row.campaign_id] += row.callback_id is None
                self._hours(contact_id, campaign, at)
            for campaign_id, count in per_campaign.items():
                if count > data.campaigns[campaign_id].max_attempts:
                    self.problem(f"I2: {contact_id} called {count} times in one campaign")

    def _hours(self, contact_id: UUID, campaign: CampaignRow, at: datetime) -> None:
        contact = self.world.data.contacts[contact_id]
        where = zone(contact.time_zone or campaign.list_time_zone)
        slack = self._dnc_slack()
        window = terms_of(campaign).callable_time
        if where and not any(
            within_hours(window, one.astimezone(where)) for one in (at, at - slack)
        ):
            self.problem(f"I2: {contact_id} called outside callable time")

    def _outcomes(self, hearing: Hearing) -> None:
        data = self.world.data
        for attempt in data.attempts:
            row = attempt.row
            wrap_up = data.wrap_ups.get(row.attempt_id)
            if row.result != "person":
                if wrap_up is not None and row.result is not None:
                    self.problem(f"I4: {row.attempt_id} ({row.result}) has a wrap-up")
                continue
            if wrap_up is None:
                held = [p.user_id for p in data.presence if p.attempt_id == row.attempt_id]
                if not held:
                    self.problem(f"I4: {row.attempt_id} has no wrap-up and nobody owes it")
                continue
            limit = timedelta(seconds=data.campaigns[row.campaign_id].after_call_limit_seconds)
            late = wrap_up.at - row.closed_at - limit if row.closed_at else timedelta(0)
            if row.closed_at and hearing.was_stable(row.closed_at, wrap_up.at):
                slack = timedelta(seconds=acts_within(self.world.drawn))
            else:
                slack = AFTER_CALL_SLACK
            if late > slack:
                self.problem(
                    f"I4: {row.attempt_id} was wrapped up {late.total_seconds():.1f} s late"
                )

    def _why_not_ended(self, floor: Floor | None) -> None:
        data = self.world.data
        states = [(c.name, c.state, c.state_reason) for c in data.campaigns]
        courses = [
            (k.course.state, k.course.reason, k.course.next_attempt_at)
            for k in data.courses
            if k.course.state != "finished"
        ]
        live = [(a.row.state, a.row.agent_user_id) for a in data.attempts if not a.row.result]
        agents = [
            (a.display_name, str(a.status), a.leg_kind, a.leg_state, a.attempt_id)
            for a in (floor.agents.values() if floor else ())
        ]
        held = floor is not None and (floor.switch_ready, floor.reconciled)
        self.problem(f"the end never came: {states} {courses} {live} {agents} floor={held}")

    def _courses(self) -> None:
        data = self.world.data
        for campaign in data.campaigns:
            if campaign.state != "complete":
                self.problem(f"end: {campaign.name} is {campaign.state}")
            for contact_id in data.lists.get(campaign.contact_list_id, ()):
                known = data.courses.get((campaign.campaign_id, contact_id))
                if known is None or known.course.state != "finished":
                    self.problem(f"end: a contact of {campaign.name} is not finished")
        for attempt in data.attempts:
            if attempt.row.result is None:
                self.problem(f"end: attempt {attempt.row.attempt_id} is {attempt.row.state}")

    def _nothing_left(self, floor: Floor | None) -> None:
        node = self.world.node
        if floor is None:
            self.problem("end: nobody holds the floor")
            return
        legs = {agent.leg_channel_id for agent in floor.agents.values()}
        for channel in node.channels.values():
            if channel.channel_id not in legs:
                self.problem(f"end: {channel.channel_id} is up and nobody's")
            elif channel.muted:
                self.problem(f"end: {channel.channel_id} is still muted")
        for bridge_id in node.bridges:
            if bridge_id != floor.parking_bridge_id:
                self.problem(f"end: bridge {bridge_id} is left")
        for agent in floor.agents.values():
            if agent.status not in ("ready", "signed_out"):
                self.problem(f"end: {agent.display_name} is {agent.status} ({agent.leg_state})")
        for campaign in floor.campaigns.values():
            self._told(floor, campaign)
        for command in self.world.data.commands:
            if command.answer is None and not command.withdrawn:
                self.problem(f"end: command {command.kind} was never answered")
            elif command.answer and command.answer.get("code") == "FLOOR_FAILED":
                self.problem(f"command {command.kind} made the floor fail")

    def _told(self, floor: Floor, campaign: Campaign) -> None:
        """The live view is what a reader would get now, and the counts are those of the rows."""
        told = self.tables.snapshot.campaigns.get(str(campaign.row.campaign_id))
        view = writing.campaign_view(floor, campaign)
        if told != view:
            self.problem(f"views: campaign {difference(told or {}, view)}")


def within_hours(window: CallableTime, local: datetime) -> bool:
    """The definition, by the clock on the wall."""
    on_the_day = local.isoweekday() in window.weekdays
    return on_the_day and window.start <= local.time() < window.until
