"""Callbacks as supervisors and their owners handle them.

Everything that changes one takes the contact's course first, as the floor does, so that a callback
never changes under the call that keeps it; the floor is told in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.callbacks.lawful import LawfulTime, lawful_time
from kwabo.domain.callbacks.lifecycle import MACHINE, phase_of, stored
from kwabo.domain.callbacks.ownership import free_at, latest_of, takeover_at
from kwabo.domain.campaigns.callback_settings import callback_terms
from kwabo.domain.campaigns.explanation import terms_of
from kwabo.domain.campaigns.wrap_up import LATEST_CALLBACK
from kwabo.domain.compliance.candidate import CandidateCallback
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import permissions_of
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.callbacks import Callback, CallbackChange, CallbackCounts, CallbackQuery
from kwabo.ports.campaigns import Campaign
from kwabo.services.campaigns import found_campaign
from kwabo.services.pages import Page, moment_behind, page_token
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.wrap_ups import own_attempt

MOST_OF_ONES_OWN: Final = 200
MISSED_SHOWN: Final = timedelta(days=7)  # to their owner, and in counts
HINT: Final = "campaign.callbacks.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCallback:
    """A callback with what its campaign makes of it."""

    callback: Callback
    state: str  # as people see it
    takeover_at: datetime | None  # from when on somebody else may take it; None: it has no owner
    free_at: datetime | None  # from when on it is anyone's by itself
    latest_at: datetime  # not made from then on
    remind_at: datetime | None  # when its owner is reminded


class CallbackService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────

    async def find(
        self, asker: Asker, query: CallbackQuery, token: str | None
    ) -> Page[SeenCallback]:
        """A page. `query`: all but `now` and the place. Raises Invalid `PAGE_TOKEN`."""
        limit = query.limit
        query = replace(query, now=self._clock.now(), after=moment_behind(token), limit=limit + 1)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.callbacks.find(query)
            seen = await self._seen(stores, found[:limit])
        last = found[limit - 1] if len(found) > limit else None
        return Page(
            items=seen,
            next_page_token=page_token(last.due_at.isoformat(), str(last.callback_id))
            if last
            else None,
            total=None,
        )

    async def counts(self, asker: Asker) -> CallbackCounts:
        """How many wait, are due, are overdue, and were missed in the last days."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.callbacks.counts(now, now - MISSED_SHOWN)

    async def get(self, asker: Asker, callback_id: UUID) -> SeenCallback:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = _found(await stores.callbacks.get(callback_id))
            return (await self._seen(stores, [found]))[0]

    async def own(self, asker: Asker) -> Sequence[SeenCallback]:
        """Open ones: the asker's, and anyone's of the asker's campaigns; then those missed."""
        since = self._clock.now() - MISSED_SHOWN
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            open_ = await stores.callbacks.open_for(asker.user_id, MOST_OF_ONES_OWN)
            missed = await stores.callbacks.missed_of(asker.user_id, since, MOST_OF_ONES_OWN)
            return await self._seen(stores, [*open_, *missed])

    async def check(
        self,
        asker: Asker,
        callback_id: UUID,
        due_at: datetime | None,
    ) -> LawfulTime:
        """Whether the callback could be made then; None: at its own time. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = _found(await stores.callbacks.get(callback_id))
            return await self.lawful(
                stores, found.campaign_id, found.contact_id, found.number, due_at or found.due_at
            )

    async def check_promise(
        self, asker: Asker, attempt_id: UUID, due_at: datetime, number: str | None
    ) -> LawfulTime:
        """Whether the contact of one's own call could be called then. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await own_attempt(stores, asker, attempt_id)
            return await self.lawful(
                stores, attempt.campaign_id, attempt.contact_id, number or attempt.number, due_at
            )

    async def lawful(
        self, stores: Stores, campaign_id: UUID, contact_id: UUID, number: str, due_at: datetime
    ) -> LawfulTime:
        """Whether a contact could be called back then. Raises NotFound."""
        campaign = found_campaign(await stores.campaigns.get(campaign_id))
        now = self._clock.now()
        terms = terms_of(campaign.settings, campaign_id, await stores.compliance.law(now))
        candidates = await stores.candidates.find(campaign_id, [contact_id], law=terms.law, now=now)
        if contact_id not in candidates:
            raise NotFound("NOT_FOUND", "This contact has been deleted meanwhile.")
        return lawful_time(candidates[contact_id], terms, number, due_at)

    async def _seen(self, stores: Stores, callbacks: Sequence[Callback]) -> list[SeenCallback]:
        campaigns: dict[UUID, Campaign] = {}
        for campaign_id in {callback.campaign_id for callback in callbacks}:
            campaigns[campaign_id] = found_campaign(await stores.campaigns.get(campaign_id))
        now = self._clock.now()
        return [_seen(one, campaigns[one.campaign_id], now) for one in callbacks]

    # ── Changing ─────────────────────────────────────────────────────────────────────────────────

    async def reassign(
        self, asker: Asker, callback_id: UUID, owner_user_id: UUID | None, reason: str = ""
    ) -> SeenCallback:
        """Give it to an agent, or to anyone (None). Raises Invalid `CALLBACK_OWNER`, as below."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if owner_user_id is not None:
                await _check_owner(stores, owner_user_id)
            return await self._change(
                stores,
                asker,
                callback_id,
                "reassigned",
                lambda old: {"owner_user_id": owner_user_id, "reason": _words(reason)},
            )

    async def take_over(self, asker: Asker, callback_id: UUID) -> SeenCallback:
        """Make it one's own."""
        return await self.reassign(asker, callback_id, asker.user_id)

    async def reschedule(
        self,
        asker: Asker,
        callback_id: UUID,
        due_at: datetime,
        latest_at: datetime | None = None,
        reason: str = "",
        *,
        own: bool = False,
    ) -> SeenCallback:
        """Another time; one that was missed or has expired waits again.

        Raises NotFound, Conflict `CALLBACK_STATE`, Invalid `CALLBACK_PAST`, `CALLBACK_TOO_LATE`,
        `CALLBACK_LATEST`; with `own`, Forbidden `NOT_YOUR_CALLBACK`.
        """

        def values_of(old: Callback) -> dict[str, object]:
            self._check_times(due_at, latest_at)
            return {"due_at": due_at, "latest_at": latest_at, "reason": _words(reason)}

        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await self._change(stores, asker, callback_id, "rescheduled", values_of, own=own)

    async def cancel(
        self, asker: Asker, callback_id: UUID, reason: str, *, own: bool = False
    ) -> SeenCallback:
        """Raises as `reschedule`, and Invalid `CALLBACK_REASON`."""

        def values_of(old: Callback) -> dict[str, object]:
            words = _words(reason)
            if not 3 <= len(words) <= 500:
                message = "Say why, in 3 to 500 characters."
                raise Invalid("CALLBACK_REASON", message, field="reason")
            return {"reason": words}

        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await self._change(stores, asker, callback_id, "cancelled", values_of, own=own)

    def _check_times(self, due_at: datetime, latest_at: datetime | None) -> None:
        now = self._clock.now()
        if due_at <= now:
            raise Invalid("CALLBACK_PAST", "Choose a time in the future.", field="due_at")
        if due_at > now + LATEST_CALLBACK:
            raise Invalid("CALLBACK_TOO_LATE", "Choose a time within a year.", field="due_at")
        if latest_at is not None and latest_at <= due_at:
            message = "The latest time must be after the callback's time."
            raise Invalid("CALLBACK_LATEST", message, field="latest_at")

    async def _change(
        self,
        stores: Stores,
        asker: Asker,
        callback_id: UUID,
        event: str,
        values_of: Callable[[Callback], dict[str, object]],
        *,
        own: bool = False,
    ) -> SeenCallback:
        now = self._clock.now()
        old = _found(await stores.callbacks.get_for_change(callback_id))
        if own and old.owner_user_id != asker.user_id:
            raise Forbidden(
                "NOT_YOUR_CALLBACK",
                "This callback belongs to another agent. Ask your supervisor.",
            )
        phase = _phase(old, now)
        following = MACHINE.after(phase, event)
        newer = await stores.callbacks.open_of_contact(old.campaign_id, old.contact_id)
        replaced = newer is not None and newer.callback_id != old.callback_id
        if following is None or (replaced and stored(following) == "open"):
            raise Conflict(
                "CALLBACK_STATE",
                "This callback has been made, cancelled, or is under way. Load the page again.",
                details={"state": str(phase)},
            )
        change = CallbackChange(
            callback_id=callback_id,
            state=str(stored(following)),
            owner_user_id=old.owner_user_id,
            due_at=old.due_at,
            latest_at=old.latest_at,
            reason="",
            at=now,
            user_id=asker.user_id,
        )
        change = replace(change, **values_of(old))  # type: ignore[arg-type]
        await stores.callbacks.change(change)
        await self._note(stores, asker, old, change, event)
        return (await self._seen(stores, [_found(await stores.callbacks.get(callback_id))]))[0]

    async def _note(
        self, stores: Stores, asker: Asker, old: Callback, change: CallbackChange, event: str
    ) -> None:
        changed = {
            name: str(getattr(change, name))
            for name in ("owner_user_id", "due_at", "latest_at")
            if getattr(change, name) != getattr(old, name)
        }
        await stores.audit.record(
            f"callback.{event}",
            actor_user_id=asker.user_id,
            subject_kind="callback",
            subject_id=old.callback_id,
            at=change.at,
            details={
                "campaign_id": str(old.campaign_id),
                "contact_id": str(old.contact_id),
                "reason": change.reason,
                **changed,
            },
        )
        await stores.floor_commands.add(
            self._ids.new(),
            HINT,
            {"campaign_id": str(old.campaign_id)},
            user_id=asker.user_id,
            at=change.at,
        )

    # ── Upkeep ───────────────────────────────────────────────────────────────────────────────────

    async def end_overdue(self) -> int:
        """End those whose time is over in campaigns that do not run; how many there were."""
        now = self._clock.now()
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        ended = 0
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                ended += await stores.callbacks.end_overdue(now)
        return ended


def _found(callback: Callback | None) -> Callback:
    if callback is None:
        raise NotFound("NOT_FOUND", "There is no such callback.")
    return callback


async def _check_owner(stores: Stores, user_id: UUID) -> None:
    user = await stores.users.get(user_id)
    if user is None:
        raise NotFound("NOT_FOUND", "There is no such agent.", field="owner_user_id")
    if not user.active or "agent.desktop" not in permissions_of(user.role, user.permissions):
        raise Invalid(
            "CALLBACK_OWNER",
            "This person is not an active agent. Choose another.",
            field="owner_user_id",
        )


def _words(reason: str) -> str:
    return " ".join(reason.split())


def _phase(callback: Callback, now: datetime) -> str:
    return phase_of(
        callback.state, due_at=callback.due_at, attempt_state=callback.attempt_state, now=now
    )


def _seen(callback: Callback, campaign: Campaign, now: datetime) -> SeenCallback:
    terms = callback_terms(campaign.settings)
    promise = CandidateCallback(
        callback_id=callback.callback_id,
        due_at=callback.due_at,
        number=callback.number,
        owner_user_id=callback.owner_user_id,
        owner_active=callback.owner_active,
        latest_at=callback.latest_at,
    )
    minutes = campaign.settings.callback_reminder_minutes
    return SeenCallback(
        callback=callback,
        state=_phase(callback, now),
        takeover_at=takeover_at(promise, terms) if callback.owner_user_id else None,
        free_at=free_at(promise, terms),
        latest_at=latest_of(promise, terms),
        remind_at=callback.due_at - timedelta(minutes=minutes) if minutes else None,
    )
