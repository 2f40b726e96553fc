"""What every client of a floor promises."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from contract.floor_client.conftest import Floor
from kwabo.kernel.errors import Conflict, Invalid, KwaboError, NotFound, Unavailable
from kwabo.ports.floor_client import answer_or_refusal, refusal
from world import Both

USER = UUID(int=5)


async def test_the_answer_comes_back_without_its_ok(floor_end: Floor) -> None:
    taken: list[Any] = []

    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> Mapping[str, Any]:
        taken.append((user, kind, payload))
        return {"ok": True, "agent": {"status": "ready"}}

    async with floor_end.running(answer):
        said = await floor_end.client.send(
            floor_end.organisation_id, USER, "agent.ready", {"x": [1, "é"]}
        )
    assert said == {"agent": {"status": "ready"}}
    assert taken == [(USER, "agent.ready", {"x": [1, "é"]})]


async def test_a_refusal_becomes_the_error_of_its_status(floor_end: Floor) -> None:
    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> Mapping[str, Any]:
        return refusal(
            Conflict("AGENT_STATE", "Sign in first.", field="status", details={"status": "x"})
        )

    async with floor_end.running(answer):
        with pytest.raises(Conflict) as raised:
            await floor_end.client.send(floor_end.organisation_id, USER, "agent.ready", {})
    error = raised.value
    assert (error.code, error.message, error.field) == ("AGENT_STATE", "Sign in first.", "status")
    assert error.details == {"status": "x"}


async def test_without_an_owner_the_command_is_withdrawn(floor_end: Floor) -> None:
    with pytest.raises(Unavailable) as raised:
        await floor_end.client.send(
            floor_end.organisation_id, USER, "agent.ready", {}, timeout_seconds=0.2
        )
    assert raised.value.code == "FLOOR_UNAVAILABLE"
    taken: list[str] = []

    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> Mapping[str, Any]:
        taken.append(kind)
        return {"ok": True}

    async with floor_end.running(answer):
        await floor_end.client.send(floor_end.organisation_id, USER, "agent.pause", {})
    assert taken == ["agent.pause"]


async def test_commands_are_taken_in_order_and_each_gets_its_own_answer(floor_end: Floor) -> None:
    taken: list[int] = []

    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> Mapping[str, Any]:
        taken.append(payload["n"])
        return {"ok": True, "n": payload["n"]}

    async with floor_end.running(answer):
        for n in range(3):
            said = await floor_end.client.send(floor_end.organisation_id, USER, "x", {"n": n})
            assert said == {"n": n}
        together = await asyncio.gather(
            *(
                floor_end.client.send(floor_end.organisation_id, USER, "x", {"n": n})
                for n in range(3, 13)
            )
        )
    assert [said["n"] for said in together] == list(range(3, 13))
    assert sorted(taken) == list(range(13))


async def test_another_organisation_has_no_part_in_it(floor_end: Floor, both: Both) -> None:
    taken: list[str] = []

    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> Mapping[str, Any]:
        taken.append(kind)
        return {"ok": True}

    async with floor_end.running(answer):
        with pytest.raises(Unavailable):
            await floor_end.client.send(
                both.b.organisation_id, USER, "agent.ready", {}, timeout_seconds=0.2
            )
    assert taken == []


@pytest.mark.parametrize("kind", [Conflict, Invalid, NotFound, Unavailable])
def test_refusals_keep_their_kind(kind: type[KwaboError]) -> None:
    with pytest.raises(kind) as raised:
        answer_or_refusal(refusal(kind("CODE", "Text.")))
    assert raised.value.status == kind.status
