"""What Asterisk's answers mean in the words of the port."""

from __future__ import annotations

from kwabo.adapters.switch.asterisk.client import AriAnswer
from kwabo.ports.switch import SwitchRefused


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
