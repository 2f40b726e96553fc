"""Presets of law, and what an organisation has chosen of law and guard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.attempts import AttemptRow
from kwabo.api.consents import ConsentAnswer
from kwabo.api.models import Answer, RequestBody, UtcTime
from kwabo.domain.compliance.fraud_guard import Cap
from kwabo.domain.compliance.preset import Preset
from kwabo.domain.organisations.asker import Asker
from kwabo.services.compliance import ComplianceView
from kwabo.services.proofs import CallProof

router = APIRouter(tags=["compliance"])

PresetReader = Annotated[Asker, requires("campaigns.read", "settings.read")]
Reader = Annotated[Asker, requires("settings.read")]
Writer = Annotated[Asker, requires("settings.write")]
ProofReader = Annotated[Asker, requires("campaigns.read", "reports.read")]

Country = Annotated[str, Field(max_length=10)]
Money = Annotated[float, Field(ge=0, le=1e12)]


class PresetValueAnswer(Answer):
    """One demand of a preset."""

    name: str
    value: Any
    basis: Literal["law", "practice", "default"]
    kept_by: Literal["program", "people"]
    source: str
    source_fr: str
    read: date


class PresetAnswer(Answer):
    """What a country demands, with sources."""

    preset_id: str
    version: str
    country: str
    names: dict[str, str]
    values: list[PresetValueAnswer]


class PresetsAnswer(Answer):
    """Every preset."""

    items: list[PresetAnswer]


class OrganisationPresetAnswer(Answer):
    """The organisation's own."""

    preset: str


class CapBody(RequestBody):
    """At most so many calls in each minute, hour or day; no country: over all."""

    country: Annotated[str, Field(max_length=2)] = ""
    per: Literal["minute", "hour", "day"]
    most: int


class CapAnswer(Answer):
    """A cap and what is used of it now."""

    country: str
    per: str
    most: int
    used: int


class SpendAnswer(Answer):
    """A budget and what was spent of it, what is reserved included."""

    per: str
    most: float | None
    spent: float


class ComplianceAnswer(Answer):
    """The organisation's settings."""

    preset: str
    countries: list[str] | None
    allowed_countries: list[str]
    number_kinds: list[str]
    denied_prefixes: list[str]
    always_denied: dict[str, dict[str, str]]
    always_denied_source: str
    caps: list[CapAnswer]
    tariffs: dict[str, float]
    spend_per_day: float | None
    spend_per_month: float | None
    spending: list[SpendAnswer]
    reserved_minutes: int
    opt_out: bool
    opt_out_key: str
    message_media: str
    confirmation_media: str
    warnings: list[str]
    version: int
    updated_at: UtcTime | None

    @classmethod
    def of(cls, view: ComplianceView) -> ComplianceAnswer:
        """The answer for the settings."""
        settings = view.settings
        return cls(
            preset=settings.preset,
            countries=None if settings.countries is None else list(settings.countries),
            allowed_countries=list(view.countries),
            number_kinds=list(settings.number_kinds),
            denied_prefixes=list(settings.denied_prefixes),
            always_denied={p: dict(names) for p, names in view.always_denied.items()},
            always_denied_source=view.always_denied_source,
            caps=[CapAnswer.model_validate(cap) for cap in view.caps],
            tariffs={prefix: float(price) for prefix, price in settings.tariffs.items()},
            spend_per_day=_plain(settings.spend_per_day),
            spend_per_month=_plain(settings.spend_per_month),
            spending=[SpendAnswer.model_validate(one) for one in view.spending],
            reserved_minutes=settings.reserved_minutes,
            opt_out=settings.opt_out,
            opt_out_key=settings.opt_out_key,
            message_media=settings.message_media,
            confirmation_media=settings.confirmation_media,
            warnings=list(view.warnings),
            version=settings.version,
            updated_at=settings.updated_at,
        )


def _plain(money: Decimal | None) -> float | None:
    return None if money is None else float(money)


class CompliancePatch(RequestBody):
    """What to change; null for `countries`: the organisation's region; for a budget: none."""

    version: int
    preset: str | None = None
    countries: Annotated[
        list[Annotated[str, Field(max_length=10)]] | None, Field(max_length=300)
    ] = None
    number_kinds: Annotated[list[str] | None, Field(max_length=20)] = None
    denied_prefixes: Annotated[list[str] | None, Field(max_length=5000)] = None
    caps: Annotated[list[CapBody] | None, Field(max_length=1000)] = None
    tariffs: dict[str, Money] | None = None
    spend_per_day: Money | None = None
    spend_per_month: Money | None = None
    reserved_minutes: int | None = None
    opt_out: bool | None = None
    opt_out_key: Annotated[str | None, Field(max_length=10)] = None
    message_media: Annotated[str | None, Field(max_length=300)] = None
    confirmation_media: Annotated[str | None, Field(max_length=300)] = None

    def values(self) -> dict[str, Any]:
        """Fields of ComplianceSettings."""
        given = self.changes(nullable={"countries", "spend_per_day", "spend_per_month"})
        given.pop("version")
        for name in ("countries", "number_kinds", "denied_prefixes"):
            if given.get(name) is not None:
                given[name] = tuple(given[name])
        if "caps" in given:
            caps = self.caps or []
            given["caps"] = tuple(Cap(country=c.country, per=c.per, most=c.most) for c in caps)
        if "tariffs" in given:
            given["tariffs"] = {p: _money(price) for p, price in given["tariffs"].items()}
        for name in ("spend_per_day", "spend_per_month"):
            if given.get(name) is not None:
                given[name] = _money(given[name])
        return given


def _money(value: float) -> Decimal:
    return Decimal(str(value))


class ProofAnswer(Answer):
    """All that is kept of one call, as proof."""

    organisation: str
    made_at: UtcTime
    attempt: AttemptRow
    preset_id: str
    preset_version: str
    preset_names: dict[str, str]
    preset_values: list[PresetValueAnswer]
    preset_changed_since: bool
    consent: ConsentAnswer | None
    rules: list[str]
    dnc_list_names: list[str]

    @classmethod
    def of(cls, proof: CallProof) -> ProofAnswer:
        """The answer for a proof."""
        return cls(
            organisation=proof.organisation,
            made_at=proof.made_at,
            attempt=AttemptRow.of(proof.attempt),
            preset_id=proof.law.preset_id,
            preset_version=proof.law.preset_version,
            preset_names=dict(proof.preset.names),
            preset_values=_values(proof.preset),
            preset_changed_since=proof.preset.version != proof.law.preset_version,
            consent=None if proof.consent is None else ConsentAnswer.of(proof.consent),
            rules=list(proof.law.because),
            dnc_list_names=list(proof.law.dnc_list_names),
        )


def _values(preset: Preset) -> list[PresetValueAnswer]:
    return [PresetValueAnswer.model_validate(value) for value in preset.values]


@router.get("/compliance/presets")
async def list_presets(asker: PresetReader, services: TheServices) -> PresetsAnswer:
    """Every preset with its sources, the one without demands first."""
    return PresetsAnswer(
        items=[
            PresetAnswer(
                preset_id=preset.preset_id,
                version=preset.version,
                country=preset.country,
                names=dict(preset.names),
                values=_values(preset),
            )
            for preset in services.compliance.presets()
        ]
    )


@router.get("/compliance/preset")
async def organisation_preset(
    asker: PresetReader, services: TheServices
) -> OrganisationPresetAnswer:
    """The id of the organisation's preset, for campaigns that name none."""
    found = await services.compliance.get(asker)
    return OrganisationPresetAnswer(preset=found.settings.preset)


@router.get("/compliance")
async def get_compliance(asker: Reader, services: TheServices) -> ComplianceAnswer:
    """The organisation's law and guard, and what is used of its caps now."""
    return ComplianceAnswer.of(await services.compliance.get(asker))


@router.patch("/compliance")
async def change_compliance(
    body: CompliancePatch, asker: Writer, services: TheServices
) -> ComplianceAnswer:
    """Change law and guard; effective at once."""
    return ComplianceAnswer.of(await services.compliance.change(asker, body.version, body.values()))


@router.get("/attempts/{attempt_id}/proof")
async def call_proof(attempt_id: UUID, asker: ProofReader, services: TheServices) -> ProofAnswer:
    """Who called whom, when, by which law, on what consent, what was played."""
    return ProofAnswer.of(await services.proofs.of_attempt(asker, attempt_id))
