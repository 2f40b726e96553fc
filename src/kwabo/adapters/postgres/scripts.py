"""Scripts on PostgreSQL. The role kwabo_app has no right to change or remove a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contacts import PostgresContactStore
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.contacts import Contact
from kwabo.ports.scripts import AnsweredCall, Script, ScriptRun, ScriptVersion

_SELECT = """
    SELECT s.script_id, s.name, s.contact_list_id, s.draft, s.published_version, s.version,
           s.created_at, s.updated_at,
           ARRAY(SELECT c.name FROM campaigns c WHERE c.script_id = s.script_id
                 ORDER BY c.name) AS campaigns
    FROM scripts s
"""
_GET = text(f"{_SELECT} WHERE s.script_id = :script_id")
_LOCKED = text(f"{_SELECT} WHERE s.script_id = :script_id FOR UPDATE OF s")
_ALL = text(f"{_SELECT} ORDER BY s.name, s.script_id")
_ADD = text("""
    INSERT INTO scripts (script_id, organisation_id, name, contact_list_id, draft,
                         published_version, version, created_at, updated_at)
    VALUES (:script_id, current_organisation(), :name, :contact_list_id, CAST(:draft AS jsonb),
            :published_version, :version, :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE scripts SET name = :name, contact_list_id = :contact_list_id,
        draft = CAST(:draft AS jsonb), published_version = :published_version, version = :version,
        updated_at = :updated_at
    WHERE script_id = :script_id
""")
_DELETE = text("DELETE FROM scripts WHERE script_id = :script_id")
_HAS_RUNS = text("SELECT EXISTS (SELECT FROM script_answers WHERE script_id = :script_id)")
_CAMPAIGNS = text("SELECT campaign_id FROM campaigns WHERE script_id = :script_id ORDER BY 1")
_PUBLISH = text("""
    INSERT INTO script_versions (script_id, version, organisation_id, document, note,
                                 restored_from, user_id, published_at)
    VALUES (:script_id, :version, current_organisation(), CAST(:document AS jsonb), :note,
            :restored_from, :user_id, :published_at)
""")
_VERSION = """
    SELECT v.script_id, v.version, v.document, v.note, v.restored_from, v.user_id,
           u.display_name AS user_name, v.published_at
    FROM script_versions v LEFT JOIN users u ON u.user_id = v.user_id
"""
_VERSIONS = text(f"{_VERSION} WHERE v.script_id = :script_id ORDER BY v.version DESC")
_ONE_VERSION = text(f"{_VERSION} WHERE v.script_id = :script_id AND v.version = :version")
_PUBLISHED = text(f"""
    {_VERSION} JOIN scripts s ON s.script_id = v.script_id AND s.published_version = v.version
    WHERE v.script_id = :script_id
""")
_BEGIN = text("""
    INSERT INTO script_answers (attempt_id, organisation_id, campaign_id, contact_id, script_id,
                                script_version, started_at)
    SELECT :attempt_id, c.organisation_id, c.campaign_id, :contact_id, s.script_id,
           s.published_version, :at
    FROM campaigns c JOIN scripts s ON s.script_id = c.script_id
    WHERE c.campaign_id = :campaign_id AND s.published_version IS NOT NULL
    ON CONFLICT (attempt_id) DO NOTHING
""")
_RUN_COLUMNS = """a.attempt_id, a.campaign_id, a.contact_id, a.script_id, a.script_version, a.page,
           a.visited, a.answers || a.pii_answers AS answers, a.revision, a.user_id, a.saved_at"""
_RUN = f"SELECT {_RUN_COLUMNS} FROM script_answers a"
_ONE_RUN = text(f"{_RUN} WHERE a.attempt_id = :attempt_id")
_RUN_LOCKED = text(f"{_RUN} WHERE a.attempt_id = :attempt_id FOR UPDATE")
_OF_CONTACT = text(f"""
    {_RUN} WHERE a.contact_id = :contact_id AND a.saved_at IS NOT NULL
    ORDER BY a.attempt_id DESC LIMIT :limit
""")
_SAVE = text("""
    UPDATE script_answers SET page = :page, visited = :visited,
        answers = CAST(:answers AS jsonb), pii_answers = CAST(:pii_answers AS jsonb),
        revision = :revision, user_id = :user_id, saved_at = :saved_at
    WHERE attempt_id = :attempt_id
""")
_ANSWERED = text(f"""
    SELECT {_RUN_COLUMNS}, t.number, u.display_name AS agent,
           coalesce(k.name, w.system_code) AS wrap_up,
           coalesce(t.connected_at, t.answered_at, t.dialling_at, a.started_at) AS at
    FROM script_answers a
    JOIN attempts t ON t.attempt_id = a.attempt_id
    LEFT JOIN users u ON u.user_id = a.user_id
    LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
    LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
    WHERE a.campaign_id = :campaign_id AND a.saved_at IS NOT NULL
      AND (CAST(:before AS uuid) IS NULL OR a.attempt_id < :before)
    ORDER BY a.attempt_id DESC LIMIT :limit
""")
_VERSIONS_ANSWERED = text(f"""
    {_VERSION} WHERE (v.script_id, v.version) IN (
        SELECT a.script_id, a.script_version FROM script_answers a
        WHERE a.campaign_id = :campaign_id AND a.saved_at IS NOT NULL)
    ORDER BY v.published_at DESC, v.version DESC
""")
_COLUMNS = text("""
    UPDATE contacts SET data = data || with_renamed_columns(contact_list_id, CAST(:data AS jsonb)),
        version = version + 1, updated_at = now()
    WHERE contact_id = :contact_id
""")

_MARK = text("""
    UPDATE contacts SET uncallable_numbers = uncallable_numbers || CAST(:number AS text),
        uncallable_number_reasons = uncallable_number_reasons
            || jsonb_build_object(CAST(:number AS text), CAST(:reason AS text)),
        version = version + 1, updated_at = now()
    WHERE contact_id = :contact_id AND NOT CAST(:number AS text) = ANY (uncallable_numbers)
""")


class PostgresScriptStore:
    """See `kwabo.ports.scripts.ScriptStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, script: Script) -> None:
        with unique_name("script", script.name):
            values = _values(script) | {"created_at": script.created_at}
            await self._connection.execute(_ADD, values)

    async def get(self, script_id: UUID) -> Script | None:
        return await self._one(_GET, script_id)

    async def get_for_change(self, script_id: UUID) -> Script | None:
        return await self._one(_LOCKED, script_id)

    async def _one(self, statement: Any, script_id: UUID) -> Script | None:
        row = (await self._connection.execute(statement, {"script_id": script_id})).first()
        return None if row is None else _script(row)

    async def all(self) -> Sequence[Script]:
        return [_script(row) for row in await self._connection.execute(_ALL)]

    async def change(self, script: Script) -> None:
        with unique_name("script", script.name):
            await self._connection.execute(_CHANGE, _values(script))

    async def delete(self, script_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"script_id": script_id})

    async def has_runs(self, script_id: UUID) -> bool:
        return bool(await self._connection.scalar(_HAS_RUNS, {"script_id": script_id}))

    async def campaigns_of(self, script_id: UUID) -> Sequence[UUID]:
        rows = await self._connection.execute(_CAMPAIGNS, {"script_id": script_id})
        return [row.campaign_id for row in rows]

    async def publish(self, version: ScriptVersion) -> None:
        await self._connection.execute(
            _PUBLISH,
            {
                "script_id": version.script_id,
                "version": version.version,
                "document": dict(version.document),
                "note": version.note,
                "restored_from": version.restored_from,
                "user_id": version.user_id,
                "published_at": version.published_at,
            },
        )

    async def versions(self, script_id: UUID) -> Sequence[ScriptVersion]:
        rows = await self._connection.execute(_VERSIONS, {"script_id": script_id})
        return [ScriptVersion(**row._mapping) for row in rows]

    async def version(self, script_id: UUID, version: int) -> ScriptVersion | None:
        values = {"script_id": script_id, "version": version}
        row = (await self._connection.execute(_ONE_VERSION, values)).first()
        return None if row is None else ScriptVersion(**row._mapping)

    async def published(self, script_id: UUID) -> ScriptVersion | None:
        row = (await self._connection.execute(_PUBLISHED, {"script_id": script_id})).first()
        return None if row is None else ScriptVersion(**row._mapping)

    # ── Calls ────────────────────────────────────────────────────────────────────────────────────

    async def begin_run(
        self, attempt_id: UUID, campaign_id: UUID, contact_id: UUID, at: datetime
    ) -> None:
        await self._connection.execute(
            _BEGIN,
            {
                "attempt_id": attempt_id,
                "campaign_id": campaign_id,
                "contact_id": contact_id,
                "at": at,
            },
        )

    async def run(self, attempt_id: UUID, *, lock: bool = False) -> ScriptRun | None:
        statement = _RUN_LOCKED if lock else _ONE_RUN
        row = (await self._connection.execute(statement, {"attempt_id": attempt_id})).first()
        return None if row is None else _run(row)

    async def save_run(self, run: ScriptRun, personal: frozenset[str]) -> None:
        plain = {name: value for name, value in run.answers.items() if name not in personal}
        pii = {name: value for name, value in run.answers.items() if name in personal}
        await self._connection.execute(
            _SAVE,
            {
                "attempt_id": run.attempt_id,
                "page": run.page,
                "visited": list(run.visited),
                "answers": plain,
                "pii_answers": pii,
                "revision": run.revision,
                "user_id": run.user_id,
                "saved_at": run.saved_at,
            },
        )

    async def runs_of_contact(self, contact_id: UUID, limit: int) -> Sequence[ScriptRun]:
        values = {"contact_id": contact_id, "limit": limit}
        return [_run(row) for row in await self._connection.execute(_OF_CONTACT, values)]

    async def answered(
        self, campaign_id: UUID, *, before_attempt_id: UUID | None, limit: int
    ) -> Sequence[AnsweredCall]:
        values = {"campaign_id": campaign_id, "before": before_attempt_id, "limit": limit}
        return [
            AnsweredCall(
                run=_run(row), number=row.number, agent=row.agent, wrap_up=row.wrap_up, at=row.at
            )
            for row in await self._connection.execute(_ANSWERED, values)
        ]

    async def versions_answered(self, campaign_id: UUID) -> Sequence[ScriptVersion]:
        rows = await self._connection.execute(_VERSIONS_ANSWERED, {"campaign_id": campaign_id})
        return [ScriptVersion(**row._mapping) for row in rows]

    async def contact_for_change(self, contact_id: UUID) -> Contact | None:
        return await PostgresContactStore(self._connection).get_for_change(contact_id)

    async def mark_number(self, contact_id: UUID, number: str, reason: str) -> None:
        values = {"contact_id": contact_id, "number": number, "reason": reason}
        await self._connection.execute(_MARK, values)

    async def write_columns(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        await self._connection.execute(_COLUMNS, {"contact_id": contact_id, "data": dict(data)})


def _values(script: Script) -> dict[str, Any]:
    return {
        "script_id": script.script_id,
        "name": script.name,
        "contact_list_id": script.contact_list_id,
        "draft": dict(script.draft),
        "published_version": script.published_version,
        "version": script.version,
        "updated_at": script.updated_at,
    }


def _script(row: Any) -> Script:
    return Script(**{**row._mapping, "campaigns": tuple(row.campaigns)})


def _run(row: Any) -> ScriptRun:
    return ScriptRun(
        attempt_id=row.attempt_id,
        campaign_id=row.campaign_id,
        contact_id=row.contact_id,
        script_id=row.script_id,
        script_version=row.script_version,
        page=row.page,
        visited=tuple(row.visited),
        answers=row.answers,
        revision=row.revision,
        user_id=row.user_id,
        saved_at=row.saved_at,
    )
