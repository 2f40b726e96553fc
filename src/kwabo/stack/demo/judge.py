"""Compares the program's attempts with the far end's own log, one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from kwabo.adapters.carrier_lab.log import LabCall


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a campaign did, and whether both sides tell the same."""

    contacts: int
    contacts_not_final: int
    attempts: int
    results: Mapping[str, int]
    wrap_ups: Mapping[str, int]
    answer_to_agent_seconds: Mapping[str, float] | None  # p50 p95 max
    abandons: int
    abandons_with_message: int  # of these, those with the proof that the message was played
    answer_to_message_seconds: Mapping[str, float] | None  # as the far end heard it: p50 p95 max
    attempts_without_one_outcome: Sequence[str]  # ids: no result, or a conversation not wrapped up
    invites: int  # calls that the far end saw from the campaign
    invites_without_attempt: Sequence[str]  # SIP Call-IDs
    attempts_invited_twice: Sequence[str]
    attempts_without_invite: Sequence[str]  # dialled, and the far end does not know them
    answers_that_differ: Sequence[str]  # one side says answered, the other not
    answers: Mapping[str, int] = field(default_factory=dict)  # to a flow, by key
    objections: int = 0  # by a key in the call
    seconds: float = 0.0
    faults: Sequence[str] = field(default_factory=tuple)

    @property
    def agrees(self) -> bool:
        """Whether every contact is final and both sides tell the same."""
        return not self.faults

    def rows(self) -> list[tuple[str, str]]:
        """For people."""

        def counts(found: Mapping[str, int], word: str = "") -> list[tuple[str, str]]:
            return [(f"  {word}{name}", str(number)) for name, number in found.items()]

        return [
            ("contacts", str(self.contacts)),
            ("  not final", str(self.contacts_not_final)),
            ("attempts", str(self.attempts)),
            *counts(self.results),
            ("wrap-ups", str(sum(self.wrap_ups.values()))),
            *counts(self.wrap_ups),
            *([("answers to the flow", str(sum(self.answers.values())))] if self.answers else []),
            *counts(self.answers, "key "),
            *([("objections by key", str(self.objections))] if self.objections else []),
            ("answer to agent, s (p50 / p95 / max)", _told(self.answer_to_agent_seconds)),
            ("abandons", str(self.abandons)),
            ("  with a message written as played", str(self.abandons_with_message)),
            ("  answer to message heard, s", _told(self.answer_to_message_seconds)),
            ("attempts without exactly one outcome", str(len(self.attempts_without_one_outcome))),
            ("INVITEs seen by the far end", str(self.invites)),
            ("  that match no attempt", str(len(self.invites_without_attempt))),
            ("  that match twice", str(len(self.attempts_invited_twice))),
            ("seconds", f"{self.seconds:.0f}"),
            ("verdict", "both sides agree" if self.agrees else "; ".join(self.faults)),
        ]

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "agrees": self.agrees}


def judge(
    *,
    contacts: int,
    contacts_not_final: int,
    attempts: Sequence[Mapping[str, Any]],
    calls: Sequence[LabCall],
    answers: Mapping[str, int] | None = None,
    seconds: float = 0.0,
    refused_before_dialling: frozenset[str] = frozenset({"invalid", "failed", "unknown"}),
) -> Verdict:
    """The verdict on attempts (`AttemptRow` of the API) and the far end's calls to people.

    An attempt that the switch refused or lost before the INVITE is legitimately unknown to the far
    end.
    """
    dialled = {a["attempt_id"]: a for a in attempts if a["dialling_at"]}
    seen = Counter(call.attempt_id for call in calls)
    answered = {call.attempt_id for call in calls if call.answered_at}
    stray = [call.call_id for call in calls if call.attempt_id not in dialled]
    twice = [attempt_id for attempt_id, times in seen.items() if attempt_id and times > 1]
    missing = [
        attempt_id
        for attempt_id, attempt in dialled.items()
        if attempt_id not in seen and attempt["result"] not in refused_before_dialling
    ]
    differ = [
        attempt_id
        for attempt_id, attempt in dialled.items()
        if attempt_id in seen
        and attempt["result"] != "unknown"
        and bool(attempt["answered_at"]) != (attempt_id in answered)
        and not _crossed(attempt)
    ]
    without = [a["attempt_id"] for a in attempts if not _one_outcome(a)]
    abandoned = {a["attempt_id"] for a in attempts if a["abandoned"]}
    heard = sorted(
        (call.heard_at - call.answered_at).total_seconds()
        for call in calls
        if call.attempt_id in abandoned and call.answered_at and call.heard_at
    )
    waits = sorted(_seconds(a) for a in attempts if a["connected_at"] and a["answered_at"])
    faults = [
        f"{what}: {len(which)}"
        for what, which in (
            ("INVITEs that match no attempt", stray),
            ("attempts with two INVITEs", twice),
            ("dialled attempts that the far end never saw", missing),
            ("attempts whose answer only one side knows", differ),
            ("attempts without exactly one outcome", without),
        )
        if which
    ]
    if contacts_not_final:
        faults.append(f"contacts that reached no final state: {contacts_not_final}")
    return Verdict(
        contacts=contacts,
        contacts_not_final=contacts_not_final,
        attempts=len(attempts),
        results=dict(Counter(a["result"] or a["state"] for a in attempts).most_common()),
        wrap_ups=dict(Counter(_outcome(a) for a in attempts if a["wrap_up"]).most_common()),
        answer_to_agent_seconds=_percentiles(waits),
        abandons=len(abandoned),
        abandons_with_message=sum(
            1 for a in attempts if a["abandoned"] and a["message_started_at"] and a["message_media"]
        ),
        answer_to_message_seconds=_percentiles(heard),
        attempts_without_one_outcome=without,
        invites=len(calls),
        invites_without_attempt=stray,
        attempts_invited_twice=twice,
        attempts_without_invite=missing,
        answers_that_differ=differ,
        answers=answers or {},
        objections=sum(1 for a in attempts if a["opted_out_at"]),
        seconds=round(seconds, 1),
        faults=faults,
    )


def _one_outcome(attempt: Mapping[str, Any]) -> bool:
    """A result; and for a person, a wrap-up."""
    if attempt["state"] != "closed" or not attempt["result"]:
        return False
    return attempt["result"] != "person" or attempt["wrap_up"] is not None


def _crossed(attempt: Mapping[str, Any]) -> bool:
    """The far end's answer and our giving up may cross on the way; both sides are then right."""
    return attempt["result"] in ("no_answer", "cancelled") and not attempt["answered_at"]


def _outcome(attempt: Mapping[str, Any]) -> str:
    wrap_up = attempt["wrap_up"]
    return str(wrap_up["name"] or wrap_up["system_code"])


def _seconds(attempt: Mapping[str, Any]) -> float:
    answered = datetime.fromisoformat(attempt["answered_at"])
    return (datetime.fromisoformat(attempt["connected_at"]) - answered).total_seconds()


def _percentiles(values: Sequence[float]) -> dict[str, float] | None:
    if not values:
        return None
    return {
        "p50": values[len(values) // 2],
        "p95": values[min(len(values) - 1, int(len(values) * 0.95))],
        "max": values[-1],
    }


def _told(seconds: Mapping[str, float] | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds['p50']:.3f} / {seconds['p95']:.3f} / {seconds['max']:.3f}"
