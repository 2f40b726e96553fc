"""What may become part of a dial string or of a SIP header.

Everything a caller hands in is checked against a closed set of characters before it is sent
anywhere; nothing is ever escaped into shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kwabo.ports.switch import CallNumber, InboundTrunk, Originate, SwitchRefused

_NUMBER = re.compile(r"\+[1-9][0-9]{5,14}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,79}")
_CHANNEL_ID = re.compile(r"[A-Za-z0-9_.-]{1,149}")  # Asterisk's AST_MAX_PUBLIC_UNIQUEID
_HEADER_NAME = re.compile(r"X-[A-Za-z0-9-]{1,60}")
_HEADER_VALUE = re.compile(r"[A-Za-z0-9 _.:@+=/-]{0,200}")
_CALLER_NAME = re.compile(r"[^\x00-\x1f\x7f\"<>\\,;&|$`{}()\[\]]{0,80}")
_DIGITS = re.compile(r"[0-9*#A-D]{1,64}")
_COUNTRY = re.compile(r"[A-Z]{2}|")
_LONGEST_RECORDING_SECONDS = 3600
MOST_MEDIA = 100  # in one playback
_MEDIA = re.compile(r"(sound|tone|recording):[A-Za-z0-9_./;=-]{1,300}")


def _refuse(code: str, message: str) -> SwitchRefused:
    return SwitchRefused(code, message, retryable=False)


def check_number(number: str) -> str:
    """The number as it was, or a refusal."""
    if not _NUMBER.fullmatch(number):
        raise _refuse("BAD_NUMBER", "The number is not E.164: + and 6 to 15 digits.")
    return number


def check_endpoint(endpoint: str) -> str:
    """A trunk's or an agent's name at the switch."""
    if not _NAME.fullmatch(endpoint):
        raise _refuse("BAD_ENDPOINT", "An endpoint's name is made of letters, digits, _ and -.")
    return endpoint


def check_id(value: str) -> str:
    """A channel's, bridge's or playback's id."""
    if not _CHANNEL_ID.fullmatch(value):
        raise _refuse("BAD_ID", "An id is made of letters, digits, _ . and -, at most 149.")
    return value


def check_digits(digits: str) -> str:
    """DTMF."""
    if not _DIGITS.fullmatch(digits):
        raise _refuse("BAD_DIGITS", "Keys are 0-9, *, # and A-D, at most 64.")
    return digits


def check_media(media: str) -> str:
    """What can be played: sound:…, tone:… or recording:…"""
    if not _MEDIA.fullmatch(media) or ".." in media:
        raise _refuse("BAD_MEDIA", "Media is sound:, tone: or recording: and a plain name.")
    return media


def check_media_list(media: str | Sequence[str]) -> list[str]:
    """One medium, or several in a row."""
    wanted = [media] if isinstance(media, str) else list(media)
    if not 1 <= len(wanted) <= MOST_MEDIA:
        raise _refuse("BAD_MEDIA", f"One playback is 1 to {MOST_MEDIA} media.")
    return [check_media(one) for one in wanted]


def check_cause(cause: int) -> int:
    """A Q.850 cause."""
    if not 1 <= cause <= 127:
        raise _refuse("BAD_CAUSE", "A cause is 1 to 127 (Q.850).")
    return cause


def check_inbound_trunk(trunk: InboundTrunk) -> None:
    """A trunk's name, and how its numbers are read."""
    check_endpoint(trunk.endpoint)
    if not _COUNTRY.fullmatch(trunk.country):
        raise _refuse("BAD_COUNTRY", "A country is two capital letters (ISO 3166), or nothing.")


def check_recording(name: str, max_seconds: int, silence_seconds: int) -> None:
    """A recording's name and its limits."""
    check_id(name)
    if not 1 <= max_seconds <= _LONGEST_RECORDING_SECONDS:
        raise _refuse("BAD_RECORDING", "A recording lasts at most 1 to 3600 seconds.")
    if not 0 <= silence_seconds <= max_seconds:
        raise _refuse("BAD_RECORDING", "The silence that ends it is 0 to max_seconds long.")


def check_call(call: Originate) -> None:
    """Refuse a call any part of which could mean something else to the switch."""
    check_id(call.channel_id)
    if isinstance(call.to, CallNumber):
        check_number(call.to.number)
        check_endpoint(call.to.trunk_endpoint)
    else:
        check_endpoint(call.to.endpoint)
    if call.caller_id:
        check_number(call.caller_id)
    if not _CALLER_NAME.fullmatch(call.caller_name):
        raise _refuse("BAD_CALLER_NAME", "The caller's name has characters a switch may misread.")
    if not 1 <= call.timeout_seconds <= 600:
        raise _refuse("BAD_TIMEOUT", "The ring time is between 1 and 600 seconds.")
    if call.purpose not in ("attempt", "leg", "consult"):
        raise _refuse("BAD_PURPOSE", "A call's purpose is attempt, leg or consult.")
    if call.early_media_seconds < 0 or call.early_media_seconds > 60:
        raise _refuse("BAD_EARLY_MEDIA", "At most 60 seconds before the answer are listened to.")
    for name, value in call.headers.items():
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            raise _refuse("BAD_HEADER", "A SIP header is X-… with a plain value.")
