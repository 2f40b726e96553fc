"""Objections to a campaign's settings that the law makes, beside those of the program."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kwabo.domain.campaigns.settings import CampaignSettings, Objection
from kwabo.domain.compliance.law import OrganisationLaw, effective_preset, objections
from kwabo.domain.compliance.preset import PRESET_IDS, SECTORS, preset_of

PURPOSE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")

# Code → (what is wrong, the mend); {limit} and {preset_id} are filled in.
MESSAGES: Mapping[str, str] = {
    "LAW_ABANDON_TARGET": "The preset {preset_id} allows an abandon target of at most {limit}: "
    "lower it.",
    "LAW_ABANDON_WINDOW": "The preset {preset_id} counts abandons over the window {limit}: "
    "choose that window.",
    "LAW_RING_SECONDS": "The preset {preset_id} lets a call ring for at least {limit} seconds: "
    "raise the ringing time.",
    "LAW_SECTOR": "The preset {preset_id} forbids calls about this sector ({limit}): such a "
    "campaign cannot run.",
    "LAW_NO_EXCEPTION": "The preset {preset_id} needs consent for calls about a contract too: "
    "switch the exception off.",
    "LAW_CALLER_ID_NEEDED": "The preset {preset_id} needs a number that is shown and can be "
    "called back: choose one in the form {limit}.",
    "LAW_CALLER_ID_NOT_OWN": "The preset {preset_id} allows only numbers of the organisation's "
    "trunks: {limit}.",
    "LAW_CALLER_ID_KIND": "The preset {preset_id} forbids to show a number of this kind ({limit}): "
    "choose another.",
    "LAW_CALLER_ID_DENIED": "The preset {preset_id} forbids automated dialling to show numbers "
    "that begin with {limit}: choose another, or the mode preview.",
    "LAW_CALLER_ID_PREFIX": "The preset {preset_id} lets automated dialling show only numbers that "
    "begin with {limit}: choose one, or the mode preview.",
}


def law_objections(settings: CampaignSettings, organisation: OrganisationLaw) -> list[Objection]:
    """Unknown choices, and every setting that is laxer than the preset."""
    found = _choices(settings)
    if found:
        return found
    preset = preset_of(effective_preset(settings.compliance_preset, organisation.preset_id))
    for one in objections(settings, preset, organisation.caller_ids):
        details = {"limit": one.limit, "preset_id": one.preset_id}
        message = MESSAGES[one.code].format_map(details)
        found.append(Objection(field=one.field, code=one.code, message=message, details=details))
    return found


def _choices(settings: CampaignSettings) -> list[Objection]:
    found = []
    if settings.compliance_preset is not None and settings.compliance_preset not in PRESET_IDS:
        choices = ", ".join(PRESET_IDS)
        found.append(
            Objection(
                field="compliance_preset",
                code="PRESET_UNKNOWN",
                message=f"Choose a preset: {choices}; or none of one's own (null).",
                details={"presets": choices},
            )
        )
    if not PURPOSE.fullmatch(settings.consent_purpose):
        found.append(
            Objection(
                field="consent_purpose",
                code="CONSENT_PURPOSE",
                message="Name the purpose with small letters, digits, - and _: prospecting.",
            )
        )
    if settings.sector and settings.sector not in SECTORS:
        choices = ", ".join(SECTORS)
        found.append(
            Objection(
                field="sector",
                code="SECTOR_UNKNOWN",
                message=f"Choose a sector: {choices}; or leave it empty.",
                details={"sectors": choices},
            )
        )
    return found
