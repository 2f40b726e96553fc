"""Calls that come in: how the dialplan hands them over, and what it hands over. Pure.

The dialplan knows an application for each trunk from a global variable, where the application
writes itself (`route`): `<application>:<country>`. It enters
`Stasis(<application>,inbound,<number sent>,<trunk>,<presentation>,<country>)`. So the channel tells
everything by itself, also to an engine that meets it later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kwabo.adapters.switch.inbound_numbers import read_sent
from kwabo.ports.switch import InboundTrunk

INBOUND = "inbound"  # the first argument of StasisStart
ROUTES = "KWABO_IN_"  # what the global variables' names begin with; the trunk's endpoint follows
_HIDDEN = frozenset({"", "anonymous", "restricted", "unavailable", "unknown"})  # SIP user parts
_SHOWN = "allowed"  # how Asterisk's names of presentations that are for everybody begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of a call that came in."""

    number: str  # E.164, or ''
    number_sent: str
    caller: str  # E.164, or ''
    caller_name: str
    trunk_endpoint: str


def arrival_of(channel: Mapping[str, Any], args: Sequence[Any]) -> Arrival | None:
    """From a channel and the arguments with which it entered the application; None: not one."""
    words = [str(arg) for arg in args]
    if not words or words[0] != INBOUND:
        return None
    sent, trunk, presentation, country = [*words[1:5], *[""] * (5 - len(words))][:4]
    caller = channel.get("caller") or {}
    caller_sent = str(caller.get("number") or "")
    shown = presentation.startswith(_SHOWN) and caller_sent.lower() not in _HIDDEN
    return Arrival(
        number=read_sent(sent, country),
        number_sent=sent,
        caller=read_sent(caller_sent, country) if shown else "",
        caller_name=str(caller.get("name") or "") if shown else "",
        trunk_endpoint=trunk,
    )


def route_variable(endpoint: str) -> str:
    """The global variable that holds a trunk's application."""
    return f"{ROUTES}{endpoint}"


def route(application: str, trunk: InboundTrunk) -> str:
    """What is written there."""
    return f"{application}:{trunk.country}"
