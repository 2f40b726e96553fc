"""From Asterisk's events to the port's: pure bookkeeping, without a clock or a connection.

Asterisk may tell of a channel before it has answered the request that made it, twice, late, in
another order, or not at all. Here each channel's life yields at most one ringing, one answered and
one ended, in this order, and nothing after the end. A channel's id can come back after its end;
one *life* of it is known by Asterisk's own name and creation time. A call that comes in yields one
arrival, then at most one answered and one ended.

Events about a channel that is being asked for wait until the answer is known: a refused originate
yields none of them, an accepted one all of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kwabo.adapters.switch.asterisk.amd import terms, verdict
from kwabo.adapters.switch.asterisk.arrivals import arrival_of
from kwabo.ports.switch import (
    AgentEndpointChanged,
    CallAnalysis,
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    ChannelEnded,
    ChannelPickedUp,
    ChannelRinging,
    ChannelSpeech,
    EarlyMedia,
    PlaybackEnded,
    SwitchEvent,
)

Event = Mapping[str, Any]

APPLICATION_VARIABLE = "KWABO_APP"
FINISHED_REMEMBERED = 20_000  # lives whose late events are still known as such


@dataclass(slots=True)
class _Life:
    """One channel from its making to its end."""

    channel_id: str
    key: str | None  # None: not known yet (an originate without an answer)
    ringing: bool = False
    picked_up: bool = False
    inbound: bool = False
    found: bool = False  # met in a snapshot: another engine had it, perhaps
    answered: bool = False
    early_since: datetime | None = None  # the network sends sound before any answer
    missing: int = 0  # times in a row that the switch did not list it
    playbacks: set[str] = field(default_factory=set)


class CallBook:
    """What is known of this application's channels."""

    def __init__(self, application: str) -> None:
        self._application = application
        self._lives: dict[str, _Life] = {}
        self._asked: dict[str, list[tuple[Event, datetime]]] = {}  # channel id → events that wait
        self._analysed: dict[str, CallAnalysis] = {}  # by id: what listens to the answer
        self._finished: OrderedDict[str, None] = OrderedDict()  # keys of ended lives
        self._playbacks: dict[str, str] = {}  # playback id → channel id
        self._reachable: dict[str, bool] = {}

    # ── Originate ───────────────────────────────────────────────────────────────────────────────

    def ask(self, channel_id: str, *, analysed: CallAnalysis | None = None) -> None:
        """An originate is about to be sent; `analysed`: what will listen to its answer."""
        self._asked[channel_id] = []
        if analysed is not None:
            self._analysed[channel_id] = analysed

    def accepted(self, channel_id: str, channel: Event, at: datetime) -> list[SwitchEvent]:
        """The switch made this channel."""
        told = self._forget_former(channel_id, at)
        self._lives[channel_id] = _Life(channel_id, life_key(channel))
        return told + self._catch_up(channel_id)

    def refused(self, channel_id: str) -> None:
        """The switch made no channel."""
        self._asked.pop(channel_id, None)
        self._analysed.pop(channel_id, None)

    def unanswered(self, channel_id: str, at: datetime) -> list[SwitchEvent]:
        """Nobody knows whether the switch made a channel; its events will tell."""
        if channel_id not in self._lives:
            self._lives[channel_id] = _Life(channel_id, None)
        return self._catch_up(channel_id)

    def _forget_former(self, channel_id: str, at: datetime) -> list[SwitchEvent]:
        """A new life of this id begins, so the former has ended, whatever was (not) told of it."""
        former = self._lives.get(channel_id)
        if former is None or former.key is None:
            return []
        return self._finish(former, at, cause=None, sip_code=None)

    def _catch_up(self, channel_id: str) -> list[SwitchEvent]:
        told: list[SwitchEvent] = []
        for event, at in self._asked.pop(channel_id, []):
            told += self.apply(event, at)
        return told

    # ── Events ──────────────────────────────────────────────────────────────────────────────────

    def apply(self, event: Event, at: datetime) -> list[SwitchEvent]:
        """What an event of Asterisk's means, if anything."""
        kind = event.get("type")
        if kind == "PlaybackFinished":
            return self._playback_finished(str(event.get("playback", {}).get("id", "")), at)
        if kind in ("ContactStatusChange", "PeerStatusChange", "EndpointStateChange"):
            return self._endpoint(event, at)
        channel = event.get("peer") if kind == "Dial" else event.get("channel")
        if not isinstance(channel, Mapping) or not channel.get("id"):
            return []
        life = self._life_of(channel, event, at)
        if life is None:
            return []
        handler = _HANDLERS.get(str(kind))
        return handler(self, life, event, channel, at) if handler else []

    def _life_of(self, channel: Event, event: Event, at: datetime) -> _Life | None:
        """The life that an event speaks of; None when it is no concern of ours, or not yet."""
        channel_id, key = str(channel["id"]), life_key(channel)
        if key in self._finished:
            return None
        life = self._lives.get(channel_id)
        if life is not None and life.key == key:
            return life
        if channel_id in self._asked:
            self._asked[channel_id].append((event, at))
            return None
        if life is not None and life.key is None:
            life.key = key
            return life
        if life is not None:
            return None  # another life of an id that we know to be alive: late news
        variables = channel.get("channelvars") or {}
        if variables.get(APPLICATION_VARIABLE) == self._application or self._arrives(event):
            return self.adopt(channel)
        return None

    def _arrives(self, event: Event) -> bool:
        """Whether a call comes in: it enters this application, as nobody has asked for."""
        entered = event.get("type") == "StasisStart"
        mine = event.get("application") == self._application
        channel = event.get("channel") or {}
        return entered and mine and arrival_of(channel, event.get("args") or []) is not None

    def adopt(self, channel: Event) -> _Life:
        """A channel of this application that another process asked for."""
        channel_id = str(channel["id"])
        life = self._lives[channel_id] = _Life(channel_id, life_key(channel))
        return life

    def _progressed(
        self, life: _Life, event: Event, channel: Event, at: datetime
    ) -> list[SwitchEvent]:
        if life.inbound:
            return self._taken(life, at) if channel.get("state") == "Up" else []
        if channel.get("state") == "Up":
            return self._picked_up(life, at)
        # PROGRESS: the network sends tones (183) and perhaps never a 180.
        if event.get("dialstatus") == "PROGRESS" and life.early_since is None:
            life.early_since = at
        rings = channel.get("state") == "Ringing" or event.get("dialstatus") in (
            "RINGING",
            "PROGRESS",
        )
        if not rings or life.ringing or life.answered:
            return []
        life.ringing = True
        return [ChannelRinging(channel_id=life.channel_id, at=at)]

    def _picked_up(self, life: _Life, at: datetime) -> list[SwitchEvent]:
        if life.channel_id not in self._analysed or life.picked_up or life.answered:
            return []
        life.picked_up = True
        return [ChannelPickedUp(channel_id=life.channel_id, at=at)]

    def _taken(self, life: _Life, at: datetime) -> list[SwitchEvent]:
        """A call that came in has been answered."""
        if life.answered:
            return []
        life.answered = True
        return [ChannelAnswered(channel_id=life.channel_id, at=at)]

    def _arrived(self, life: _Life, event: Event, channel: Event, at: datetime) -> ChannelArrived:
        arrival = arrival_of(channel, event.get("args") or [])
        assert arrival is not None
        life.inbound = True
        return ChannelArrived(
            channel_id=life.channel_id,
            at=at,
            number=arrival.number,
            caller=arrival.caller,
            caller_name=arrival.caller_name,
            trunk_endpoint=arrival.trunk_endpoint,
            number_sent=arrival.number_sent,
        )

    def _entered(
        self, life: _Life, event: Event, channel: Event, at: datetime
    ) -> list[SwitchEvent]:
        if life.answered or life.inbound:
            return []
        if self._arrives(event):
            return [self._arrived(life, event, channel, at)]
        life.answered = True
        analysis, cause = analysis_of(event.get("args") or [])
        asked = self._analysed.get(life.channel_id)
        return [
            ChannelAnswered(
                channel_id=life.channel_id,
                at=at,
                analysis=analysis,
                analysis_terms=terms(asked) if asked is not None and analysis else "",
                analysis_cause=cause,
            )
        ]

    def _spoke(self, life: _Life, event: Event, channel: Event, at: datetime) -> list[SwitchEvent]:
        milliseconds = _number(event.get("duration"))
        speaking = event.get("type") == "ChannelTalkingStarted"
        seconds = None if speaking or milliseconds is None else milliseconds / 1000
        return [
            ChannelSpeech(channel_id=life.channel_id, at=at, speaking=speaking, seconds=seconds)
        ]

    def _destroyed(
        self, life: _Life, event: Event, channel: Event, at: datetime
    ) -> list[SwitchEvent]:
        cause, sip_code = end_causes(event)
        return self._finish(life, at, cause=cause, sip_code=sip_code)

    def _digit(self, life: _Life, event: Event, channel: Event, at: datetime) -> list[SwitchEvent]:
        digit = str(event.get("digit", ""))
        return [ChannelDigit(channel_id=life.channel_id, at=at, digit=digit)] if digit else []

    def _finish(
        self, life: _Life, at: datetime, *, cause: int | None, sip_code: int | None
    ) -> list[SwitchEvent]:
        told: list[SwitchEvent] = []
        for playback_id in sorted(life.playbacks):
            told += self._playback_finished(playback_id, at)
        self._lives.pop(life.channel_id, None)
        self._analysed.pop(life.channel_id, None)
        if life.key is not None:
            self._finished[life.key] = None
            while len(self._finished) > FINISHED_REMEMBERED:
                self._finished.popitem(last=False)
        early: EarlyMedia | None = None
        if life.early_since is not None and not life.answered and not life.picked_up:
            early = EarlyMedia(seconds=(at - life.early_since).total_seconds())
        told.append(
            ChannelEnded(
                channel_id=life.channel_id,
                at=at,
                cause=cause,
                sip_code=sip_code,
                early_media=early,
            )
        )
        return told

    # ── Playbacks ───────────────────────────────────────────────────────────────────────────────

    def play(self, playback_id: str, channel_id: str) -> None:
        """A playback is about to be asked for."""
        self._playbacks[playback_id] = channel_id
        if life := self._lives.get(channel_id):
            life.playbacks.add(playback_id)

    def not_played(self, playback_id: str) -> None:
        """The switch refused it: its end is not told."""
        channel_id = self._playbacks.pop(playback_id, "")
        if life := self._lives.get(channel_id):
            life.playbacks.discard(playback_id)

    def _playback_finished(self, playback_id: str, at: datetime) -> list[SwitchEvent]:
        channel_id = self._playbacks.pop(playback_id, None)
        if channel_id is None:
            return []
        if life := self._lives.get(channel_id):
            life.playbacks.discard(playback_id)
        return [PlaybackEnded(playback_id=playback_id, channel_id=channel_id, at=at)]

    # ── Agent endpoints ─────────────────────────────────────────────────────────────────────────

    def _endpoint(self, event: Event, at: datetime) -> list[SwitchEvent]:
        endpoint = event.get("endpoint") or {}
        name, state = str(endpoint.get("resource", "")), endpoint.get("state")
        if not name or state not in ("online", "offline"):
            return []
        return self.reachability(name, state == "online", at)

    def reachability(self, name: str, reachable: bool, at: datetime) -> list[SwitchEvent]:
        """What is known now of an endpoint; told when it is news."""
        if self._reachable.get(name, False) is reachable:
            self._reachable[name] = reachable
            return []
        self._reachable[name] = reachable
        return [AgentEndpointChanged(endpoint=name, reachable=reachable, at=at)]

    def note_reachable(self, name: str) -> None:
        """A snapshot shows it; not told as news."""
        self._reachable[name] = True

    # ── Against the switch's own list ───────────────────────────────────────────────────────────

    def listed(self, channels: Mapping[str, Event], at: datetime) -> list[SwitchEvent]:
        """Compare with everything alive on the switch.

        A channel that was missing twice in a row has ended without a word; one that was never
        seen was never made, and is forgotten.
        """
        told: list[SwitchEvent] = []
        for life in list(self._lives.values()):
            channel = channels.get(life.channel_id)
            if channel is not None and life.key in (None, life_key(channel)):
                life.missing = 0
                if life.inbound and channel.get("state") == "Up":
                    told += self._taken(life, at)
                continue
            if life.channel_id in self._asked:
                continue
            life.missing += 1
            if life.missing < 2:
                continue
            if life.key is None:
                del self._lives[life.channel_id]
            else:
                told += self._finish(life, at, cause=None, sip_code=None)
        return told

    def note_alive(self, channel: Event, *, answered: bool, inbound: bool = False) -> None:
        """A snapshot shows this channel of the application's; its events are told from now on."""
        if life_key(channel) in self._finished or str(channel["id"]) in self._asked:
            return
        life = self._lives.get(str(channel["id"]))
        if life is None:
            life = self.adopt(channel)
            life.found = True
        if life.key is None:
            life.key = life_key(channel)
        life.answered = life.answered or answered
        life.inbound = life.inbound or inbound

    def is_answered(self, channel_id: str) -> bool:
        """Whether this channel has been answered, as far as is known."""
        life = self._lives.get(channel_id)
        return life is not None and life.answered

    def found(self, channel_id: str) -> bool:
        """Whether another engine may have had this channel."""
        life = self._lives.get(channel_id)
        return life is not None and life.found

    def plays(self, channel_id: str) -> bool:
        """Whether something is being played to this channel."""
        life = self._lives.get(channel_id)
        return life is not None and bool(life.playbacks)

    def alive(self) -> int:
        """How many channels are believed to be alive."""
        return len(self._lives)


_HANDLERS = {
    "ChannelCreated": CallBook._progressed,
    "ChannelStateChange": CallBook._progressed,
    "Dial": CallBook._progressed,
    "StasisStart": CallBook._entered,
    "ChannelDtmfReceived": CallBook._digit,
    "ChannelTalkingStarted": CallBook._spoke,
    "ChannelTalkingFinished": CallBook._spoke,
    "ChannelDestroyed": CallBook._destroyed,
}


def life_key(channel: Event) -> str:
    """What tells one life of a channel's id from another."""
    return f"{channel.get('id')} {channel.get('name')} {channel.get('creationtime')}"


def analysis_of(args: list[Any]) -> tuple[str | None, str]:
    """Verdict and reason of call analysis, from the application's arguments."""
    for arg in args:
        text = str(arg)
        if text.startswith("amd="):
            return verdict(text)
    return None, ""


def end_causes(event: Event) -> tuple[int | None, int | None]:
    """Q.850 cause and final SIP answer of a ChannelDestroyed, where they are told.

    When the ring time is over, Asterisk itself says 19 (no answer) and 480.
    """
    sip_code = _number(event.get("tech_cause"))
    if sip_code is not None and not 300 <= sip_code <= 699:
        sip_code = None
    return _number(event.get("cause")), sip_code


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
