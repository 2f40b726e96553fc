"""A snapshot of one application, read out of what Asterisk lists for the whole node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kwabo.adapters.switch.asterisk.arrivals import Arrival, arrival_of
from kwabo.adapters.switch.asterisk.calls import APPLICATION_VARIABLE
from kwabo.adapters.switch.asterisk.early_media import PREFIX as EARS
from kwabo.ports.switch import ChannelAlive, ChannelState, SwitchSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The snapshot, and the application's channels as Asterisk describes them."""

    snapshot: SwitchSnapshot
    channels: tuple[tuple[Mapping[str, Any], bool], ...]  # channel, answered for the application


def read_snapshot(application: str, channels: Any, bridges: Any, endpoints: Any) -> Listing:
    """From the bodies of /channels, /bridges and /endpoints/PJSIP.

    The application's channels are those it holds, and those that carry its name in the channel
    variable that every originate sets. Its bridges carry its name.
    """
    # An application that subscribes to everything does not list the channels that it holds
    # (Asterisk 22): they are known by where they are in the dialplan.
    mine: list[tuple[Mapping[str, Any], bool]] = []
    for channel in channels or []:
        if str(channel.get("id")).startswith(EARS):
            continue  # listens to another channel, and ends with it
        held = _in_stasis(channel, application)
        variables = channel.get("channelvars") or {}
        if held or variables.get(APPLICATION_VARIABLE) == application:
            mine.append((channel, held))
    members = {
        str(bridge["id"]): frozenset(str(one) for one in bridge.get("channels") or [])
        for bridge in bridges or []
        if bridge.get("name") == application
    }
    bridge_of = {channel_id: bridge for bridge, ids in members.items() for channel_id in ids}
    reachable = frozenset(
        str(endpoint["resource"])
        for endpoint in endpoints or []
        if endpoint.get("state") == "online"
    )
    alive = {
        str(channel["id"]): _alive(channel, held, bridge_of.get(str(channel["id"])))
        for channel, held in mine
    }
    return Listing(
        snapshot=SwitchSnapshot(channels=alive, bridges=members, reachable_endpoints=reachable),
        channels=tuple((channel, _is_answered(alive[str(channel["id"])])) for channel, _ in mine),
    )


def _is_answered(seen: ChannelAlive) -> bool:
    return seen.in_application and (not seen.inbound or seen.state is ChannelState.UP)


def _alive(channel: Mapping[str, Any], held: bool, bridge_id: str | None) -> ChannelAlive:
    came = _came_in(channel) if held else None
    state = _state(str(channel.get("state")))
    if came is not None and state is ChannelState.DIALLING:
        state = ChannelState.RINGING
    return ChannelAlive(
        channel_id=str(channel["id"]),
        state=state,
        in_application=held,
        bridge_id=bridge_id,
        created_at=_instant(str(channel.get("creationtime"))),
        inbound=came is not None,
        number=came.number if came else "",
        caller=came.caller if came else "",
        caller_name=came.caller_name if came else "",
        trunk_endpoint=came.trunk_endpoint if came else "",
        number_sent=came.number_sent if came else "",
    )


def _came_in(channel: Mapping[str, Any]) -> Arrival | None:
    """What the dialplan said when it handed over a call that came in."""
    data = str((channel.get("dialplan") or {}).get("app_data", ""))
    return arrival_of(channel, data.split(",")[1:])


def _in_stasis(channel: Mapping[str, Any], application: str) -> bool:
    place = channel.get("dialplan") or {}
    data = str(place.get("app_data", ""))
    return place.get("app_name") == "Stasis" and data.split(",", 1)[0] == application


def _state(text: str) -> ChannelState:
    if text == "Up":
        return ChannelState.UP
    return ChannelState.RINGING if text == "Ringing" else ChannelState.DIALLING


def _instant(text: str) -> datetime:
    """Asterisk writes 2026-11-23T10:20:30.123+0000."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)
