"""The message for people whom no agent can take, and the key by which they opt out of calls.

Where a preset demands an automated opt-out (47 CFR 64.1200(a)(7)), a key pressed while the message
plays puts the person on an organisation-wide DNC list. The message itself must name the key: the
program cannot hear whether it does, but it knows that its own default message does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.preset import Preset

KEYS: Final = "0123456789*#"
DEFAULT_KEY: Final = "9"
DEFAULT_CONFIRMATION: Final = "sound:auth-thankyou"
MEDIA: Final = re.compile(r"(sound|tone|recording):[A-Za-z0-9_./;=-]{1,200}")
MESSAGES: Final = {
    "OPT_OUT_KEY": "Choose one key: 0 to 9, * or #.",
    "MESSAGE_MEDIA": "Name a sound of the switch as sound:folder/name, with plain letters.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSettings:
    """What an organisation has set."""

    opt_out: bool = False  # also where no law demands it
    opt_out_key: str = DEFAULT_KEY
    message_media: str = ""  # '': the program's own
    confirmation_media: str = DEFAULT_CONFIRMATION


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonMessage:
    """What a campaign's abandoned people hear."""

    media: str = ""  # '': the program's own
    opt_out_key: str = ""  # '': none
    confirmation_media: str = ""


def message_of(settings: MessageSettings, preset: Preset) -> AbandonMessage:
    """The message under a preset: no setting takes away a key that the law demands."""
    offered = settings.opt_out or preset.abandon_message_opt_out_key
    return AbandonMessage(
        media=settings.message_media,
        opt_out_key=settings.opt_out_key if offered else "",
        confirmation_media=settings.confirmation_media if offered else "",
    )


def message_warnings(settings: MessageSettings, presets: Sequence[Preset]) -> list[str]:
    """Codes of what people should look at, under the presets that are followed."""
    demanded = settings.opt_out or any(one.abandon_message_opt_out_key for one in presets)
    return ["MESSAGE_DOES_NOT_NAME_KEY"] if demanded and not settings.message_media else []


def message_objections(settings: MessageSettings) -> list[Objection]:
    """Everything wrong, in the order of the page."""
    found = []
    if len(settings.opt_out_key) != 1 or settings.opt_out_key not in KEYS:
        found.append(_objection("opt_out_key", "OPT_OUT_KEY"))
    if settings.message_media and not _is_media(settings.message_media):
        found.append(_objection("message_media", "MESSAGE_MEDIA"))
    if not _is_media(settings.confirmation_media):
        found.append(_objection("confirmation_media", "MESSAGE_MEDIA"))
    return found


def _is_media(text: str) -> bool:
    return bool(MEDIA.fullmatch(text)) and ".." not in text


def _objection(field: str, code: str) -> Objection:
    return Objection(field=field, code=code, message=MESSAGES[code])
