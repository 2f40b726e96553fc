"""What the law and the organisation demand of a campaign's calls.

A campaign names a preset or follows the organisation's, and may only be stricter; `objections` says
where it is not, for its settings and, as `CAMPAIGN_NOT_LAWFUL`, before every attempt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.consents import PROSPECTING
from kwabo.domain.compliance.fraud_guard import FraudGuard, Usage
from kwabo.domain.compliance.preset import WINDOWS, Preset, preset_of
from kwabo.domain.compliance.screening import Screening, ScreeningDemand
from kwabo.domain.contacts.phone_numbers import E164, kind_of
from kwabo.kernel.records import quickly_made

AUTOMATED = frozenset(
    {"progressive", "power", "predictive", "agentless"}
)  # the dialler decides when to call


class LawfulSettings(Protocol):
    """What of a campaign the law looks at."""

    @property
    def mode(self) -> str: ...
    @property
    def caller_id(self) -> str: ...
    @property
    def abandon_target(self) -> float: ...
    @property
    def abandon_window(self) -> str: ...
    @property
    def no_answer_timeout_seconds(self) -> int: ...
    @property
    def compliance_preset(self) -> str | None: ...
    @property
    def consent_purpose(self) -> str: ...
    @property
    def consent_required(self) -> bool: ...
    @property
    def contract_calls(self) -> bool: ...
    @property
    def sector(self) -> str: ...
    @property
    def dnc_list_ids(self) -> tuple[UUID, ...]: ...


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLaw:
    """What an organisation has chosen for all its campaigns, as of a transaction."""

    preset_id: str = "none"  # for campaigns that name none
    guard: FraudGuard | None = None  # None: none is kept (simulations)
    usage: Usage = field(default_factory=Usage)
    caller_ids: frozenset[str] | None = None  # of its trunks; None: not known here
    screenings: tuple[Screening, ...] | None = None  # lists of authorities; None: not known here


@dataclass(frozen=True, slots=True, kw_only=True)
class LawObjection:
    """One setting that is laxer than the law."""

    field: str
    code: str
    limit: str  # what the law asks for, to be filled into the message
    preset_id: str


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What is demanded of one campaign's calls."""

    preset: Preset
    mode: str = "progressive"
    consent_purpose: str | None = None  # None: no consent is needed
    guard: FraudGuard | None = None
    usage: Usage = field(default_factory=Usage)
    objections: tuple[LawObjection, ...] = ()
    screening: ScreeningDemand | None = None  # None: none is demanded

    @property
    def agent_is_guaranteed(self) -> bool:
        """Whether a person is certain to speak: an agent was held before the call."""
        return self.mode == "preview"


NO_LAW = Law(preset=preset_of("none"))


def law_of(settings: LawfulSettings, organisation: OrganisationLaw) -> Law:
    """What is demanded of a campaign with these settings."""
    preset = preset_of(effective_preset(settings.compliance_preset, organisation.preset_id))
    return Law(
        preset=preset,
        mode=settings.mode,
        consent_purpose=consent_needed(settings, preset),
        guard=organisation.guard,
        usage=organisation.usage,
        objections=objections(settings, preset, organisation.caller_ids),
        screening=_screening(settings, preset, organisation.screenings),
    )


def _screening(
    settings: LawfulSettings, preset: Preset, known: tuple[Screening, ...] | None
) -> ScreeningDemand | None:
    """Calls within an ongoing contract are no direct marketing: nothing is screened for them."""
    if known is None or preset.screening_days is None or settings.contract_calls:
        return None
    own = settings.dnc_list_ids
    return ScreeningDemand(
        days=preset.screening_days,
        lists=tuple(one for one in known if one.organisation_wide or one.dnc_list_id in own),
    )


def effective_preset(campaigns: str | None, organisations: str) -> str:
    """The campaign's own preset, else the organisation's."""
    return organisations if campaigns is None else campaigns


def consent_needed(settings: LawfulSettings, preset: Preset) -> str | None:
    """The purpose for which consent must be proven; None: none is needed."""
    demanded = preset.consent_required
    if demanded and settings.contract_calls and preset.consent_contract_exception:
        demanded = False
    return (
        settings.consent_purpose or PROSPECTING if demanded or settings.consent_required else None
    )


def objections(
    settings: LawfulSettings, preset: Preset, caller_ids: frozenset[str] | None = None
) -> tuple[LawObjection, ...]:
    """Where the settings are laxer than the preset, in the order of the form."""
    found: list[LawObjection] = []

    def object_to(name: str, code: str, limit: object) -> None:
        objection = LawObjection(
            field=name, code=code, limit=str(limit), preset_id=preset.preset_id
        )
        found.append(objection)

    if preset.abandon_target is not None and settings.abandon_target > preset.abandon_target:
        object_to("abandon_target", "LAW_ABANDON_TARGET", f"{preset.abandon_target * 100:g} %")
    if preset.abandon_window is not None and _longer(
        settings.abandon_window, preset.abandon_window
    ):
        object_to("abandon_window", "LAW_ABANDON_WINDOW", preset.abandon_window)
    if preset.ring_seconds is not None and (
        settings.no_answer_timeout_seconds < preset.ring_seconds
    ):
        object_to("no_answer_timeout_seconds", "LAW_RING_SECONDS", preset.ring_seconds)
    if settings.sector in preset.sectors_banned:
        object_to("sector", "LAW_SECTOR", settings.sector)
    if (
        settings.contract_calls
        and preset.consent_required
        and not preset.consent_contract_exception
    ):
        object_to("contract_calls", "LAW_NO_EXCEPTION", preset.preset_id)
    found += _about_caller_id(settings, preset, caller_ids)
    return tuple(found)


def _longer(window: str, most: str) -> bool:
    if window not in WINDOWS:
        return True  # refused elsewhere as unknown, and certainly not stricter
    return WINDOWS.index(window) > WINDOWS.index(most)


def _about_caller_id(
    settings: LawfulSettings, preset: Preset, caller_ids: frozenset[str] | None
) -> list[LawObjection]:
    shown = settings.caller_id

    def one(code: str, limit: object) -> list[LawObjection]:
        return [
            LawObjection(field="caller_id", code=code, limit=str(limit), preset_id=preset.preset_id)
        ]

    if preset.caller_id_required:
        if not E164.fullmatch(shown):
            return one("LAW_CALLER_ID_NEEDED", "E.164")
        if caller_ids is not None and shown not in caller_ids:
            return one("LAW_CALLER_ID_NOT_OWN", ", ".join(sorted(caller_ids)) or "–")
    if (
        preset.caller_id_kinds_denied
        and E164.fullmatch(shown)
        and (kind := str(kind_of(shown))) in preset.caller_id_kinds_denied
    ):
        return one("LAW_CALLER_ID_KIND", kind)
    # The country's rules are about its own numbering plan, and about machines that dial.
    if settings.mode not in AUTOMATED:
        return []
    denied = preset.caller_id_prefixes_denied
    if denied and shown.startswith(denied):
        return one("LAW_CALLER_ID_DENIED", ", ".join(denied))
    if preset.caller_id_prefixes and not shown.startswith(preset.caller_id_prefixes):
        return one("LAW_CALLER_ID_PREFIX", ", ".join(preset.caller_id_prefixes))
    return []
