"""What Asterisk's answers mean in the words of the port."""

from __future__ import annotations

import contextlib

from kwabo.adapters.switch.asterisk.client import AriAnswer, AriClient, AriNoAnswer, AriNotSent
from kwabo.ports.switch import CallNumber, Originate, SwitchRefused


def refusal(answer: AriAnswer, *, what: str) -> SwitchRefused:
    """The refusal for an answer that is not a yes. `what` was asked about: CHANNEL, BRIDGE …"""
    status, reason = answer.status, answer.reason or f"HTTP {answer.status}"
    if status == 401 or status == 403:
        return SwitchRefused(
            "SWITCH_LOGIN", "The switch does not accept this user and password.", retryable=False
        )
    if status == 404:
        return SwitchRefused(f"{what}_UNKNOWN", f"The switch says: {reason}.", retryable=False)
    if status in (409, 412, 422):
        return SwitchRefused(f"{what}_NOT_HELD", f"The switch says: {reason}.", retryable=True)
    if status >= 500:
        return SwitchRefused("SWITCH_BUSY", f"The switch says: {reason}.", retryable=True)
    return SwitchRefused("SWITCH_REFUSED", f"The switch says: {reason}.", retryable=False)


def not_sent(reason: str) -> SwitchRefused:
    """Nothing left this process."""
    return SwitchRefused("SWITCH_UNREACHABLE", f"Not sent: {reason}.", retryable=True)


async def why_not_started(client: AriClient, call: Originate, answer: AriAnswer) -> SwitchRefused:
    """Why an originate was refused, which takes more questions.

    Asterisk says only 'allocation failed' (500) for an endpoint that it cannot call. Its 'exists'
    (409) has two more meanings: the id is the beginning of a live channel's; or making the channel
    failed, and the thread that answers still had the reason of a request before.
    """
    if answer.status not in (409, 500):
        return refusal(answer, what="ENDPOINT")
    if answer.status == 409 and (taken := await _taken(client, call.channel_id)) is not None:
        return taken
    is_number = isinstance(call.to, CallNumber)
    endpoint = call.to.trunk_endpoint if isinstance(call.to, CallNumber) else call.to.endpoint
    with contextlib.suppress(AriNotSent, AriNoAnswer):
        seen = await client.ask("GET", f"endpoints/PJSIP/{endpoint}")
        if seen.status == 404:
            return SwitchRefused(
                "ENDPOINT_UNKNOWN", "The switch knows no such endpoint.", retryable=False
            )
        if seen.ok and (seen.body or {}).get("state") == "offline":
            said = "The trunk does not answer." if is_number else "The endpoint is not registered."
            return SwitchRefused("ENDPOINT_UNREACHABLE", said, retryable=True)
    return SwitchRefused("SWITCH_BUSY", "The switch could not make a channel.", retryable=True)


async def _taken(client: AriClient, channel_id: str) -> SwitchRefused | None:
    """Whether an id cannot be used because of a live channel."""
    exists = SwitchRefused("CHANNEL_EXISTS", "A channel of this id is alive.", retryable=False)
    try:
        alive = await client.ask("GET", "channels")
    except (AriNotSent, AriNoAnswer):
        return exists
    if not alive.ok:
        return exists
    ids = [str(channel.get("id", "")).lower() for channel in alive.body or []]
    if channel_id.lower() in ids:
        return exists
    if any(one.startswith(channel_id.lower()) for one in ids):
        return SwitchRefused(
            "CHANNEL_ID_AMBIGUOUS",
            "A live channel's id begins with this one; use ids of one length.",
            retryable=False,
        )
    return None
