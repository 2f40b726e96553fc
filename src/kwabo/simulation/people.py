"""The agents: they see what a desktop sees, and do what people do in a shift.

An agent is told of every change of their own presence and answers it after a while: ready once the
headset is connected, a conversation that ends, an outcome, a break, the end of the shift. What they
ask goes to the floor as commands, like a desktop's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from kwabo.adapters.switch.simulator import BehaviourKind
from kwabo.adapters.switch.simulator.schedule import Schedule
from kwabo.ports.floor_changes import PresenceWritten
from kwabo.simulation.callers import Caller
from kwabo.simulation.dice import dice
from kwabo.simulation.distributions import Lognormal
from kwabo.simulation.record import AgentRecord
from kwabo.simulation.scenario import Break, Outcome, Team
from kwabo.simulation.world import Member, World

REGAIN_SECONDS = 5.0  # an agent whose headset was lost looks again
LOOK_SECONDS = 30.0  # an agent whom nothing has moved looks at the desktop again
FIRST_CLICK_SECONDS = 0.5  # from seeing the desktop to the click on 'ready'

_COUNTED_AS: Mapping[str, str] = {
    "ready": "ready",
    "reserved": "reserved",
    "previewing": "reserved",
    "alerting": "reserved",
    "on_call": "talking",
    "after_call": "after_call",
    "paused": "paused",
    "connecting": "away",
    "lost": "away",
    "signed_out": "signed_out",
}


class Agent:
    """One person at a desktop."""

    def __init__(
        self, world: World, member: Member, team: Team, schedule: Schedule, record: AgentRecord
    ) -> None:
        self.world = world
        self.member = member
        self.team = team
        self.status = "signed_out"
        self.since = 0.0  # in this status, seconds from the begin of the run
        self._schedule = schedule
        self._record = record
        self.name = f"{world.seed} agent {team.name} {member.number}"
        drawn = dice(self.name)
        self._pace = Lognormal(1.0, team.pace_spread).at(drawn[0]) if team.pace_spread else 1.0
        self._lateness = drawn[1]
        self._conversations = 0
        self._drawn = drawn  # of the present conversation
        self._attempt_id: UUID | None = None
        self._channel_id = ""  # of the present conversation
        self._caller: Caller | None = None  # who speaks in it, when they called in
        self._with_machine = False
        self._away = 0  # reasons not to be ready: breaks, leaving
        self._left = False  # the shift is over

    # ── The day ─────────────────────────────────────────────────────────────────────────────────

    def plan_the_day(self) -> None:
        """Set the alarms of the shift."""
        now, team = self.world.moment, self.team
        begin = team.begins + self._lateness * team.log_in_spread_seconds
        self._schedule.after(begin - now, self._sign_in)
        for pause in team.breaks:
            self._plan_break(pause)
        end = min(team.ends, self.world.scenario.ends)
        self._schedule.after(end - now, self.leave)

    def _plan_break(self, pause: Break) -> None:
        after = pause.at - self.world.moment + self._lateness * pause.spread_seconds
        if after > 0:
            self._schedule.after(after, lambda: self.go_away(pause.seconds))

    def _sign_in(self) -> None:
        self._ask("agent.sign_in", leg={"kind": "webrtc"})
        self._schedule.after(LOOK_SECONDS, self._look)

    def leave(self) -> None:
        """The shift is over: finish what is under way, then sign out."""
        self._left = True
        self._away += 1
        self._pause()

    def go_away(self, seconds: float) -> None:
        """Pause as soon as possible, and come back `seconds` after that was asked."""
        if self.status == "signed_out":
            return
        self._away += 1
        self._pause()
        self._schedule.after(seconds, self.come_back)

    def come_back(self) -> None:
        """Be ready again, unless there is another reason to be away."""
        self._away -= 1
        self._seen_paused()

    def _pause(self) -> None:
        if self.status == "paused":
            self._seen_paused()
        elif self.status != "signed_out":
            self._ask("agent.pause")

    def _look(self) -> bool:
        """What a person does who sees that nothing moves. Whether that was nothing."""
        if self._left and self.status == "signed_out":
            return True
        quiet = False
        if self.status == "signed_out":
            self._ask("agent.sign_in", leg={"kind": "webrtc"})
        elif self.status == "paused":
            self._seen_paused()
        elif self.status in ("connecting", "lost"):
            self._ask("agent.connect_leg")
        elif self._away and self.status == "ready":
            self._ask("agent.pause")
        else:
            quiet = True
        self._schedule.after(LOOK_SECONDS, self._look)
        return quiet

    # ── What the desktop shows ──────────────────────────────────────────────────────────────────

    def seen(self, presence: PresenceWritten) -> None:
        """The agent's presence has changed."""
        status = str(presence.status)
        if status == self.status and presence.attempt_id == self._attempt_id:
            return
        before, self.status = self.status, status
        self._attempt_id = presence.attempt_id
        if status == "on_call":
            self._meet(presence.attempt_id)
        now = self.world.clock.monotonic()
        self._record.change(self.member.user_id, self._counted_as(), now)
        if status != before:
            self.since = now
        if status == "ready":
            if self._away:
                self._ask("agent.pause")
        elif status == "paused":
            self._seen_paused()
        elif status == "on_call":
            self._talk()
        elif status == "after_call" and before != "after_call":
            self._finish(presence.attempt_id)
        elif status == "lost":
            self._schedule.after(REGAIN_SECONDS, self._regain)

    def _counted_as(self) -> str:
        if self.status == "on_call" and self._caller is not None:
            return "inbound"
        return _COUNTED_AS[self.status]

    def _seen_paused(self) -> None:
        if self.status != "paused":
            return
        if self._left:
            self._ask("agent.sign_out")
        elif not self._away:
            self._schedule.after(FIRST_CLICK_SECONDS, self._be_ready)

    def _be_ready(self) -> None:
        if self.status == "paused" and not self._away:
            self._ask("agent.ready")

    def _regain(self) -> None:
        if self.status == "lost":
            self._ask("agent.connect_leg")

    # ── Conversations ───────────────────────────────────────────────────────────────────────────

    def _meet(self, attempt_id: UUID | None) -> None:
        """Somebody is on the line."""
        attempt = self.world.data.attempts.get(attempt_id) if attempt_id is not None else None
        self._channel_id = str(attempt_id)
        if attempt is not None and attempt.channel_id:
            self._channel_id = attempt.channel_id
        self._caller = self.world.callers.get(self._channel_id)
        channel = self.world.node.channels.get(self._channel_id)
        self._with_machine = channel is not None and channel.behaviour.kind is BehaviourKind.MACHINE

    def _talk(self) -> None:
        attempt_id = self._attempt_id
        if self._caller is not None:
            seconds = self._caller.talk * self._pace
        else:
            self._conversations += 1
            self._drawn = dice(f"{self.name} {self._conversations}")
            if self._with_machine:
                seconds = self.team.machine_noticed.at(self._drawn[0])
            else:
                seconds = self.team.talk.at(self._drawn[0]) * self._pace
        self._schedule.after(seconds, lambda: self._end(attempt_id))

    def _end(self, attempt_id: UUID | None) -> None:
        if self.status != "on_call" or self._attempt_id != attempt_id:
            return
        ends = self._drawn[1] if self._caller is None else self._caller.ends
        if self._with_machine or ends < self.team.agent_ends_call:
            self._ask("call.hang_up", attempt_id=str(attempt_id))
        else:
            self.world.node.far_end_hangs_up(self._channel_id)

    def _finish(self, attempt_id: UUID | None) -> None:
        if self._caller is not None:
            seconds = self._caller.after_call * self._pace
        else:
            seconds = self.team.after_call.at(self._drawn[2]) * self._pace
        self._schedule.after(seconds, lambda: self._wrap_up(attempt_id))

    def _wrap_up(self, attempt_id: UUID | None) -> None:
        if self.status != "after_call" or self._attempt_id != attempt_id or attempt_id is None:
            return
        attempt = self.world.data.attempts.get(attempt_id)
        if attempt is None:
            return
        campaign_id = attempt.campaign_id
        if self._caller is not None and self.world.caller_code_id is not None:
            self._give(attempt_id, self.world.caller_code_id)
            return
        if self._with_machine:
            self._give(attempt_id, self.world.machine_code_id)
            return
        index = self.world.campaign_ids.index(campaign_id)
        outcome = _drawn(self.world.scenario.campaigns[index].outcomes, self._drawn[3])
        values: dict[str, Any] = {}
        if "callback" in outcome.flags:
            due_at = self.world.clock.now() + timedelta(
                seconds=outcome.callback_after.at(self._drawn[4])
            )
            values["callback"] = {"due_at": due_at.isoformat(), "mine": False}
        self._give(attempt_id, self.world.code_ids[campaign_id, outcome.name], **values)

    def _give(self, attempt_id: UUID, code_id: UUID, **values: Any) -> None:
        self._ask(
            "call.wrap_up", attempt_id=str(attempt_id), wrap_up_code_id=str(code_id), **values
        )

    def _ask(self, kind: str, **payload: Any) -> None:
        self.world.command(self.member.user_id, kind, payload)


def _drawn(outcomes: tuple[Outcome, ...], uniform: float) -> Outcome:
    for outcome in outcomes:
        uniform -= outcome.share
        if uniform < 0.0:
            return outcome
    return outcomes[-1]
