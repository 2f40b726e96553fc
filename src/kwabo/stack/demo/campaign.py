"""The demonstration's campaign: the file loaded, the campaign made, its course followed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kwabo.stack.demo.rest import Person

# Short, so that a demonstration reaches the end of its list within minutes.
RECALL_SECONDS: Mapping[str, int | None] = {
    "busy": 5,
    "no_answer": 5,
    "machine": 10,
    "congestion": 5,
    "rejected": 5,
    "failed": 5,
    "unknown": 20,
    "cancelled": 5,
    "skipped": 5,
    "person": None,
    "invalid": None,
    "sit": None,
    "fax": None,
}
MINIMUM_GAP_SECONDS = 5
MAX_ATTEMPTS = 3

Progress = Callable[[str, int, int], None]  # what, done, of


class ImportFailed(Exception):
    """The file could not be taken; the message says why."""


async def load(admin: Person, file: Path, name: str, progress: Progress) -> Mapping[str, Any]:
    """Import a file into a new list, as its guessed mapping says; the finished import."""
    upload = await admin.upload("/imports/uploads", file)
    import_id = upload["import_id"]
    columns = upload["preview"]["mapping"]["columns"]
    if not any(column.get("kind") == "phone" for column in columns):
        raise ImportFailed(f"{file} has no column in which telephone numbers were recognised.")
    await admin.post(
        f"/imports/{import_id}/start",
        {
            "new_list": {"name": name},
            "mapping": {"columns": columns},
            "key_columns": [c["name"] for c in columns if c.get("kind") == "phone"][:1],
            "on_duplicate": "update",
        },
    )
    while True:
        state: Mapping[str, Any] = await admin.get(f"/imports/{import_id}")
        progress("import", state["bytes_done"], state["file_bytes"])
        if state["state"] in ("failed", "cancelled"):
            error = state["error"] or {}
            raise ImportFailed(f"{file}: {error.get('message') or state['state']}")
        if state["state"] == "complete":
            return state
        await asyncio.sleep(0.2)


async def make(
    admin: Person,
    *,
    name: str,
    contact_list_id: str,
    mode: str,
    no_answer_seconds: int,
    pace: Mapping[str, Any] | None = None,
) -> str:
    """Make a campaign on the organisation's first queue and trunk; its id.

    `pace`: what the mode or the campaign needs more, by its field's name.
    """
    queue = (await admin.get("/queues"))["items"][0]
    trunk = (await admin.get("/trunks"))["items"][0]
    dnc = (await admin.get("/dnc-lists"))["items"]
    campaign = await admin.post(
        "/campaigns",
        {
            "name": name,
            "contact_list_id": contact_list_id,
            "mode": mode,
            "queue_id": queue["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
            "dnc_list_ids": [one["dnc_list_id"] for one in dnc[:1]],
            "callable_weekdays": [1, 2, 3, 4, 5, 6, 7],
            "callable_from": "00:00",
            "callable_until": "23:59",
            "max_attempts": MAX_ATTEMPTS,
            "recall_seconds": dict(RECALL_SECONDS),
            "minimum_gap_seconds": MINIMUM_GAP_SECONDS,
            "no_answer_timeout_seconds": no_answer_seconds,
            **(pace or {}),
        },
    )
    return str(campaign["campaign_id"])


async def follow(admin: Person, campaign_id: str, progress: Progress, limit: float) -> bool:
    """Follow a campaign until it is complete; False when `limit` seconds passed before."""
    loop = asyncio.get_running_loop()
    until = loop.time() + limit
    while loop.time() < until:
        campaign = await admin.get(f"/campaigns/{campaign_id}")
        told = await admin.get(f"/campaigns/{campaign_id}/progress")
        progress("campaign", told["finished"], told["contacts"])
        if campaign["state"] == "complete":
            return True
        await asyncio.sleep(1.0)
    return False
