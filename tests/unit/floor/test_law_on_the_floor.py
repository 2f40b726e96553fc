"""The floor keeps to consent and guard: calls taken back, third parties and telephones refused."""

from __future__ import annotations

from datetime import timedelta

from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.fraud_guard import Cap, FraudGuard
from unit.floor.desk import THIRD, Desk, at_the_desk

BENIN = FraudGuard(countries=frozenset({"BJ"}))
SATELLITE = "+8816123456"
REFUSED = {SATELLITE: "PREFIX_DENIED", "+33612345678": "COUNTRY_NOT_ALLOWED"}


def test_third_parties_and_telephones_where_nobody_may_call_are_refused() -> None:
    async def story(desk: Desk) -> None:
        desk.data.law.guard = BENIN
        leg = {"kind": "address", "address": SATELLITE}
        refused = await desk.ask("agent.sign_in", desk.second, leg=leg)
        assert (refused["ok"], refused["code"]) == (False, "PREFIX_DENIED")
        call = await desk.talking()
        for kind in ("call.consult", "call.transfer"):
            for number, code in REFUSED.items():
                answer = await desk.act(kind, to={"number": number})
                assert (answer["ok"], answer["code"]) == (False, code)
        assert call.consult is None
        assert desk.together(call.channel_id, desk.agent().live_leg)
        assert (await desk.act("call.consult", to={"number": THIRD}))["ok"]

    at_the_desk(story)


def test_a_consultation_counts_under_the_cap_and_only_when_it_is_made() -> None:
    async def story(desk: Desk) -> None:
        desk.data.law.guard = FraudGuard(
            countries=frozenset({"BJ"}), caps=(Cap(country="", per="day", most=2),)
        )
        call = await desk.talking()
        assert (await desk.act("call.consult", to={"number": THIRD}))["ok"]
        busy = await desk.act("call.consult", to={"number": THIRD})
        assert busy["code"] == "ATTEMPT_STATE", "nothing was called, so nothing is counted"
        await desk.until(lambda: bool(call.consult and call.consult.connected))
        assert (await desk.act("call.consult_cancel"))["ok"]
        assert (await desk.act("call.consult", to={"number": THIRD}))["code"] == "RATE_CAP"

    at_the_desk(story)


def test_a_call_that_rings_is_taken_back_within_a_second_of_the_withdrawal() -> None:
    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        (contact,) = desk.data.contacts
        number = contact.numbers[0]
        now = desk.clock.now()
        given = ConsentLine(
            consent_id=desk.first,
            place=1,
            kind="given",
            number=number,
            purpose=row.consent_purpose,
            channel="voice",
            at=now - timedelta(days=1),
        )
        desk.data.law.add_consent(given)
        await desk.ready()
        await desk.start()
        await desk.until(lambda: bool(desk.floor.live_calls()))
        attempt = desk.attempts[-1]
        withdrawn = ConsentLine(
            consent_id=desk.second,
            place=2,
            kind="withdrawn",
            number=number,
            purpose="*",
            channel="*",
            at=desk.clock.now(),
        )
        desk.data.law.add_consent(withdrawn)
        begun = desk.clock.monotonic()
        assert (await desk.ask("consents.changed", withdrawn=[number], reopened={}))["ok"]
        await desk.until(lambda: not desk.floor.live_calls())
        assert desk.clock.monotonic() - begun < 1.0
        assert desk.data.attempts[attempt.attempt_id].result == "cancelled"
        await desk.clock.sleep(600)
        assert len(desk.data.attempts) == 1, "not called again"

    at_the_desk(story, campaign={"consent_required": True})
