"""Contacts that a floor asks for, and what all rules say of calling them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.kernel.records import quickly_made
from kwabo.ports.floor_rows import AttemptRow, CampaignRow, KeptPlace


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRequest:
    """Contacts wanted: one for each agent, or a number of them for nobody in particular."""

    campaign: CampaignRow
    attempt_ids: Sequence[UUID]  # ids for the attempts to make, one for each contact wanted
    agent_user_ids: Sequence[UUID]
    for_nobody: int = 0  # contacts whose answer goes to whoever is free then
    offer: bool  # make preview offers, not calls
    now: datetime
    order_filled: int | None = None  # as the last claim told; None: count it
    others: Sequence[UUID] = ()  # also free: each may take a callback of their own in place of one
    only: UUID | None = None  # this contact, for the agent whom its place in a queue has brought …
    place: KeptPlace | None = None  # … which is this one
    routing: Mapping[str, Any] = field(default_factory=dict)  # why the agent
    previews_only: bool = False  # of contacts that wait for an agent to look at them first
    spare: Sequence[UUID] = ()  # free too: one is held for a call for nobody that asks for skills
    skills: Mapping[UUID, frozenset[str]] = field(default_factory=dict)  # of the agents named here
    common: frozenset[str] = frozenset()  # skills that everybody at work for the campaign has


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswer:
    """Attempts made, all rules having agreed; each is already written."""

    attempts: Sequence[AttemptRow]
    next_attempt_at: datetime | None  # when fewer than wanted: the earliest later chance
    next_reason: str  # rule code that stands in the way of that chance
    exhausted: bool  # no contact is or will be callable as things stand
    unseen: bool = False  # there are contacts that the campaign has not come to
    more: bool = False  # not all contacts were looked at; ask again at once
    finished: int = 0  # contacts that a rule has finished in this claim
    upcoming: Sequence[str] = ()  # first numbers of the contacts looked at next, as far as known
    previews_waiting: bool = False  # contacts were left for an agent to look at first
    order_filled: int | None = None  # contacts put in order so far, while that keeps all waiting


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CallProof:
    """By which law a call was allowed."""

    preset_id: str
    preset_version: str
    consent_id: UUID | None  # the line of the ledger, where consent was needed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckAnswer:
    """Whether an offered contact may be called now, on this number."""

    allowed: bool
    code: str
    retry_at: datetime | None
    number: str | None
    proof: CallProof | None = None  # when allowed
