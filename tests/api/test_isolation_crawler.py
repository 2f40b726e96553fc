"""No organisation sees, changes or refers to anything of another, whatever the route.

The routes come from the OpenAPI document, so a new one is covered, or the test says what it lacks.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import asyncpg
import httpx
import pytest

from api.operations import Operation, Reference, operations_of, references_in, sample
from api.things import MAKERS, Things, maker_of
from database import Database, DatabaseServer
from kwabo.services.organisations import MadeOrganisation
from world import Application, Both

REFUSALS = {404, 409, 422}

# They do what they can with the ids that exist; the rows of both organisations are compared.
IGNORE_UNKNOWN = {"POST /api/v1/contact-lists/{contact_list_id}/contacts/delete"}


@pytest.fixture
async def connection(
    database: Database, database_server: DatabaseServer
) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection."""
    async with database_server.superuser(database.name) as connection:
        yield connection


@pytest.fixture
async def theirs(application: Application, connection: asyncpg.Connection) -> Things:
    """What organisation A has."""
    return Things(await application.signed_in("a.admin"), "a", application.both.a, connection)


@pytest.fixture
async def ours(application: Application, connection: asyncpg.Connection) -> Things:
    """What organisation B has."""
    return Things(await application.signed_in("b.admin"), "b", application.both.b, connection)


@pytest.fixture
async def program(application: Application) -> httpx.AsyncClient:
    """A program with a token of organisation B that may do everything."""
    return await application.with_token("b.admin")


@pytest.fixture
async def operations(anonymous: httpx.AsyncClient) -> list[Operation]:
    """Every operation of the API."""
    return operations_of((await anonymous.get("/api/openapi.json")).json())


async def _fill(path: str, parameters: tuple[str, ...], things: Things) -> str:
    for parameter in parameters:
        path = path.replace("{" + parameter + "}", await things.id_of(parameter))
    return path


async def _make_all(operations: list[Operation], things: Things) -> None:
    """One thing for each id that a path or a body names."""
    for operation in operations:
        for parameter in operation.path_parameters:
            await things.id_of(parameter)
        for reference in references_in(_body(operation)):
            await things.id_of(_parameter(reference))


def _body(operation: Operation) -> Any:
    if operation.body_schema is None:
        return None
    return sample(operation.body_schema)


async def _with_ids(body: Any, things: Things) -> Any:
    for reference in references_in(body):
        body = reference.set(body, await things.id_of(_parameter(reference)))
    return body


def _parameter(reference: Reference) -> str:
    parameter = maker_of(reference.singular)
    assert parameter, f"add a maker for {reference.field} to tests/api/things.py"
    return parameter


async def _ask(
    client: httpx.AsyncClient, operation: Operation, path: str, body: Any
) -> httpx.Response:
    if operation.content_type and operation.content_type.startswith("multipart/"):
        fields = {k: v for k, v in (body or {}).items() if k.endswith("_id")}
        files = {"file": ("x.csv", b"name,phone\nAwa,0161000000\n", "text/csv")}
        return await client.request(operation.method, path, data=fields, files=files)
    if body is None:
        return await client.request(operation.method, path)
    return await client.request(operation.method, path, json=body)


def _is_about(answer: httpx.Response, reference: Reference) -> bool:
    """Else the sample was refused for something else, and the id was never looked up."""
    if answer.status_code != 422:
        return True
    error = answer.json()["error"]
    fields = [(error.get("field", ""), error["code"])]
    fields += [
        (field["field"], field["code"]) for field in error.get("details", {}).get("fields", ())
    ]
    return any(
        field.split(".")[0] == reference.steps[0] and "UNKNOWN" in code for field, code in fields
    )


def _not_taken(answer: httpx.Response) -> bool:
    """Whether it is a command to the floor: none runs here, so it was withdrawn. What a floor says
    to an attempt that is not the agent's is tested with the floor."""
    return answer.status_code == 503 and answer.json()["error"]["code"] == "FLOOR_UNAVAILABLE"


async def _rows(
    database: Database, server: DatabaseServer, organisation_id: object
) -> dict[str, str]:
    """Every row of an organisation as text, by table."""
    async with server.superuser(database.name) as connection:
        return {
            table: "\n".join(sorted(await _rows_of(connection, table, organisation_id)))
            for table in await _tables(connection)
        }


async def _tables(connection: asyncpg.Connection) -> list[str]:
    rows = await connection.fetch(
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'organisation_id'"
    )
    return [row["table_name"] for row in rows]


async def _rows_of(
    connection: asyncpg.Connection, table: str, organisation_id: object
) -> list[str]:
    rows = await connection.fetch(
        f'SELECT t::text AS row FROM "{table}" t WHERE organisation_id = $1', organisation_id
    )
    return [row["row"] for row in rows]


async def test_every_parameter_of_a_path_has_a_maker(operations: list[Operation]) -> None:
    parameters = {name for operation in operations for name in operation.path_parameters}
    assert parameters <= set(MAKERS), "add makers for these to tests/api/things.py"


async def _answers_other_than_not_found(
    operations: list[Operation], theirs: Things, ours: Things, program: httpx.AsyncClient
) -> list[str]:
    """Ask every address with their ids, as us."""
    wrong = []
    for operation in operations:
        if not operation.path_parameters:
            continue
        body = await _with_ids(_body(operation), ours)
        paths = [await _fill(operation.path, operation.path_parameters, theirs)]
        for parameter in operation.path_parameters[1:]:  # one of theirs under one of ours
            mixed = await _fill(operation.path, (parameter,), theirs)
            paths.append(await _fill(mixed, operation.path_parameters, ours))
        for path in paths:
            for client in (program, ours.client):
                answer = await _ask(client, operation, path, body)
                if answer.status_code != 404 or answer.json()["error"]["code"] != "NOT_FOUND":
                    wrong.append(f"{operation}: {answer.status_code} {answer.text[:200]}")
    return wrong


async def test_an_id_of_another_organisation_does_not_exist(
    operations: list[Operation],
    theirs: Things,
    ours: Things,
    program: httpx.AsyncClient,
    database: Database,
    database_server: DatabaseServer,
    both: Both,
) -> None:
    await _make_all(operations, theirs)
    before = await _rows(database, database_server, both.a.organisation_id)
    wrong = await _answers_other_than_not_found(operations, theirs, ours, program)
    assert wrong == [], "\n".join(wrong)
    assert await _rows(database, database_server, both.a.organisation_id) == before


async def test_the_crawler_notices_a_table_that_stands_open(
    operations: list[Operation],
    theirs: Things,
    ours: Things,
    program: httpx.AsyncClient,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    async with database_server.superuser(database.name) as connection:
        await connection.execute("ALTER TABLE users DISABLE ROW LEVEL SECURITY")
    wrong = await _answers_other_than_not_found(operations, theirs, ours, program)
    assert any(line.startswith("GET /api/v1/users/{user_id}: 200") for line in wrong)


async def test_nothing_can_refer_to_what_another_organisation_has(
    operations: list[Operation],
    theirs: Things,
    ours: Things,
    database: Database,
    database_server: DatabaseServer,
    both: Both,
) -> None:
    """A body of ours that names one thing of theirs, one after the other, is refused."""
    await _make_all(operations, theirs)
    before = await _rows(database, database_server, both.a.organisation_id)
    tried, wrong = 0, []
    for operation in operations:
        body = _body(operation)
        for reference in references_in(body):
            path = await _fill(operation.path, operation.path_parameters, ours)
            filled = await _with_ids(body, ours)
            planted = reference.set(filled, await theirs.id_of(_parameter(reference)))
            answer = await _ask(ours.client, operation, path, planted)
            tried += 1
            refused = answer.status_code in REFUSALS or _not_taken(answer)
            if not refused and str(operation) not in IGNORE_UNKNOWN:
                wrong.append(f"{operation} {planted}: {answer.status_code} {answer.text[:200]}")
            elif not _is_about(answer, reference):
                wrong.append(f"{operation}: the sample body does not fit: {answer.text[:300]}")
    assert wrong == [], "\n".join(wrong)
    assert tried > 0
    assert await _rows(database, database_server, both.a.organisation_id) == before
    rows = await _rows(database, database_server, both.b.organisation_id)
    for thing in theirs.ids:
        holding = [table for table, text in rows.items() if thing in text]
        assert not holding, f"{thing} of organisation A is in B's {holding}"


async def test_no_list_and_no_object_shows_anything_of_another_organisation(
    operations: list[Operation], theirs: Things, ours: Things, both: Both
) -> None:
    await _make_all(operations, theirs)
    foreign = theirs.ids | {str(value) for value in _values(both.a)} | {"Organisation A"}
    seen = 0
    for operation in operations:
        if operation.method != "get":
            continue
        path = await _fill(operation.path, operation.path_parameters, ours)
        answer = await ours.client.get(path)
        seen += answer.status_code == 200
        shown = {text for text in foreign if text in answer.text}
        assert not shown, f"{operation} shows {shown}"
        for parameter in operation.query_parameters:
            if parameter in theirs.parameters:
                params = {parameter: await theirs.id_of(parameter)}
                filtered = (await ours.client.get(path, params=params)).text
                shown = {text for text in foreign - {params[parameter]} if text in filtered}
                assert not shown, f"{operation} with {parameter} shows {shown}"
    assert seen > 0


def _values(made: MadeOrganisation) -> list[object]:
    values = asdict(made)
    return [*values.pop("user_ids").values(), *values.values()]


async def test_what_was_made_can_be_found_by_its_own_organisation(
    operations: list[Operation], ours: Things
) -> None:
    """Else a 404 would prove nothing."""
    found = 0
    for operation in operations:
        if operation.method == "get" and operation.path_parameters:
            path = await _fill(operation.path, operation.path_parameters, ours)
            answer = await ours.client.get(path)
            # What the floor would tell of it was looked up before the floor was asked.
            known = answer.status_code == 200 or _not_taken(answer)
            assert known, f"{operation}: {answer.text[:300]}"
            found += 1
    assert found > 0
