"""The judge: what the far end's log says against what was promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable
from kwabo.adapters.carrier_lab.log import LabCall

GAP_TOLERANCE_SECONDS = 0.5  # from the attempt's writing to its INVITE
CUT_TOLERANCE_SECONDS = 1.0  # of what the lab meant to talk


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Promises that were not kept; every list should be empty."""

    dialled_twice: Sequence[str]
    without_attempt: Sequence[str]
    inside_gap: Sequence[str]
    over_limit: Sequence[str]
    without_outcome: Sequence[str]
    cut: Sequence[str]

    @property
    def number(self) -> int:
        return len(self.told())

    def told(self) -> list[str]:
        """Each broken promise in a line."""
        return [
            f"{name}: {what}" for name in self.__dataclass_fields__ for what in getattr(self, name)
        ]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The whole of it."""

    invites: int
    answered: int
    carried: int  # conversations that were in progress at an engine's kill or freeze, and went on
    greeted: int  # answered while no engine was there: the switch played its message, then hung up
    broken: Broken


def judge(
    *,
    calls: Sequence[LabCall],
    attempts: Sequence[Mapping[str, Any]],
    table: BehaviourTable,
    gap_seconds: float,
    max_attempts: int,
    engine_faults: Sequence[datetime],
    switch_faults: Sequence[tuple[datetime, datetime]],
) -> Judgement:
    """`engine_faults`: when the owner of the floor was killed or frozen. `switch_faults`: spans in
    which the switch itself was restarted; conversations then end, and nobody promised otherwise.
    """
    known = {attempt["attempt_id"]: attempt for attempt in attempts}
    by_attempt: dict[str, list[LabCall]] = defaultdict(list)
    by_number: dict[str, list[LabCall]] = defaultdict(list)
    for call in calls:
        by_attempt[call.attempt_id].append(call)
        by_number[call.number].append(call)
    answered = [call for call in calls if call.answered_at is not None]
    touched = [call for call in answered if not _overlaps(call, switch_faults)]
    cut = [
        f"{call.attempt_id} answered {call.answered_at} ended {call.ended_at}, meant to talk "
        f"{table.decide(call.number, call.attempt).talk_seconds:.1f} s; ended by "
        f"{known.get(call.attempt_id, {}).get('hung_up_by')}"
        for call in touched
        if _connected(call, known) and _cut(call, table)
    ]
    carried = [
        call
        for call in touched
        if call.ended_at is not None
        and _connected(call, known)
        and any(call.answered_at < at < call.ended_at for at in engine_faults)
    ]
    return Judgement(
        invites=len(calls),
        answered=len(answered),
        carried=len(carried),
        greeted=sum(1 for call in answered if not _connected(call, known)),
        broken=Broken(
            dialled_twice=[a for a, seen in by_attempt.items() if len(seen) > 1],
            without_attempt=[c.call_id for c in calls if c.attempt_id not in known],
            inside_gap=_inside_gap(by_number, gap_seconds, known),
            over_limit=[n for n, seen in by_number.items() if len(seen) > max_attempts],
            without_outcome=_without_outcome(answered, known),
            cut=cut,
        ),
    )


def _inside_gap(
    by_number: Mapping[str, Sequence[LabCall]],
    gap_seconds: float,
    known: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    least = timedelta(seconds=gap_seconds - GAP_TOLERANCE_SECONDS)
    return [
        f"{later.invited_at - earlier.invited_at} apart: "
        + ", ".join(
            f"{call.attempt_id} written {known.get(call.attempt_id, {}).get('dialling_at')} "
            f"invited {call.invited_at} result {known.get(call.attempt_id, {}).get('result')}"
            for call in (earlier, later)
        )
        for seen in by_number.values()
        for earlier, later in pairwise(seen)
        if later.invited_at - earlier.invited_at < least
    ]


def _without_outcome(
    answered: Sequence[LabCall], known: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Answered calls whose attempt is not closed, or whose conversation nobody wrapped up."""
    without = []
    for call in answered:
        attempt = known.get(call.attempt_id)
        if attempt is None:
            continue
        if not attempt["result"] or (attempt["result"] == "person" and not attempt["wrap_up"]):
            without.append(call.attempt_id)
    return without


def _connected(call: LabCall, known: Mapping[str, Mapping[str, Any]]) -> bool:
    return bool(known.get(call.attempt_id, {}).get("connected_at"))


def _cut(call: LabCall, table: BehaviourTable) -> bool:
    """Whether the call ended before the called person meant to end it. Machines and faxes have
    lengths of their own.
    """
    if call.answered_at is None or call.ended_at is None or call.behaviour != "person":
        return False
    meant = table.decide(call.number, call.attempt).talk_seconds
    talked = (call.ended_at - call.answered_at).total_seconds()
    return talked < meant - CUT_TOLERANCE_SECONDS


def _overlaps(call: LabCall, spans: Sequence[tuple[datetime, datetime]]) -> bool:
    if call.ended_at is None:
        return True
    return any(call.invited_at < end and start < call.ended_at for start, end in spans)
