"""Erasure of one person on a centre of a million contacts: how long, and how long claims wait.

    python benchmarks/erasure.py [--contacts 1000000] [--persons 3] [--plan]

Fills what an erasure has to read from end to end with as many rows as a centre gets in a month: the
audit log, messages of webhooks with their deliveries, kept answers of requests, answers of data
actions (each as many as contacts), a report of imports with a third as many, commands of agents
with half as many. Then looks at and erases persons while a floor claims contacts one by one.
A claim alone is beside it in the same run.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from uuid import UUID

import structlog
from _centre import ASKER, FLOOR, LIST, ORGANISATION, PLAIN, USER, Centre, centre, options_of
from _floor import Floor
from _measure import plans, show
from sqlalchemy.ext.asyncio import AsyncEngine

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.prompt_files import FolderPromptFiles
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.services.erasure import ErasureService

_CONTACT = "('00000000-0000-7001-8000-' || lpad(to_hex({i}), 12, '0'))"
_NUMBER = "'+22901' || lpad((60000000 + i)::text, 8, '0')"
_FILL = (
    "SET synchronous_commit = off",
    "INSERT INTO webhooks (webhook_id, organisation_id, url, kinds, secret, state, created_at,"
    " updated_at) VALUES ('{o}', '{o}', 'https://example.test/', '{{attempt.closed}}', '\\x00',"
    " 'off', now(), now())",
    "INSERT INTO audit_log (organisation_id, at, actor_user_id, action, subject_kind, subject_id,"
    " details) SELECT '{o}', now() - i * interval '2 seconds', '{u}', 'contact.changed', 'contact',"
    " {contact}, jsonb_build_object('contact_id', {contact}, 'columns', 'solde, ville')"
    " FROM generate_series(1, {rows}) i",
    "INSERT INTO webhook_messages (message_id, organisation_id, kind, at, data, personal)"
    " SELECT ('00000000-0000-7003-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '{o}',"
    " 'attempt.closed', now() - i * interval '2 seconds', jsonb_build_object('contact_id',"
    " {contact}, 'attempt_id', gen_random_uuid(), 'result', 'no_answer', 'campaign_id', '{o}'),"
    " jsonb_build_object('number', {number}) FROM generate_series(1, {rows}) i",
    "INSERT INTO webhook_deliveries (delivery_id, organisation_id, webhook_id, message_id, state,"
    " next_at, wanted_at, answer) SELECT gen_random_uuid(), '{o}', '{o}', message_id, 'delivered',"
    " at, at, '{{\"ok\": true}}' FROM webhook_messages",
    "INSERT INTO idempotency_keys (organisation_id, key, request_hash, status, answer, created_at)"
    " SELECT '{o}', gen_random_uuid()::text, '\\x00', 201, jsonb_build_object('contact_id',"
    " {contact}, 'numbers', jsonb_build_array({number})), now() - i * interval '80 milliseconds'"
    " FROM generate_series(1, {rows}) i",
    "INSERT INTO data_actions (data_action_id, organisation_id, name, document, created_at,"
    " updated_at) VALUES ('{o}', '{o}', 'Solde', '{{\"headers\": [], \"outputs\": []}}', now(),"
    " now())",
    "INSERT INTO data_checks (data_action_id, organisation_id, key, outputs, answered_at)"
    " SELECT '{o}', '{o}', gen_random_uuid()::text, jsonb_build_object('solde', i, 'client',"
    " 'C' || i), now() - interval '1 hour' FROM generate_series(1, {rows}) i",
    "INSERT INTO imports (import_id, organisation_id, contact_list_id, user_id, file_name,"
    " file_path, file_bytes, state, encoding, delimiter, created_at, ended_at) VALUES ('{o}',"
    " '{o}', '{l}', '{u}', 'a.csv', 'a', 1, 'complete', 'utf-8', ';', now() - interval '1 day',"
    " now() - interval '1 day')",
    "INSERT INTO import_rejections (import_id, organisation_id, line_number, column_name, value,"
    " code) SELECT '{o}', '{o}', i, 'téléphone', '0' || i, 'NUMBER_INVALID'"
    " FROM generate_series(1, {rows} / 3) i",
    "INSERT INTO floor_commands (command_id, floor_id, organisation_id, kind, payload, created_at,"
    " handled_at, answer) SELECT gen_random_uuid(), '{f}', '{o}', 'wrap_up', jsonb_build_object("
    " 'attempt_id', gen_random_uuid(), 'notes', 'rappeler'), now() - i * interval '1 second',"
    " now() - i * interval '1 second', '{{\"ok\": true}}' FROM generate_series(1, {rows} / 2) i",
    "VACUUM ANALYZE",
)


async def _fill(made: Centre, statements: list[str]) -> None:
    async with made.owner() as owner:
        if await owner.fetchval("SELECT count(*) FROM audit_log") < made.contacts:
            for statement in statements:
                await owner.execute(statement)


async def _person(made: Centre, number: int) -> UUID:
    async with made.owner() as owner:
        found = await owner.fetchval(
            "SELECT person_id FROM person_addresses WHERE address = '+22901' || lpad($1, 8, '0')",
            str(60000000 + number),
        )
        return UUID(str(found))


async def main() -> None:
    """Measure and print the table."""
    parser = options_of(__doc__)
    parser.add_argument("--persons", type=int, default=3)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    found: dict[str, list[float] | str] = {}
    seen: list[str] = []
    async with centre(options) as made:
        names = {"o": ORGANISATION, "u": USER, "l": LIST, "f": FLOOR, "rows": made.contacts}
        names |= {"contact": _CONTACT.format(i="i"), "number": _NUMBER}
        await _fill(made, [statement.format(**names) for statement in _FILL])
        clock = SystemClock()
        floor = await Floor.of(made)
        found["claim of one, nothing beside it"], _ = await floor.claims(PLAIN, 1, 100)
        with tempfile.TemporaryDirectory() as folder:

            def service(engine: AsyncEngine) -> ErasureService:
                return ErasureService(
                    PostgresUnitOfWork(engine),
                    uploads=FolderUploads(Path(folder) / "uploads"),
                    audio=FolderPromptFiles(Path(folder) / "prompts"),
                    ids=TimeOrderedIds(clock),
                    clock=clock,
                )

            engine = create_engine(made.app_url, statement_timeout_seconds=120)
            erasures = service(engine)
            for turn in range(options.persons):
                number = made.contacts // 2 + 30 * turn + 1
                person_id = await _person(made, number)
                deeds = {
                    "looked at": lambda one=person_id: erasures.preview(ASKER, one, keep=False),
                    "erased": lambda one=person_id, ending=str(60000000 + number)[-4:]: (
                        erasures.erase(
                            ASKER,
                            one,
                            reason="A letter",
                            keep_do_not_call=False,
                            number_ending=ending,
                        )
                    ),
                }
                for name, deed in deeds.items():
                    ms, claims = await floor.beside(PLAIN, deed())
                    found.setdefault(f"a person {name}", []).append(ms)  # type: ignore[union-attr]
                    found.setdefault(f"claims while one is {name}", []).extend(claims)  # type: ignore[union-attr]
            await engine.dispose()
            if options.plan:
                async with plans(made, longer_than_ms=20) as seen:
                    engine = create_engine(made.app_url, statement_timeout_seconds=120)
                    person_id = await _person(made, made.contacts // 2 - 29)
                    await service(engine).preview(ASKER, person_id, keep=False)
                    await engine.dispose()
        await floor.close()
    show("erasure", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
