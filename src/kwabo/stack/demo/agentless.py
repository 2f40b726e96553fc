"""A campaign without agents, demonstrated: a flow that speaks with whoever answers.

It reminds of a bill and asks for a key: 1 confirms, 2 reaches an agent, 9 stops all further calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.stack.demo.rest import Person

LINES = 8
KEYS: Mapping[str, float] = {"1": 25, "2": 15, "9": 8}  # shares of those who answer by a key
RESULT = "reponse"
_WORDS = {
    "rappel_facture": "Bonjour. Votre facture arrive à échéance. Tapez 1 pour confirmer, 2 pour "
    "parler à un conseiller, 9 pour ne plus être appelé.",
    "rappel_merci": "Merci. Au revoir.",
    "rappel_refus": "C’est noté. Nous ne vous appellerons plus.",
}


def people(table: BehaviourTable) -> BehaviourTable:
    """The table with persons who answer by keys beside those who only listen."""
    listener = Behaviour(kind=Kind.PERSON, ring_seconds=5.0, talk_seconds=25.0 / table.time_scale)
    keys = {
        f"key_{key}": Behaviour(
            kind=Kind.KEYS, keys=key, ring_seconds=5.0, talk_seconds=20.0 / table.time_scale
        )
        for key in KEYS
    }
    shares = {**table.shares, **{f"key_{key}": share for key, share in KEYS.items()}}
    shares["person"] = max(1.0, table.shares["person"] - sum(KEYS.values()))
    behaviours = {**table.behaviours, **keys, "person": listener}
    return replace(table, behaviours=behaviours, shares=shares)


async def make_flow(admin: Person) -> str:
    """Prompts and the published flow; its id. Raises Refused, where nothing can say words."""
    await _prompts(admin)
    queue_id = (await admin.get("/queues"))["items"][0]["queue_id"]
    made = await admin.post("/flows", {"name": "Rappel de facture", "draft": _flow(queue_id)})
    flow_id = str(made["flow_id"])
    await admin.post(f"/flows/{flow_id}/publish", {"version": made["version"]})
    await asyncio.sleep(2.0)  # the floor hears of it by a command
    return flow_id


async def _prompts(admin: Person) -> None:
    known = (await admin.get("/languages"))["items"]
    if not any(one["language"] == "fr" and one["used"] for one in known):
        languages = [{"language": "fr", "numbers": "own"}]
        await admin.put("/languages", {"languages": languages, "second_person": False})
    for key, words in _WORDS.items():
        prompt = await admin.post("/prompts/new", {"key": key, "name": key})
        written = {"language": "fr", "medium": "speech", "words": words}
        made = await admin.post(f"/prompts/{prompt['prompt_id']}/words", written)
        for step in ("submit", "approve"):
            await admin.post(f"/prompt-variants/{made['variant_id']}/{step}")


def _flow(queue_id: str) -> dict[str, Any]:
    def say(name: str) -> dict[str, Any]:
        return {"id": name, "type": "say", "say": [{"prompt": name}], "ways": {"next": "fin"}}

    return {
        "languages": ["fr"],
        "start": "rappel",
        "nodes": [
            {
                "id": "rappel",
                "type": "menu",
                "say": [{"prompt": "rappel_facture"}],
                "options": [{"key": key} for key in KEYS],
                "seconds": 5,
                "tries": 1,
                "result": RESULT,
                "ways": {
                    "1": "rappel_merci",
                    "2": "agent",
                    "9": "refus",
                    "timeout": "fin",
                },
            },
            {"id": "refus", "type": "do_not_call", "ways": {"next": "rappel_refus"}},
            {
                "id": "agent",
                "type": "queue",
                "queue_id": queue_id,
                "seconds": 60,
                "ways": {"timeout": "fin"},
            },
            say("rappel_merci"),
            say("rappel_refus"),
            {"id": "fin", "type": "hang_up"},
        ],
    }
