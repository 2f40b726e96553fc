"""The simulated switch: channels, bridges, agent endpoints and the far end behind it.

It outlives the applications that connect to it, as a real switch outlives an engine. A call whose
application is not connected when it is answered hears the identification message and is hung up.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from kwabo.adapters.switch.inbound_numbers import read_sent
from kwabo.adapters.switch.simulator.channels import SimulatedBridge, SimulatedChannel
from kwabo.adapters.switch.simulator.far_end import (
    REFUSALS,
    Behaviour,
    BehaviourKind,
    Caller,
    FarEnd,
    FarEndCall,
    Table,
)
from kwabo.adapters.switch.simulator.faults import Faults
from kwabo.adapters.switch.simulator.schedule import Schedule
from kwabo.adapters.switch.simulator.sounds import Sounds
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import (
    AgentEndpointChanged,
    BridgeKind,
    CallNumber,
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    ChannelEnded,
    ChannelPickedUp,
    ChannelRinging,
    ChannelSpeech,
    ChannelState,
    EarlyMedia,
    InboundTrunk,
    Originate,
    SwitchEvent,
    SwitchRefused,
    SwitchUncertain,
)

IDENTIFICATION_SECONDS = 4.0  # length of the message that an unclaimed call hears
NOBODY_AFTER_SECONDS = 5.0  # a call that comes in waits for an application for so long
NORMAL_CLEARING = 16
NO_ANSWER = 19
NO_ROUTE = 3
OUT_OF_ORDER = 27


class Connection(Protocol):
    """An application's end of the line."""

    def deliver(self, event: SwitchEvent) -> None: ...

    def lost(self, reason: str) -> None: ...

    def replaced(self) -> None: ...


class SimulatedNode:
    """See the module. `random` decides faults; the far end has its own source."""

    def __init__(
        self,
        clock: Clock,
        *,
        far_end: FarEnd | None = None,
        faults: Faults | None = None,
        source: random.Random | None = None,
        agents_register: bool = True,
        agent_answers_after_seconds: float = 0.2,
        sound_seconds: float = 2.0,
    ) -> None:
        self.clock = clock
        self.far_end = far_end or Table()
        self.faults = faults or Faults()
        self.random = source or random.Random(0)  # noqa: S311 (a simulation)
        self.agents_register = agents_register  # an endpoint is reachable as soon as it is put
        self.agent_answers_after_seconds = agent_answers_after_seconds
        self.accepting = True  # whether applications can connect
        self.trunk_troubles: dict[str, tuple[BehaviourKind, float]] = {}  # endpoint → kind, share
        self.calls: list[FarEndCall] = []  # every INVITE that reached the far end, in order
        self.calls_in: list[FarEndCall] = []  # every call that came in, in order
        self.channels: dict[str, SimulatedChannel] = {}
        self.bridges: dict[str, SimulatedBridge] = {}
        self.endpoints: dict[str, bool] = {}  # agent endpoint → reachable
        self._inbound: dict[str, tuple[str, str]] = {}  # trunk → application, country
        self._calls_in = 0
        self._connections: dict[str, Connection] = {}
        self._schedule = Schedule(clock)
        self.sounds = Sounds(clock, self._later, self._tell, sound_seconds)

    # ── The test's hands ────────────────────────────────────────────────────────────────────────

    def close(self) -> None:
        """Stop all that was to happen."""
        self._schedule.close()

    def restart(self) -> None:
        """Everything alive is gone at once, without a word to anybody; endpoints too."""
        for channel in list(self.channels.values()):
            if channel.far is not None:
                channel.far.ended_at = self.clock.now()
        self.channels.clear()
        self.bridges.clear()
        self.sounds.clear()
        self.endpoints.clear()
        self.drop_connections("the switch restarted")

    def drop_connections(self, reason: str) -> None:
        """Applications lose their events; calls go on. They connect again when `accepting`."""
        lost = list(self._connections.values())
        self._connections.clear()
        for connection in lost:
            connection.lost(reason)

    def set_reachable(self, endpoint: str, reachable: bool) -> None:
        """An agent's browser registers or goes."""
        if self.endpoints.get(endpoint) in (None, reachable):
            return
        self.endpoints[endpoint] = reachable
        event = AgentEndpointChanged(endpoint=endpoint, reachable=reachable, at=self.clock.now())
        for application in list(self._connections):
            self._send(application, event)

    def far_end_hangs_up(self, channel_id: str) -> None:
        """The other side of a channel ends the call now: the called person or the agent."""
        if channel := self.channels.get(channel_id):
            self._end(channel, NORMAL_CLEARING, None)

    def press(self, channel_id: str, digit: str) -> None:
        """The other side presses a key."""
        if (channel := self.channels.get(channel_id)) and channel.in_application:
            self._tell(
                channel, ChannelDigit(channel_id=channel_id, at=self.clock.now(), digit=digit)
            )

    def call_in(self, caller: Caller) -> str:
        """Somebody calls; the channel's id."""
        now = self.clock.now()
        self._calls_in += 1
        channel_id = f"in-{self._calls_in}"
        far = FarEndCall(
            at=now,
            number=caller.number,
            caller_id=caller.caller,
            headers={},
            behaviour=BehaviourKind.PERSON,
            channel_id=channel_id,
            trunk_endpoint=caller.trunk_endpoint,
        )
        self.calls_in.append(far)
        channel = SimulatedChannel(
            channel_id=channel_id,
            application="",
            call=None,
            created_at=now,
            behaviour=Behaviour(talks_seconds=caller.talks_seconds, presses=caller.presses),
            far=far,
            state=ChannelState.RINGING,
            caller=caller,
        )
        self.channels[channel_id] = channel
        if caller.rings_seconds is not None:
            self._later(channel, caller.rings_seconds, lambda: self._not_answered(channel))
        self._arrive(channel, caller, NOBODY_AFTER_SECONDS)
        return channel_id

    # ── Applications ────────────────────────────────────────────────────────────────────────────

    def connect(self, application: str, connection: Connection) -> bool:
        """Whether the application now owns its name here; who owned it before is told."""
        if not self.accepting:
            return False
        before = self._connections.get(application)
        self._connections[application] = connection
        if before is not None and before is not connection:
            before.replaced()
        return True

    def disconnect(self, application: str, connection: Connection) -> None:
        """Events stop; calls go on."""
        if self._connections.get(application) is connection:
            del self._connections[application]

    # ── Calls that come in ──────────────────────────────────────────────────────────────────────

    def take_calls(self, application: str, trunks: Sequence[InboundTrunk]) -> None:
        """These trunks' calls, and no others', are for this application."""
        self._inbound = {
            endpoint: taken for endpoint, taken in self._inbound.items() if taken[0] != application
        } | {trunk.endpoint: (application, trunk.country) for trunk in trunks}

    def _arrive(self, channel: SimulatedChannel, caller: Caller, waits: float) -> None:
        """To its application; while none is there the caller waits, and then hears so."""
        application, country = self._inbound.get(caller.trunk_endpoint, ("", ""))
        if application in self._connections:
            channel.application = application
            channel.in_application = True
            channel.arrival = ChannelArrived(
                channel_id=channel.channel_id,
                at=self.clock.now(),
                number=read_sent(caller.number, country),
                caller=read_sent(caller.caller, country),
                caller_name=caller.caller_name if caller.caller else "",
                trunk_endpoint=caller.trunk_endpoint,
                number_sent=caller.number,
            )
            self._tell(channel, channel.arrival)
        elif waits > 0:
            self.ring(channel)
            self._later(channel, 1.0, lambda: self._arrive(channel, caller, waits - 1.0))
        elif channel.far is not None:
            channel.state = ChannelState.UP
            channel.far.answered_at = channel.far.identified_at = self.clock.now()
            self._hang_up_after(channel, IDENTIFICATION_SECONDS)

    def _not_answered(self, channel: SimulatedChannel) -> None:
        if channel.state is not ChannelState.UP:
            self._end(channel, NORMAL_CLEARING, None)

    def ring(self, channel: SimulatedChannel) -> None:
        """The caller hears it ring."""
        if channel.far is not None and channel.far.rang_at is None:
            channel.far.rang_at = self.clock.now()

    def answer(self, channel: SimulatedChannel) -> None:
        """The application takes a call that came in."""
        caller = channel.caller
        if caller is None or channel.state is ChannelState.UP:
            return
        channel.state = ChannelState.UP
        channel.answered_at = self.clock.now()
        if channel.far is not None:
            channel.far.answered_at = channel.answered_at
        for seconds, key in caller.presses:
            self._later(channel, seconds, lambda key=key: self.press(channel.channel_id, key))  # type: ignore[misc]
        if caller.patience_seconds is not None:
            self._later(channel, caller.patience_seconds, lambda: self._lose_patience(channel))
        if caller.stays_seconds is not None:
            self._hang_up_after(channel, caller.stays_seconds)
        self._tell(channel, ChannelAnswered(channel_id=channel.channel_id, at=channel.answered_at))

    def reject(self, channel: SimulatedChannel, cause: int) -> None:
        """The application refuses a call that came in."""
        self._end(channel, cause, None)

    # ── Calls ───────────────────────────────────────────────────────────────────────────────────

    def originate(self, application: str, call: Originate) -> None:
        """Start a call, or raise what the port promises."""
        chance = self.random.random
        if chance() < self.faults.refuse_originate:
            raise SwitchRefused("SWITCH_BUSY", "The switch is busy.", retryable=True)
        if chance() < self.faults.uncertain_not_done:
            raise SwitchUncertain("NO_ANSWER", "The switch did not answer.", retryable=False)
        self._start(application, call)
        if chance() < self.faults.uncertain_done:
            raise SwitchUncertain("NO_ANSWER", "The switch did not answer.", retryable=False)

    def _start(self, application: str, call: Originate) -> None:
        if call.channel_id in self.channels:
            raise SwitchRefused("CHANNEL_EXISTS", "A channel of this id is alive.", retryable=False)
        now = self.clock.now()
        far: FarEndCall | None = None
        if isinstance(call.to, CallNumber):
            behaviour = self._through(call.to)
            far = FarEndCall(
                at=now,
                number=call.to.number,
                caller_id=call.caller_id,
                headers=dict(call.headers),
                behaviour=behaviour.kind,
                channel_id=call.channel_id,
                trunk_endpoint=call.to.trunk_endpoint,
            )
            self.calls.append(far)
        else:
            behaviour = self._agent_behaviour(call.to.endpoint)
        channel = SimulatedChannel(
            channel_id=call.channel_id,
            application=application,
            call=call,
            created_at=now,
            behaviour=behaviour,
            far=far,
        )
        self.channels[call.channel_id] = channel
        if behaviour.kind is BehaviourKind.DEAD_TRUNK:
            self._later(channel, 5.0, lambda: self._end(channel, OUT_OF_ORDER, 503))
        elif behaviour.kind in REFUSALS:
            self._later(channel, behaviour.rings_after_seconds, lambda: self._refuse(channel))
        else:
            self._later(channel, behaviour.rings_after_seconds, lambda: self._ring(channel))
        self._later(channel, call.timeout_seconds, lambda: self._time_out(channel))

    def _through(self, to: CallNumber) -> Behaviour:
        """What becomes of the call, unless its trunk is in trouble."""
        behaviour = self.far_end.behaviour(to.number)
        trouble = self.trunk_troubles.get(to.trunk_endpoint)
        if trouble is not None and self.random.random() < trouble[1]:
            return replace(behaviour, kind=trouble[0])
        return behaviour

    def _agent_behaviour(self, endpoint: str) -> Behaviour:
        reachable = self.endpoints.get(endpoint)
        if reachable is None:
            raise SwitchRefused(
                "ENDPOINT_UNKNOWN", "The switch knows no such endpoint.", retryable=False
            )
        if not reachable:
            raise SwitchRefused(
                "ENDPOINT_UNREACHABLE", "The endpoint is not registered.", retryable=True
            )
        return Behaviour(
            rings_after_seconds=0.0,
            answers_after_seconds=self.agent_answers_after_seconds,
            talks_seconds=None,
            patience_seconds=None,
        )

    def _refuse(self, channel: SimulatedChannel) -> None:
        cause, sip_code = REFUSALS[channel.behaviour.kind]
        self._end(channel, cause, sip_code)

    def _time_out(self, channel: SimulatedChannel) -> bool:
        """Whether there was nothing to do."""
        answered = channel.state is ChannelState.UP
        if not answered:
            self._end(channel, NO_ANSWER, None)
        return answered

    def _ring(self, channel: SimulatedChannel) -> None:
        channel.state = ChannelState.RINGING
        self._tell(channel, ChannelRinging(channel_id=channel.channel_id, at=self.clock.now()))
        if channel.behaviour.kind is not BehaviourKind.NO_ANSWER:
            self._later(
                channel, channel.behaviour.answers_after_seconds, lambda: self._answer(channel)
            )

    def _answer(self, channel: SimulatedChannel) -> None:
        behaviour = channel.behaviour
        channel.state = ChannelState.UP
        channel.answered_at = self.clock.now()
        if channel.far is not None:
            channel.far.answered_at = self.clock.now()
        if behaviour.kind is BehaviourKind.HANGS_UP_ON_ANSWER:
            self._later(channel, 0.3, lambda: self._end(channel, NORMAL_CLEARING, None))
        if behaviour.patience_seconds is not None:
            self._later(channel, behaviour.patience_seconds, lambda: self._lose_patience(channel))
        if behaviour.kind is BehaviourKind.MACHINE and behaviour.talks_seconds is not None:
            self._hang_up_after(channel, behaviour.talks_seconds)
        for seconds, key in behaviour.presses:
            self._later(channel, seconds, lambda key=key: self.press(channel.channel_id, key))  # type: ignore[misc]
        listens = behaviour.analysis_seconds if channel.analysis else 0.0
        if listens:
            self._tell(channel, ChannelPickedUp(channel_id=channel.channel_id, at=self.clock.now()))
            self._later(channel, listens, lambda: self._enter(channel))
        else:
            self._enter(channel)

    def _enter(self, channel: SimulatedChannel) -> None:
        """The answered channel comes to its application, or hears who called."""
        if channel.application not in self._connections:
            attempt = channel.call is not None and channel.call.purpose == "attempt"
            if channel.far is not None and attempt:
                channel.far.identified_at = self.clock.now()
                self._hang_up_after(channel, IDENTIFICATION_SECONDS)
            else:
                self._end(channel, NORMAL_CLEARING, None)
            return
        channel.in_application = True
        analysis: str | None = None
        if channel.analysis:
            analysis = channel.behaviour.analysis or _truth(channel)
        self._tell(
            channel,
            ChannelAnswered(
                channel_id=channel.channel_id,
                at=self.clock.now(),
                analysis=analysis,
                analysis_terms=channel.analysis.sensitivity if channel.analysis else "",
                analysis_cause="SIMULATED" if analysis else "",
            ),
        )

    def detect_speech(self, channel: SimulatedChannel, silence_seconds: float) -> None:
        """A machine speaks until its greeting is over, and is silent for the message."""
        channel.silence_seconds = silence_seconds
        if channel.behaviour.kind is not BehaviourKind.MACHINE or channel.answered_at is None:
            return
        spoken = (self.clock.now() - channel.answered_at).total_seconds()
        left = channel.behaviour.greeting_seconds - spoken
        if left <= 0:
            return
        self._speech(channel, True, None)
        self._later(channel, left + silence_seconds, lambda: self._speech(channel, False, left))

    def _speech(self, channel: SimulatedChannel, speaking: bool, seconds: float | None) -> None:
        if channel.silence_seconds is not None:
            self._tell(
                channel,
                ChannelSpeech(
                    channel_id=channel.channel_id,
                    at=self.clock.now(),
                    speaking=speaking,
                    seconds=seconds,
                ),
            )

    def _lose_patience(self, channel: SimulatedChannel) -> bool:
        """Whether there was nothing to do."""
        waits = channel.far is not None and channel.far.connected_at is None
        if waits:
            self._end(channel, NORMAL_CLEARING, None)
        return not waits

    def _hang_up_after(self, channel: SimulatedChannel, seconds: float) -> None:
        self._later(channel, seconds, lambda: self._end(channel, NORMAL_CLEARING, None))

    def hang_up(self, channel_id: str) -> None:
        """The application ends a call."""
        if channel := self.channels.get(channel_id):
            self._end(channel, NORMAL_CLEARING, None)

    def _end(self, channel: SimulatedChannel, cause: int | None, sip_code: int | None) -> None:
        if self.channels.get(channel.channel_id) is not channel:
            return
        self.remove_from_bridge(channel)
        self.sounds.end_all(channel)
        early: EarlyMedia | None = None
        tone = channel.behaviour.early_tone
        if tone is not None and channel.state is not ChannelState.UP:
            listened = channel.call is not None and channel.call.early_media_seconds > 0
            seconds = (self.clock.now() - channel.created_at).total_seconds()
            early = EarlyMedia(seconds=seconds, tone=tone if listened else None)
        del self.channels[channel.channel_id]
        if channel.far is not None:
            channel.far.ended_at = self.clock.now()
            channel.far.cause = cause
        self._tell(
            channel,
            ChannelEnded(
                channel_id=channel.channel_id,
                at=self.clock.now(),
                cause=cause,
                sip_code=sip_code,
                early_media=early,
            ),
        )

    # ── Bridges ─────────────────────────────────────────────────────────────────────────────────

    def put_in_bridge(self, channel: SimulatedChannel, bridge: SimulatedBridge) -> None:
        """Move a channel; people who hear somebody for the first time begin to talk."""
        self.remove_from_bridge(channel)
        bridge.channels[channel.channel_id] = None
        channel.bridge_id = bridge.bridge_id
        if bridge.kind is BridgeKind.MIXING and len(bridge.channels) > 1:
            for channel_id in bridge.channels:
                self._connect_person(self.channels[channel_id])

    def _connect_person(self, channel: SimulatedChannel) -> None:
        if channel.far is None or channel.far.connected_at is not None:
            return
        channel.far.connected_at = self.clock.now()
        if channel.behaviour.talks_seconds is not None:
            self._hang_up_after(channel, channel.behaviour.talks_seconds)

    def remove_from_bridge(self, channel: SimulatedChannel) -> None:
        """Take a channel out of the bridge where it is, if any."""
        if channel.bridge_id and (bridge := self.bridges.get(channel.bridge_id)):
            bridge.channels.pop(channel.channel_id, None)
        channel.bridge_id = None

    # ── Time and events ─────────────────────────────────────────────────────────────────────────

    def _later(self, channel: SimulatedChannel, seconds: float, do: Callable[[], object]) -> None:
        """Do it then, unless this very channel is gone by then."""

        def unless_gone() -> object:
            return self.channels.get(channel.channel_id) is not channel or do()

        self._schedule.after(seconds, unless_gone)

    def _tell(self, channel: SimulatedChannel, event: SwitchEvent) -> None:
        self._send(channel.application, event)

    def _send(self, application: str, event: SwitchEvent) -> None:
        chance = self.random.random
        if chance() < self.faults.lose_event:
            return
        copies = 2 if chance() < self.faults.double_event else 1
        for _ in range(copies):
            if chance() < self.faults.delay_event:
                wait = self.random.uniform(0.0, self.faults.delay_seconds)
                self._schedule.after(wait, lambda: self._hand_over(application, event))
            else:
                self._hand_over(application, event)

    def _hand_over(self, application: str, event: SwitchEvent) -> None:
        if (connection := self._connections.get(application)) is not None:
            connection.deliver(event)


_TRUTHS = {BehaviourKind.MACHINE: "machine", BehaviourKind.FAX: "fax"}


def _truth(channel: SimulatedChannel) -> str:
    """What a call analysis that never errs would say."""
    truth = _TRUTHS.get(channel.behaviour.kind, "person")
    asked = channel.analysis
    return "machine" if truth == "fax" and asked is not None and not asked.fax else truth
