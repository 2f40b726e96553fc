"""Rule sets: made, checked, given to campaigns, tried on contacts without doing anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.document import (
    Kind,
    Known,
    Rule,
    RuleSet,
    columns_changed,
    columns_of,
    read_rules,
)
from kwabo.domain.campaigns.rule_sets.evaluate import rule_on
from kwabo.domain.campaigns.rule_sets.facts import CallFacts
from kwabo.domain.campaigns.rule_sets.problems import problem
from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.campaigns.wrap_up import EDITABLE_KINDS
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.routing.skills import skill_of
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.campaigns import Campaign
from kwabo.ports.rule_sets import KeptRuleSet, RuledContact, RuleFiring
from kwabo.services.campaigns import found_campaign
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.rulings import before_call
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

MOST_OF_CAMPAIGN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What the rules would do with one contact."""

    contact_id: UUID
    contact_name: str  # or the first number of a contact without a name
    number: str | None  # that would be called, or was
    reason: str  # why none would be called
    fired: tuple[str, ...]  # names, in order
    actions: tuple[str, ...]  # types, in order
    data: Mapping[str, str]  # columns that would change


class RuleSetService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[KeptRuleSet]:
        """Every rule set, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.rule_sets.all()

    async def get(self, asker: Asker, rule_set_id: UUID) -> KeptRuleSet:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.rule_sets.get(rule_set_id))

    async def add(
        self, asker: Asker, name: str, kind: str, rules: Sequence[Mapping[str, Any]]
    ) -> KeptRuleSet:
        """Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        made = KeptRuleSet(
            rule_set_id=self._ids.new(),
            name=checked_name(name),
            kind=kind,
            document={"rules": list(rules)},
            version=1,
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check(stores, made)
            await stores.rule_sets.add(made)
            await self._audit(stores, asker, "rule_set.created", made)
        return made

    async def change(
        self,
        asker: Asker,
        rule_set_id: UUID,
        version: int,
        *,
        name: str | None,
        rules: Sequence[Mapping[str, Any]] | None,
    ) -> KeptRuleSet:
        """Campaigns that ask it are told in the same transaction. Raises as `add`, NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.rule_sets.get_for_change(rule_set_id))
            check_version(version, old.version)
            new = replace(
                old,
                name=old.name if name is None else checked_name(name),
                document=old.document if rules is None else {"rules": list(rules)},
                version=old.version + 1,
                updated_at=self._clock.now(),
            )
            read = await _check(stores, new)
            for campaign_id in await stores.rule_sets.campaigns_of(rule_set_id):
                campaign = found_campaign(await stores.campaigns.get(campaign_id))
                refuse(await _unfit(stores, campaign, new.name, read, "rules"))
                await self._tell(stores, asker, campaign_id)
            await stores.rule_sets.change(new)
            await self._audit(stores, asker, "rule_set.changed", new)
        return new

    async def delete(self, asker: Asker, rule_set_id: UUID) -> None:
        """Raises NotFound, Conflict `RULE_SET_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.rule_sets.get_for_change(rule_set_id))
            check_unused(
                "RULE_SET_IN_USE",
                old.campaigns,
                "These campaigns ask the rule set: {names}. Take it away from them first.",
            )
            await stores.rule_sets.delete(rule_set_id)
            await self._audit(stores, asker, "rule_set.deleted", old)

    # ── Campaigns ────────────────────────────────────────────────────────────────────────────────

    async def of_campaign(self, asker: Asker, campaign_id: UUID) -> Sequence[KeptRuleSet]:
        """In the campaign's order. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(campaign_id))
            return await stores.rule_sets.of_campaign(campaign_id)

    async def give(
        self, asker: Asker, campaign_id: UUID, rule_set_ids: Sequence[UUID]
    ) -> Sequence[KeptRuleSet]:
        """Have the campaign ask these, from the next contact on. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get_for_change(campaign_id))
            if len(rule_set_ids) > MOST_OF_CAMPAIGN:
                raise Invalid(
                    "TOO_MANY",
                    f"Give at most {MOST_OF_CAMPAIGN} of them.",
                    field="rule_set_ids",
                    details={"most": MOST_OF_CAMPAIGN},
                )
            wanted = list(dict.fromkeys(rule_set_ids))
            for rule_set_id in wanted:
                kept = await stores.rule_sets.get(rule_set_id)
                if kept is None:
                    raise Invalid(
                        "RULE_SET_UNKNOWN",
                        "One of the rule sets does not exist. Load the page again.",
                        field="rule_set_ids",
                    )
                rules, _ = read_rules(kept.document, Kind(kept.kind), Known())
                refuse(await _unfit(stores, campaign, kept.name, rules, "rule_set_ids"))
            await stores.rule_sets.give(campaign_id, wanted)
            await self._tell(stores, asker, campaign_id)
            given = await stores.rule_sets.of_campaign(campaign_id)
            await stores.audit.record(
                "campaign.rule_sets_given",
                actor_user_id=asker.user_id,
                subject_kind="campaign",
                subject_id=campaign_id,
                at=self._clock.now(),
                details={"name": campaign.settings.name, "rule_sets": [r.name for r in given]},
            )
        return given

    async def try_out(
        self,
        asker: Asker,
        rule_set_id: UUID,
        campaign_id: UUID,
        *,
        contacts: int,
        result: str,
        wrap_up_code_id: UUID | None,
    ) -> Sequence[Tried]:
        """What the rules would do with the first contacts of the campaign's list, as of now.

        Nothing is changed. Rules at the wrap-up are told this result and outcome.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept = _found(await stores.rule_sets.get(rule_set_id))
            found_campaign(await stores.campaigns.get(campaign_id))
            codes = {code.wrap_up_code_id for code in await stores.wrap_up_codes.all()}
            if wrap_up_code_id is not None and wrap_up_code_id not in codes:
                raise Invalid(
                    "WRAP_UP_CODE_UNKNOWN",
                    "There is no such wrap-up code.",
                    field="wrap_up_code_id",
                )
            rule_set = as_rule_set(kept)
            kind = rule_set.kind
            found = await stores.rule_sets.some_contacts(campaign_id, contacts, (rule_set,))
        if kind is Kind.PRE_CALL:
            return [self._before(rule_set, one, campaign_id) for one in found]
        return [self._after(rule_set, one, result, wrap_up_code_id) for one in found]

    def _before(self, rule_set: RuleSet, contact: RuledContact, campaign_id: UUID) -> Tried:
        now = self._clock.now()
        numbers = [number for number in contact.numbers if number.callable]
        before = before_call(
            (rule_set,),
            contact.facts,
            numbers,
            campaign_id=campaign_id,
            promised=False,
            now=now,
        )
        return Tried(
            contact_id=contact.facts.contact_id,
            contact_name=_known_as(contact),
            number=before.number,
            reason=before.reason if numbers else "NO_CALLABLE_NUMBER",
            fired=tuple(one.name for one in before.fired),
            actions=tuple(action for one in before.fired for action in one.actions),
            data=before.data,
        )

    def _after(
        self,
        rule_set: RuleSet,
        contact: RuledContact,
        result: str,
        wrap_up_code_id: UUID | None,
    ) -> Tried:
        number = contact.numbers[0] if contact.numbers else None
        call = CallFacts(
            number=number.number if number else "",
            label=number.label if number else "",
            result=result,
            wrap_up_code_id=wrap_up_code_id,
            answer_analysed=True,
        )
        ruling = rule_on((rule_set,), contact.facts, call, self._clock.now(), before_call=False)
        return Tried(
            contact_id=contact.facts.contact_id,
            contact_name=_known_as(contact),
            number=number.number if number else None,
            reason="",
            fired=tuple(one.name for one in ruling.fired),
            actions=tuple(action for one in ruling.fired for action in one.actions),
            data=ruling.data,
        )

    # ── What fired ───────────────────────────────────────────────────────────────────────────────

    async def of_attempt(self, asker: Asker, attempt_id: UUID) -> Sequence[RuleFiring]:
        """Rules that fired for an attempt, in the order in which they did. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if await stores.attempts.get(attempt_id) is None:
                raise NotFound("NOT_FOUND", "There is no such attempt.")
            found = await stores.rule_sets.firings(attempt_id=attempt_id, limit=500)
        return list(reversed(found))

    async def firings(
        self, asker: Asker, campaign_id: UUID, *, limit: int, token: str | None
    ) -> Page[RuleFiring]:
        """Rules that fired in a campaign, the newest first. Raises NotFound."""
        position = position_of(token, int)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(campaign_id))
            found = await stores.rule_sets.firings(
                campaign_id=campaign_id,
                before=position[0] if position else None,
                limit=limit + 1,
            )
        more, found = len(found) > limit, found[:limit]
        token = page_token(found[-1].rule_firing_id) if more else None
        return Page(items=found, next_page_token=token, total=None)

    async def _tell(self, stores: Stores, asker: Asker, campaign_id: UUID) -> None:
        await stores.floor_commands.add(
            self._ids.new(),
            "campaign.changed",
            {"campaign_id": str(campaign_id)},
            user_id=asker.user_id,
            at=self._clock.now(),
        )

    async def _audit(
        self, stores: Stores, asker: Asker, action: str, rule_set: KeptRuleSet
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="rule_set",
            subject_id=rule_set.rule_set_id,
            at=self._clock.now(),
            details={"name": rule_set.name, "kind": rule_set.kind, "version": rule_set.version},
        )


def as_rule_set(kept: KeptRuleSet) -> RuleSet:
    """With its rules read."""
    kind = Kind(kept.kind)
    rules, _ = read_rules(kept.document, kind, Known())
    return RuleSet(rule_set_id=kept.rule_set_id, name=kept.name, kind=kind, rules=rules)


def _found(rule_set: KeptRuleSet | None) -> KeptRuleSet:
    if rule_set is None:
        raise NotFound("NOT_FOUND", "There is no such rule set.")
    return rule_set


async def _check(stores: Stores, rule_set: KeptRuleSet) -> tuple[Rule, ...]:
    """The rules, everything they name existing. Raises Invalid with every path."""
    organisation = await stores.organisations.get()
    known = Known(
        wrap_up_codes=frozenset(c.wrap_up_code_id for c in await stores.wrap_up_codes.all()),
        dnc_lists={
            one.dnc_list_id: one.key_column
            for one in await stores.dnc_lists.all()
            if one.provider is None
        },
        caller_ids=frozenset(n for t in await stores.trunks.all() for n in t.caller_ids),
        region=organisation.region if organisation else "BJ",
        data_actions={one.data_action_id: one.settings for one in await stores.data_actions.all()},
        skills=frozenset(skill_of(one.skill_id) for one in await stores.skills.all()),
    )
    rules, objections = read_rules(rule_set.document, Kind(rule_set.kind), known)
    refuse(objections)
    return rules


async def _unfit(
    stores: Stores, campaign: Campaign, name: str, rules: Sequence[Rule], field: str
) -> list[Objection]:
    """Columns that the campaign's list lacks, or that rules may not change."""
    contact_list = await stores.contact_lists.get(campaign.settings.contact_list_id)
    kinds = {c.name: c.kind for c in contact_list.columns} if contact_list else {}
    keys = contact_list.key_columns if contact_list else ()
    found = []
    missing = sorted(columns_of(rules) - set(kinds))
    told = {"rule_set": name, "campaign": campaign.settings.name}
    if missing:
        found.append(problem(field, "RULE_COLUMN_MISSING", columns=", ".join(missing), **told))
    fixed = sorted(
        column
        for column in columns_changed(rules) & set(kinds)
        if kinds[column] not in EDITABLE_KINDS or column in keys
    )
    if fixed:
        found.append(problem(field, "RULE_COLUMN_FIXED", columns=", ".join(fixed), **told))
    return found


def _known_as(contact: RuledContact) -> str:
    return contact.name or (contact.numbers[0].number if contact.numbers else "")
