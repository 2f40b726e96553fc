"""Transactions on PostgreSQL and the stores that work in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from kwabo.adapters.postgres.access import PostgresAccessStore
from kwabo.adapters.postgres.audit import PostgresAuditStore
from kwabo.adapters.postgres.contact_lists import PostgresContactListStore
from kwabo.adapters.postgres.contacts import PostgresContactStore
from kwabo.adapters.postgres.idempotency import PostgresIdempotencyStore
from kwabo.adapters.postgres.imports import PostgresImportStore
from kwabo.adapters.postgres.organisations import PostgresOrganisationStore
from kwabo.adapters.postgres.users import PostgresUserStore


class PostgresStores:
    """Every store on one connection, made when first asked for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def organisations(self) -> PostgresOrganisationStore:
        return PostgresOrganisationStore(self._connection)

    @cached_property
    def users(self) -> PostgresUserStore:
        return PostgresUserStore(self._connection)

    @cached_property
    def access(self) -> PostgresAccessStore:
        return PostgresAccessStore(self._connection)

    @cached_property
    def audit(self) -> PostgresAuditStore:
        return PostgresAuditStore(self._connection)

    @cached_property
    def idempotency(self) -> PostgresIdempotencyStore:
        return PostgresIdempotencyStore(self._connection)

    @cached_property
    def contact_lists(self) -> PostgresContactListStore:
        return PostgresContactListStore(self._connection)

    @cached_property
    def contacts(self) -> PostgresContactStore:
        return PostgresContactStore(self._connection)

    @cached_property
    def imports(self) -> PostgresImportStore:
        return PostgresImportStore(self._connection)


class PostgresUnitOfWork:
    """Begins transactions on a pool of connections of the role kwabo_app."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def begin(self, organisation_id: UUID) -> AsyncIterator[PostgresStores]:
        """A transaction of one organisation; commits on leaving, rolls back on any exception."""
        async with self._engine.begin() as connection:
            await connection.execute(
                text("SELECT set_config('kwabo.organisation_id', :organisation_id, true)"),
                {"organisation_id": str(organisation_id)},
            )
            yield PostgresStores(connection)

    @asynccontextmanager
    async def begin_outside(self) -> AsyncIterator[PostgresStores]:
        """A transaction outside every organisation."""
        async with self._engine.begin() as connection:
            yield PostgresStores(connection)
