"""Campaign rules: made, changed, deleted; asked and done by `services/timetable.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.agentless import AGENTLESS, incomplete
from kwabo.domain.campaigns.campaign_rules import (
    choice_of,
    conditions_of,
    fires,
    holds,
    read_campaign_rule,
)
from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.sequences import SequenceState
from kwabo.domain.campaigns.settings import CampaignSettings, forbidden_changes
from kwabo.domain.compliance.zones import zone
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import KwaboError, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.campaign_rules import CampaignRule
from kwabo.ports.firings import Firing
from kwabo.services.campaigns import checked_settings
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.recycling import recycle_now
from kwabo.services.sequences import turn_off, turned_on
from kwabo.services.switching import CAMPAIGN_GONE, Switching
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

ASKED_EVERY: Final = timedelta(seconds=10)
COMMAND_VALID: Final = timedelta(minutes=10)


class CampaignRuleService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[CampaignRule]:
        """Every rule, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.campaign_rules.all()

    async def get(self, asker: Asker, campaign_rule_id: UUID) -> CampaignRule:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.campaign_rules.get(campaign_rule_id))

    async def add(
        self, asker: Asker, name: str, active: bool, document: Mapping[str, Any]
    ) -> CampaignRule:
        """Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        made = CampaignRule(
            campaign_rule_id=self._ids.new(),
            name=checked_name(name),
            active=active,
            document=document,
            held=False,
            fired_on=None,
            due_at=now if active else None,
            version=1,
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check(stores, document)
            await stores.campaign_rules.add(made)
            await self._audit(stores, asker, "campaign_rule.created", made)
        return made

    async def change(
        self,
        asker: Asker,
        campaign_rule_id: UUID,
        version: int,
        *,
        name: str,
        active: bool,
        document: Mapping[str, Any],
    ) -> CampaignRule:
        """Raises as `add`, NotFound, Conflict `STALE_VERSION`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.campaign_rules.get_for_change(campaign_rule_id))
            check_version(version, old.version)
            await _check(stores, document)
            new = replace(
                old,
                name=checked_name(name),
                active=active,
                document=document,
                held=old.held and old.active and old.document == document,
                due_at=now if active else None,
                version=old.version + 1,
                updated_at=now,
            )
            await stores.campaign_rules.put(new)
            await self._audit(stores, asker, "campaign_rule.changed", new)
        return new

    async def delete(self, asker: Asker, campaign_rule_id: UUID) -> None:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.campaign_rules.get_for_change(campaign_rule_id))
            await stores.campaign_rules.delete(campaign_rule_id)
            await self._audit(stores, asker, "campaign_rule.deleted", old)

    async def _audit(self, stores: Stores, asker: Asker, action: str, rule: CampaignRule) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="campaign_rule",
            subject_id=rule.campaign_rule_id,
            at=self._clock.now(),
            details={"name": rule.name, "active": rule.active},
        )


async def ask_due(stores: Stores, switching: Switching, ids: IdFactory, now: datetime) -> bool:
    """Ask one rule that is due, and do what it says if it fires; False when none is due."""
    rule = await stores.campaign_rules.take_due(now)
    if rule is None:
        return False
    document = rule.document
    named = [UUID(c["campaign_id"]) for c in conditions_of(document) if c.get("campaign_id")]
    holds_now = holds(document, await stores.campaign_rules.figures(named), now)
    today = now.astimezone(zone(document["time_zone"]) or UTC).date()
    fire = fires(
        holds_now=holds_now,
        held=rule.held,
        frequency=document["frequency"],
        fired_on=rule.fired_on,
        today=today,
    )
    if fire:
        for action in document["actions"]:
            code = await _do(stores, switching, ids, rule, action, now)
            await stores.firings.add(
                Firing(
                    at=now,
                    source="campaign_rule",
                    source_id=rule.campaign_rule_id,
                    campaign_id=_id(action.get("campaign_id")),
                    sequence_id=_id(action.get("sequence_id")),
                    action=action["type"],
                    code=code,
                    details={
                        "rule": rule.name,
                        "value": action.get("value") or action.get("queue_id"),
                    },
                )
            )
    await stores.campaign_rules.put(
        replace(
            rule,
            held=holds_now,
            fired_on=today if fire else rule.fired_on,
            due_at=now + ASKED_EVERY,
        )
    )
    return True


async def _do(
    stores: Stores,
    switching: Switching,
    ids: IdFactory,
    rule: CampaignRule,
    action: Mapping[str, Any],
    now: datetime,
) -> str:
    """Do one action; '' or the code of why it could not be done."""
    by, kind = f"campaign rule {rule.name}", action["type"]
    if kind in ("turn_on_campaign", "turn_off_campaign"):
        turn = switching.turn_on if kind == "turn_on_campaign" else switching.turn_off
        campaign_id = UUID(action["campaign_id"])
        return (
            await turn(stores, campaign_id, by=by, now=now, valid_until=now + COMMAND_VALID)
        ).code
    if kind in ("turn_on_sequence", "turn_off_sequence"):
        sequence = await stores.sequences.get_for_change(UUID(action["sequence_id"]))
        if sequence is None:
            return "SEQUENCE_GONE"
        runs = sequence.state == SequenceState.RUNNING
        if kind == "turn_on_sequence" and not runs:
            await stores.sequences.put(turned_on(sequence, now))
        elif kind == "turn_off_sequence" and runs:
            await stores.sequences.put(await turn_off(stores, switching, sequence, now))
        return ""
    if kind == "recycle":
        campaign = await stores.campaigns.get(UUID(action["campaign_id"]))
        if campaign is None:
            return CAMPAIGN_GONE
        await recycle_now(
            stores, ids, campaign, choice_of(action), user_id=None, now=now, details={"by": by}
        )
        return ""
    return await _set(stores, ids, action, by, now)


_SETTERS: Final[Mapping[str, Callable[[CampaignSettings, Any], CampaignSettings]]] = {
    "set_priority": lambda settings, value: replace(settings, priority=int(value)),
    "set_dialing_mode": lambda settings, value: replace(settings, mode=str(value)),
    "set_abandon_target": lambda settings, value: replace(settings, abandon_target=value / 100),
    "set_weight": lambda settings, value: replace(settings, weight=int(value)),
    "set_calls_per_agent": lambda settings, value: replace(settings, calls_per_agent=float(value)),
    "set_lines_reserved": lambda settings, value: replace(settings, lines_reserved=int(value)),
    "set_lines_most": lambda settings, value: replace(settings, lines_most=int(value)),
    "change_queue": lambda settings, value: replace(settings, queue_id=UUID(value)),
}


async def _set(
    stores: Stores, ids: IdFactory, action: Mapping[str, Any], by: str, now: datetime
) -> str:
    campaign_id = UUID(action["campaign_id"])
    old = await stores.campaigns.get_for_change(campaign_id)
    if old is None:
        return CAMPAIGN_GONE
    try:
        settings = await checked_settings(
            stores,
            _SETTERS[action["type"]](old.settings, action.get("queue_id") or action["value"]),
            campaign_id,
        )
        refuse(forbidden_changes(old.settings, settings, state=old.state, begun=True))
    except KwaboError as refusal:
        fields = refusal.details.get("fields") or [{"code": refusal.code}]
        return str(fields[0]["code"])
    if settings == old.settings:
        return ""
    await stores.campaigns.change(replace(old, settings=settings, updated_at=now))
    await stores.floor_commands.add(
        ids.new(), "campaign.changed", {"campaign_id": str(campaign_id)}, user_id=None, at=now
    )
    await stores.audit.record(
        "campaign.changed",
        actor_user_id=None,
        subject_kind="campaign",
        subject_id=campaign_id,
        at=now,
        details={"by": by, "fields": [action["type"].removeprefix("set_")]},
    )
    return ""


def _id(given: object) -> UUID | None:
    return UUID(str(given)) if given else None


def _found(rule: CampaignRule | None) -> CampaignRule:
    if rule is None:
        raise NotFound("NOT_FOUND", "There is no such campaign rule.")
    return rule


async def _check(stores: Stores, document: Mapping[str, Any]) -> None:
    ids = [
        found
        for part in (*conditions_of(document), *document["actions"])
        if (found := _uuid(part.get("campaign_id"))) is not None
    ]
    known = frozenset(await stores.sequences.campaign_states(ids))
    sequences = frozenset(one.sequence_id for one in await stores.sequences.all())
    queues = frozenset(one.queue_id for one in await stores.queues.all())
    codes = frozenset(one.wrap_up_code_id for one in await stores.wrap_up_codes.all())
    wrong = read_campaign_rule(document, known, sequences, queues, codes)
    refuse(wrong or await _wrong_modes(stores, document))


async def _wrong_modes(stores: Stores, document: Mapping[str, Any]) -> list[Objection]:
    """Campaigns that are to call without agents have a flow and lines for it."""
    found: list[Objection] = []
    for index, action in enumerate(document["actions"]):
        if action.get("type") != "set_dialing_mode" or action.get("value") != AGENTLESS:
            continue
        campaign = await stores.campaigns.get(UUID(action["campaign_id"]))
        if campaign is not None:
            settings = replace(campaign.settings, mode=AGENTLESS)
            found += [replace(one, field=f"actions.{index}.value") for one in incomplete(settings)]
    return found


def _uuid(given: object) -> UUID | None:
    try:
        return UUID(str(given))
    except ValueError:
        return None
