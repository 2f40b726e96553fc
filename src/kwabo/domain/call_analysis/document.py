"""Reading the document of a response set, with an objection to everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kwabo.domain.call_analysis.response_set import (
    ALLOWED,
    Reaction,
    ReactionType,
    ResponseSet,
    Sensitivity,
)
from kwabo.domain.call_analysis.results import AnalysisResult
from kwabo.domain.campaigns.objection import Objection

SHORTEST_RETRY_SECONDS = 60
LONGEST_RETRY_SECONDS = 90 * 24 * 3600

MESSAGES: Mapping[str, str] = {
    "RESPONSE_RESULT": "Choose one of these call analysis results: {possible}.",
    "RESPONSE_REACTION": "Here one of these reactions is possible: {possible}.",
    "RESPONSE_FLOW": "Choose a flow that exists and that is published.",
    "RESPONSE_NOT_ANSWERED": "Nobody has answered such a call, so nothing can be played to it and "
    "nobody can be connected. Possible: {possible}.",
    "RESPONSE_PERSON": "A person goes to an agent or to a flow: choose the queue or a flow.",
    "RESPONSE_PROMPT": "Choose a prompt that exists.",
    "RESPONSE_QUEUE": "Choose a queue that exists, or none for the campaign's own.",
    "RESPONSE_RETRY": "Wait between {least} seconds and 90 days before the next call.",
    "RESPONSE_CHOICE": "Choose from these: {possible}.",
    "RESPONSE_FLAG": "Give true or false.",
    "RESPONSE_FIELD": "There is no such field here. Possible: {possible}.",
    "RESPONSE_SHAPE": "Give an object with fields.",
}
_FIELDS = {
    ReactionType.PLAY_FILE: ("prompt_id", "after_greeting"),
    ReactionType.QUEUE: ("queue_id",),
    ReactionType.FLOW: ("flow_id", "after_greeting"),
    ReactionType.RETRY: ("retry_seconds",),
}
_SET_FIELDS = ("live_person_detection", "fax_detection", "beep_detection", "reactions")
_SPOKEN = frozenset({ReactionType.PLAY_FILE, ReactionType.QUEUE, ReactionType.FLOW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a document may name."""

    prompts: frozenset[UUID] = frozenset()
    queues: frozenset[UUID] = frozenset()
    flows: frozenset[UUID] = frozenset()  # published


def problem(path: str, code: str, **details: object) -> Objection:
    """One thing wrong, at a path of the document such as `reactions.callable_fax.type`."""
    told = {name: str(value) for name, value in details.items()}
    return Objection(field=path, code=code, message=MESSAGES[code].format_map(told), details=told)


def read_response_set(
    document: Mapping[str, Any], known: Known | None
) -> tuple[ResponseSet, list[Objection]]:
    """The response set, and what is wrong; `known` None: it was checked when it was kept."""
    wrong = [
        problem(name, "RESPONSE_FIELD", possible=", ".join(_SET_FIELDS))
        for name in document
        if name not in _SET_FIELDS
    ]
    level = document.get("live_person_detection", "medium")
    if level not in set(Sensitivity):
        possible = ", ".join(Sensitivity)
        wrong.append(problem("live_person_detection", "RESPONSE_CHOICE", possible=possible))
        level = "medium"
    flags = {}
    for name, otherwise in (("fax_detection", True), ("beep_detection", False)):
        flags[name] = document.get(name, otherwise)
        if not isinstance(flags[name], bool):
            wrong.append(problem(name, "RESPONSE_FLAG"))
    written = document.get("reactions", {})
    reactions: dict[AnalysisResult, Reaction] = {}
    if not isinstance(written, Mapping):
        wrong.append(problem("reactions", "RESPONSE_SHAPE"))
        written = {}
    for name, given in written.items():
        path = f"reactions.{name}"
        if name not in set(AnalysisResult):
            wrong.append(problem(path, "RESPONSE_RESULT", possible=", ".join(AnalysisResult)))
            continue
        read = _reaction(AnalysisResult(name), given, path, known, wrong)
        if read is not None:
            reactions[AnalysisResult(name)] = read
    return ResponseSet(reactions=reactions, sensitivity=Sensitivity(level), **flags), wrong


def _reaction(
    result: AnalysisResult, given: Any, path: str, known: Known | None, wrong: list[Objection]
) -> Reaction | None:
    if not isinstance(given, Mapping):
        wrong.append(problem(path, "RESPONSE_SHAPE"))
        return None
    kind = given.get("type")
    allowed = ALLOWED[result]
    if kind not in allowed:
        wrong.append(_refused(result, kind, f"{path}.type"))
        return None
    reaction = Reaction(type=ReactionType(kind))
    possible = ("type", *_FIELDS.get(reaction.type, ()))
    for name in given:
        if name not in possible:
            told = ", ".join(possible)
            wrong.append(problem(f"{path}.{name}", "RESPONSE_FIELD", possible=told))
    before = len(wrong)
    if reaction.type is ReactionType.PLAY_FILE:
        there = None if known is None else known.prompts
        said = _said(given, path, there, wrong, name="prompt_id", code="RESPONSE_PROMPT")
        reaction = replace(reaction, **said)
    elif reaction.type is ReactionType.FLOW:
        there = None if known is None else known.flows
        said = _said(given, path, there, wrong, name="flow_id", code="RESPONSE_FLOW")
        reaction = replace(reaction, **said)
    elif reaction.type is ReactionType.QUEUE and given.get("queue_id") is not None:
        queue_id = _uuid(given["queue_id"])
        if queue_id is None or (known is not None and queue_id not in known.queues):
            wrong.append(problem(f"{path}.queue_id", "RESPONSE_QUEUE"))
        reaction = replace(reaction, queue_id=queue_id)
    elif reaction.type is ReactionType.RETRY:
        seconds = given.get("retry_seconds")
        whole = isinstance(seconds, int) and not isinstance(seconds, bool)
        if whole and SHORTEST_RETRY_SECONDS <= int(seconds or 0) <= LONGEST_RETRY_SECONDS:
            reaction = replace(reaction, retry_seconds=int(seconds or 0))
        else:
            least = SHORTEST_RETRY_SECONDS
            wrong.append(problem(f"{path}.retry_seconds", "RESPONSE_RETRY", least=least))
    return reaction if len(wrong) == before else None


def _said(
    given: Mapping[str, Any],
    path: str,
    there: frozenset[UUID] | None,
    wrong: list[Objection],
    *,
    name: str,
    code: str,
) -> dict[str, Any]:
    """What is played or run, which has to be there where that is known, and when it begins."""
    chosen = _uuid(given.get(name))
    if chosen is None or (there is not None and chosen not in there):
        wrong.append(problem(f"{path}.{name}", code))
    return {name: chosen, "after_greeting": _after_greeting(given, path, wrong)}


def _after_greeting(given: Mapping[str, Any], path: str, wrong: list[Objection]) -> bool:
    after = given.get("after_greeting", False)
    if not isinstance(after, bool):
        wrong.append(problem(f"{path}.after_greeting", "RESPONSE_FLAG"))
    return bool(after)


def _refused(result: AnalysisResult, kind: Any, path: str) -> Objection:
    possible = ", ".join(ALLOWED[result])
    if result is AnalysisResult.PERSON:
        return problem(path, "RESPONSE_PERSON")
    if kind in _SPOKEN and not _SPOKEN & set(ALLOWED[result]):
        return problem(path, "RESPONSE_NOT_ANSWERED", possible=possible)
    return problem(path, "RESPONSE_REACTION", possible=possible)


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def prompts_of(response_set: ResponseSet) -> frozenset[UUID]:
    """The prompts that it plays."""
    return frozenset(r.prompt_id for r in response_set.reactions.values() if r.prompt_id)


def queues_of(response_set: ResponseSet) -> frozenset[UUID]:
    """The queues that it names."""
    return frozenset(r.queue_id for r in response_set.reactions.values() if r.queue_id)


def with_media(response_set: ResponseSet, prompts: Mapping[UUID, tuple[str, float]]) -> ResponseSet:
    """The set as a floor needs it: each prompt with what the switch plays and its seconds."""
    reactions: dict[AnalysisResult, Reaction] = {}
    for result, reaction in response_set.reactions.items():
        known = prompts.get(reaction.prompt_id) if reaction.prompt_id is not None else None
        media, seconds = known or ("", 0.0)
        reactions[result] = replace(reaction, media=media, media_seconds=seconds)
    return replace(response_set, reactions=reactions)
