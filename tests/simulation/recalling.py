"""Judges whom the floor calls again, and when: after the recall delay of the result, not at all
after a result that ends a contact; promised callbacks once, in time and by whom they were promised.

From the rows alone: each names its result, its times and its callback.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from kwabo.adapters.memory.floor_data import MemoryCallback
from kwabo.domain.compliance.number_order import NEXT_NUMBER_AFTER
from kwabo.domain.interactions.attempt import Result
from kwabo.engine.floor.state import Floor
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from simulation.world import World

# Ends that are the number's, not the contact's: another number may be called after them.
OF_THE_NUMBER = (Result.INVALID, Result.SIT)
# Rules that do not stand against a callback: it was promised to the person.
NOT_AGAINST_PROMISES = ("ATTEMPT_LIMIT", "RECALL_DELAY", "MINIMUM_GAP", "FINISHED", "IN_PROGRESS")


def continues_round(campaign: CampaignRow, before: AttemptRow, row: AttemptRow) -> bool:
    """Whether it may be the contact's next number, which is called at once."""
    # The number that was to be next may be out by then: the round begins anew.
    next_one = before.number != row.number or before.round_left > 0
    return campaign.number_order == "round" and before.result in NEXT_NUMBER_AFTER and next_one


class Recalling:
    """See the module."""

    def __init__(self, world: World, problem: Callable[[str], None]) -> None:
        self._world = world
        self._problem = problem
        self._seen: set[UUID] = set()

    # ── After each step ──────────────────────────────────────────────────────────────────────────

    def step(self, floor: Floor, changed: Sequence[AttemptRow]) -> None:
        """A callback goes to its owner while nobody else may take it."""
        for row in changed:
            if row.attempt_id in self._seen:
                continue
            self._seen.add(row.attempt_id)
            callback = self._callback(row)
            if callback is None or callback.written.owner_user_id is None:
                continue
            owner = callback.written.owner_user_id
            terms = self._world.data.campaigns[row.campaign_id].callbacks
            free_at = callback.written.due_at + terms.takeover_after
            bound = terms.takeover != "anyone" or floor.now < free_at
            if bound and row.agent_user_id != owner and row.state in ("offered", "dialling"):
                self._problem(f"callback: {row.attempt_id} is not its owner's")

    def _callback(self, row: AttemptRow) -> MemoryCallback | None:
        return self._world.data.callbacks.get(row.callback_id) if row.callback_id else None

    # ── At the end ───────────────────────────────────────────────────────────────────────────────

    def end(self, ended: bool) -> None:
        """Everything is over. `ended`: all campaigns are complete."""
        courses: dict[tuple[UUID, UUID], list[AttemptRow]] = defaultdict(list)
        for attempt in self._world.data.attempts:
            if attempt.row.dialling_at is not None:
                courses[attempt.row.campaign_id, attempt.row.contact_id].append(attempt.row)
        for rows in courses.values():
            rows.sort(key=lambda row: row.attempt_number)
            for before, row in pairwise(rows):
                # A record that was shown and taken back in between begins the round anew.
                taken_back = row.attempt_number > before.attempt_number + 1
                order = self._world.data.campaigns[row.campaign_id].number_order
                if row.callback_id is None and not (order == "round" and taken_back):
                    self._again(before, row)
        self._promises(ended)

    def _again(self, before: AttemptRow, row: AttemptRow) -> None:
        campaign = self._world.data.campaigns[row.campaign_id]
        if before.result is None or before.closed_at is None or row.dialling_at is None:
            self._problem(f"recall: {row.attempt_id} began before {before.attempt_id} ended")
            return
        if continues_round(campaign, before, row):
            return
        delay = campaign.recall_seconds[before.result]
        other = before.result in OF_THE_NUMBER and before.number != row.number
        if delay is None and not other:
            self._problem(f"recall: {row.attempt_id} follows the result {before.result}")
            return
        wait = timedelta(seconds=max(delay or 0, campaign.minimum_gap_seconds))
        if row.dialling_at < before.closed_at + wait:
            waited = (row.dialling_at - before.closed_at).total_seconds()
            self._problem(
                f"recall: {row.attempt_id} comes {waited:.1f} s after {before.result},"
                f" which asks for {wait.total_seconds():.0f}"
            )

    def _promises(self, ended: bool) -> None:
        data = self._world.data
        kept: Counter[UUID] = Counter()
        for attempt in data.attempts:
            row = attempt.row
            callback = self._callback(row)
            if row.callback_id is None or row.dialling_at is None:
                continue
            if callback is None:
                self._problem(f"callback: {row.attempt_id} keeps a promise that nobody made")
                continue
            due_at = callback.first_due_at or callback.written.due_at
            if row.dialling_at < due_at:
                self._problem(f"callback: {row.attempt_id} comes before it is due")
            kept[row.callback_id] += row.result != Result.CANCELLED
        for callback_id, times in kept.items():
            if times > 1:
                self._problem(f"callback: {callback_id} was made {times} times")
        if ended:
            for callback in data.callbacks:
                self._was_kept(callback, kept[callback.written.callback_id])

    def _was_kept(self, callback: MemoryCallback, times: int) -> None:
        """When all lists are finished nothing is promised any more."""
        name = callback.written.callback_id
        if callback.state == "open":
            self._problem(f"callback: {name} is still open")
        if callback.state == "cancelled" and callback.reason in NOT_AGAINST_PROMISES:
            self._problem(f"callback: {name} was cancelled for {callback.reason}")
        if callback.state == "done" and not times:
            self._problem(f"callback: {name} is done and was never made")
