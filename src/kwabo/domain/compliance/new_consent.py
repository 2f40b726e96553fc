"""A line that somebody wants in the ledger of consents, and what can be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kwabo.domain.campaigns.lawful import PURPOSE
from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.consents import ANY, CHANNELS, GIVEN, PROSPECTING, WITHDRAWN

LONGEST: Final = {"how": 200, "proof": 5000, "reference": 500}
CLOCKS_DIFFER: Final = timedelta(minutes=5)  # somebody else's clock may be ahead of ours
_SHA256: Final = re.compile(r"([0-9a-f]{64})?")

MESSAGES: Final[Mapping[str, str]] = {
    "CONSENT_KIND": "A line gives or withdraws consent: given or withdrawn.",
    "CONSENT_PURPOSE": "Name the purpose with small letters, digits, - and _: prospecting.",
    "CONSENT_CHANNEL": "Choose a channel: voice, sms, whatsapp, email, or * for all.",
    "CONSENT_FUTURE": "Consent cannot be given or withdrawn in the future: give its own time.",
    "CONSENT_TIME": "Say when, as 2026-11-23, 23/11/2026 or with the time.",
    "CONSENT_PROOF": "Say how consent was given, and the proof: words, reference or file hash.",
    "CONSENT_UNTIL": "Consent must be valid until after it was given.",
    "CONSENT_TEXT": "Shorten this to {most} characters.",
    "CONSENT_HASH": "Give the SHA-256 of the file: 64 hexadecimal digits.",
    "CONSENT_VALID_UNTIL_TIME": "Write the date as 2026-11-23 or 23/11/2026.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """A line as a person, a file or a program gives it."""

    kind: str = GIVEN  # given | withdrawn
    purpose: str = PROSPECTING
    channel: str = "voice"
    at: datetime | None = None  # None: now
    how: str = ""
    proof: str = ""
    reference: str = ""
    file_sha256: str = ""
    valid_until: datetime | None = None


def objections_to(new: NewConsent, now: datetime) -> list[Objection]:
    """Everything that is wrong with a line, the first field first."""
    found = []
    if new.kind not in (GIVEN, WITHDRAWN):
        found.append(objection("kind", "CONSENT_KIND"))
    everything = new.kind == WITHDRAWN and new.purpose == ANY
    if not everything and not PURPOSE.fullmatch(new.purpose):
        found.append(objection("purpose", "CONSENT_PURPOSE"))
    if new.channel not in (*CHANNELS, ANY):
        found.append(objection("channel", "CONSENT_CHANNEL"))
    if new.at is not None and new.at > now + CLOCKS_DIFFER:
        found.append(objection("at", "CONSENT_FUTURE"))
    if not _SHA256.fullmatch(new.file_sha256.strip().lower()):
        found.append(objection("file_sha256", "CONSENT_HASH"))
    proofs = (new.proof, new.reference, new.file_sha256)
    if new.kind == GIVEN and not (new.how.strip() and any(text.strip() for text in proofs)):
        found.append(objection("proof" if new.how.strip() else "how", "CONSENT_PROOF"))
    if new.valid_until is not None and new.valid_until <= (new.at or now):
        found.append(objection("valid_until", "CONSENT_UNTIL"))
    found += [
        objection(name, "CONSENT_TEXT", most=str(most))
        for name, most in LONGEST.items()
        if len(getattr(new, name)) > most
    ]
    return found


def objection(field: str, code: str, **details: str) -> Objection:
    """One of `MESSAGES` about a field."""
    return Objection(
        field=field, code=code, message=MESSAGES[code].format_map(details), details=details
    )
