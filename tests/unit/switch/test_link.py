"""The breaker, and what `ready` and a snapshot are made of."""

from __future__ import annotations

from datetime import UTC, datetime

from kwabo.adapters.switch.asterisk.amd import PARAMETERS
from kwabo.adapters.switch.asterisk.breaker import CircuitBreaker
from kwabo.adapters.switch.asterisk.calls import CallBook
from kwabo.adapters.switch.asterisk.listing import read_snapshot
from kwabo.adapters.switch.asterisk.originate import originate_request
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.ports.switch import CallAgentEndpoint, CallAnalysis, CallNumber, ChannelState, Originate


def test_the_breaker_opens_tries_and_closes() -> None:
    async def main(clock: VirtualClock) -> None:
        breaker = CircuitBreaker(clock, failures=3, open_seconds=2)
        for _ in range(3):
            assert breaker.may_pass()
            breaker.failed()
        assert not breaker.closed
        assert not breaker.may_pass()
        await clock.sleep(2)
        assert breaker.may_pass()  # one trial
        assert not breaker.may_pass()
        breaker.failed()
        assert not breaker.may_pass()
        await clock.sleep(2)
        assert breaker.may_pass()
        breaker.succeeded()
        assert breaker.closed
        assert breaker.may_pass()

    run_in_virtual_time(main)


def test_failures_must_be_in_a_row() -> None:
    async def main(clock: VirtualClock) -> None:
        breaker = CircuitBreaker(clock, failures=2)
        for _ in range(10):
            breaker.failed()
            breaker.succeeded()
        assert breaker.closed

    run_in_virtual_time(main)


def test_a_snapshot_picks_this_applications_things() -> None:
    def channel(name: str, state: str, variable: str, place: str) -> dict[str, object]:
        return {
            "id": name,
            "name": f"PJSIP/{name}",
            "state": state,
            "creationtime": "2026-01-05T09:00:00.250+0100",
            "channelvars": {"KWABO_APP": variable},
            "dialplan": {"app_name": "Stasis" if place else "AppDial2", "app_data": place},
        }

    listing = read_snapshot(
        "kwabo-1",
        [
            channel("held", "Up", "kwabo-1", "kwabo-1,attempt"),
            channel("ringing", "Ringing", "kwabo-1", ""),
            channel("in-analysis", "Up", "kwabo-1", ""),
            channel("inbound", "Up", "", "kwabo-1,inbound"),
            channel("other", "Up", "kwabo-11", "kwabo-11,attempt"),
            channel("stray", "Up", "", ""),
        ],
        [
            {"id": "b1", "name": "kwabo-1", "channels": ["held"]},
            {"id": "b2", "name": "kwabo-11", "channels": ["other"]},
        ],
        [
            {"resource": "agent-1", "state": "online"},
            {"resource": "agent-2", "state": "offline"},
        ],
    )
    alive = listing.snapshot
    assert set(alive.channels) == {"held", "ringing", "in-analysis", "inbound"}
    assert {name for name, one in alive.channels.items() if one.in_application} == {
        "held",
        "inbound",
    }
    assert alive.channels["held"].bridge_id == "b1"
    assert alive.channels["held"].created_at == datetime(2026, 1, 5, 8, 0, 0, 250_000, UTC)
    assert alive.channels["ringing"].state is ChannelState.RINGING
    assert alive.bridges == {"b1": {"held"}}
    assert alive.reachable_endpoints == {"agent-1"}
    book = CallBook("kwabo-1")
    for one, answered in listing.channels:
        book.note_alive(one, answered=answered)
    assert book.alive() == 4


def test_the_request_of_an_attempt_and_of_a_leg() -> None:
    attempt = originate_request(
        Originate(
            channel_id="a1",
            to=CallNumber(number="+2290197000000", trunk_endpoint="trunk-lab"),
            caller_id="+2290121000000",
            caller_name="Kwabo Bénin",
            call_analysis=CallAnalysis(),
            headers={"X-Kwabo-Attempt-Id": "a1"},
        ),
        "kwabo-1",
    )
    assert attempt["endpoint"] == "PJSIP/+2290197000000@trunk-lab"
    assert attempt["callerId"] == '"Kwabo Bénin" <+2290121000000>'
    assert (attempt["context"], attempt["extension"]) == ("kwabo-out", "call")
    assert attempt["variables"] == {
        "KWABO_APP": "kwabo-1",
        "KWABO_ARGS": "attempt",
        "KWABO_ANALYSE": "yes",
        "KWABO_FAX": "yes",
        **{f"KWABO_AMD_{n}": str(value) for n, value in enumerate(PARAMETERS["medium"], start=1)},
        "PJSIP_HEADER(add,X-Kwabo-Attempt-Id)": "a1",
    }
    leg = originate_request(
        Originate(
            channel_id="leg-1",
            to=CallAgentEndpoint(endpoint="agent-1"),
            caller_id="",
            purpose="leg",
        ),
        "kwabo-1",
    )
    assert leg["endpoint"] == "PJSIP/agent-1"
    assert (leg["context"], leg["extension"]) == ("kwabo-leg", "leg")
    assert "callerId" not in leg
