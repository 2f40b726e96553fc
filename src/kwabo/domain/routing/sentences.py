"""Explanations of routing as sentences, in French and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kwabo.domain.routing.eligibility import Passed
from kwabo.domain.routing.explanation import Chosen, Explanation
from kwabo.domain.routing.onward import Move, OnwardCode

_CHOSEN: Final[Mapping[Chosen, tuple[str, str]]] = {
    Chosen.ONLY_ONE: (
        "{agent} était la seule personne libre qui pouvait prendre l’appel.",
        "{agent} was the only free agent who could take the call.",
    ),
    Chosen.PREFERRED: (
        "{agent} est l’agent préféré pour cet appel.",
        "{agent} is the preferred agent for this call.",
    ),
    Chosen.LAST_AGENT: (
        "{agent} a parlé avec cette personne la dernière fois.",
        "{agent} spoke with this person the last time.",
    ),
    Chosen.INNER_RING: (
        "{agent} est dans un cercle plus proche que {other}.",
        "{agent} is in a ring further in than {other}.",
    ),
    Chosen.HIGHER_RANK: (
        "{agent} a un meilleur rang dans la file que {other}.",
        "{agent} has a better rank in the queue than {other}.",
    ),
    Chosen.BEST_SKILL: (
        "{agent} a de meilleurs niveaux que {other} dans ce que l’appel demande.",
        "{agent} has higher levels than {other} in what the call needs.",
    ),
    Chosen.LONGEST_IDLE: (
        "À compétence égale, {agent} attendait depuis plus longtemps que {other}.",
        "With equal skills, {agent} had been idle for longer than {other}.",
    ),
    Chosen.SAME: (
        "{agent} et {other} étaient à égalité en tout ; l’ordre des identifiants a décidé.",
        "{agent} and {other} were equal in everything; the order of their ids decided.",
    ),
}
_PASSED: Final[Mapping[Passed, tuple[str, str]]] = {
    Passed.NOT_IN_QUEUE: ("n’est pas dans la file", "is not in the queue"),
    Passed.NO_ROOM: ("a déjà autant de conversations que permis", "has no room for another one"),
    Passed.REFUSED: ("n’a pas pris cet appel avant", "did not take this call before"),
    Passed.RESERVED: (
        "doit laisser l’appel attendre un agent désigné",
        "must leave the call waiting for an agent who is named for it",
    ),
    Passed.RING_NOT_OPEN: (
        "est dans un cercle qui n’est pas encore ouvert",
        "is in a ring that is not open yet",
    ),
    Passed.SKILL_MISSING: ("n’a pas une compétence demandée", "lacks a skill that is needed"),
    Passed.LEVEL_TOO_LOW: (
        "n’a pas le niveau demandé dans une compétence",
        "is below the level that is needed in a skill",
    ),
    Passed.TAKEN: (
        "vient de prendre un appel plus urgent",
        "has just taken a more urgent call",
    ),
    Passed.NOT_NAMED: (
        "pouvait, mais un autre agent est désigné avant",
        "could, but another agent is named before",
    ),
    Passed.OUTER_RING: ("est dans un cercle plus éloigné", "is in a ring further out"),
    Passed.LOWER_RANK: ("a un moins bon rang", "has a lower rank"),
    Passed.LOWER_SKILL: ("a des niveaux moins élevés", "has lower levels"),
    Passed.SHORTER_IDLE: ("attendait depuis moins longtemps", "had been idle for less long"),
    Passed.SAME: ("est à égalité en tout", "is equal in everything"),
}
_MOVES: Final[Mapping[OnwardCode, tuple[str, str]]] = {
    OnwardCode.OVERFLOW_WAIT: (
        "L’appel a attendu assez longtemps pour aller dans la file {queue}.",
        "The call has waited long enough to go to the queue {queue}.",
    ),
    OnwardCode.OVERFLOW_NO_AGENTS: (
        "Aucun agent connecté ne sert cette file : l’appel va dans la file {queue}.",
        "No signed-in agent serves this queue: the call goes to the queue {queue}.",
    ),
    OnwardCode.OVERFLOW_EXPECTED_WAIT: (
        "L’attente prévue est trop longue : l’appel va dans la file {queue}.",
        "The expected wait is too long: the call goes to the queue {queue}.",
    ),
    OnwardCode.MAX_WAIT: (
        "L’appel a attendu aussi longtemps que la file le permet.",
        "The call has waited for as long as the queue allows.",
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """How things are called where it is read. `call`: from an id to what people know it by."""

    agent: Callable[[UUID], str]
    call: Callable[[UUID], str]
    queue: Callable[[UUID], str]


def told(explanation: Explanation, names: Names, language: str) -> tuple[str, ...]:
    """Why this agent, why this call, who was passed over: a sentence each."""
    place = 0 if language == "fr" else 1
    other = names.agent(explanation.runner_up) if explanation.runner_up else ""
    sentences = [
        _CHOSEN[explanation.chosen][place].format(
            agent=names.agent(explanation.user_id), other=other
        ),
        _order(explanation, place),
    ]
    sentences += [
        f"{names.agent(one.user_id)} {passed(one.code, language)}." for one in explanation.agents
    ]
    for call in explanation.calls:
        reason = passed(call.code, language)
        agent = names.agent(explanation.user_id)
        sentences.append(
            f"L’appel {names.call(call.call_id)} passait avant, mais {agent} {reason}."
            if place == 0
            else f"The call {names.call(call.call_id)} came before, but {agent} {reason}."
        )
    return tuple(sentences)


def passed(code: Passed, language: str) -> str:
    """The second half of a sentence about an agent."""
    return _PASSED[code][0 if language == "fr" else 1]


def move_told(move: Move, names: Names, language: str) -> str:
    """Why a call left its queue."""
    queue = names.queue(move.to_queue_id) if move.to_queue_id else ""
    return _MOVES[move.code][0 if language == "fr" else 1].format(queue=queue)


def _order(explanation: Explanation, place: int) -> str:
    seconds = explanation.waited // 1000
    aged = explanation.urgency - explanation.base_priority
    if place == 0:
        return (
            f"L’appel attendait depuis {seconds} s (priorité {explanation.base_priority}, "
            f"et {aged} par l’attente) ; aucun appel plus urgent ne pouvait être pris."
        )
    return (
        f"The call had waited for {seconds} s (priority {explanation.base_priority}, and {aged} "
        "by waiting); no more urgent call could be taken."
    )
