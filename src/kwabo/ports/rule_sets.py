"""Rule sets as they are kept, which campaigns ask them, and which rules fired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.compliance.candidate import CandidateNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRuleSet:
    """A rule set with its document."""

    rule_set_id: UUID
    name: str
    kind: str  # pre_call | wrap_up
    document: Mapping[str, Any]
    campaigns: tuple[str, ...] = ()  # names of those that ask it
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFiring:
    """A rule that fired. The names are those of then."""

    rule_firing_id: int
    at: datetime
    kind: str
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None  # None: it kept the call from being made
    rule_set_id: UUID
    rule_set_name: str
    rule: int
    name: str
    number: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledContact:
    """A contact for a dry run."""

    facts: ContactFacts
    name: str  # from the columns of its list; '' when its record has no text
    numbers: tuple[CandidateNumber, ...]


class RuleSetStore(Protocol):
    """The rule sets of the transaction's organisation."""

    async def add(self, rule_set: KeptRuleSet) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, rule_set_id: UUID) -> KeptRuleSet | None: ...

    async def get_for_change(self, rule_set_id: UUID) -> KeptRuleSet | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[KeptRuleSet]:
        """By name."""
        ...

    async def change(self, rule_set: KeptRuleSet) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, rule_set_id: UUID) -> None: ...

    async def of_campaign(self, campaign_id: UUID) -> Sequence[KeptRuleSet]:
        """Those that the campaign asks, in its order."""
        ...

    async def give(self, campaign_id: UUID, rule_set_ids: Sequence[UUID]) -> None:
        """Have the campaign ask these, in this order."""
        ...

    async def campaigns_of(self, rule_set_id: UUID) -> Sequence[UUID]:
        """Campaigns that ask it."""
        ...

    async def firings(
        self,
        *,
        attempt_id: UUID | None = None,
        campaign_id: UUID | None = None,
        before: int | None = None,
        limit: int,
    ) -> Sequence[RuleFiring]:
        """The newest first."""
        ...

    async def some_contacts(
        self, campaign_id: UUID, limit: int, rule_sets: Sequence[RuleSet]
    ) -> Sequence[RuledContact]:
        """The first contacts of a campaign's list, with what these rules know of them."""
        ...

    async def facts(
        self, campaign_id: UUID, contact_ids: Sequence[UUID], rule_sets: Sequence[RuleSet]
    ) -> Mapping[UUID, ContactFacts]:
        """What these rules know of contacts."""
        ...
