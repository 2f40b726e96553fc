"""Connections to PostgreSQL: one pool per process, with limits on whatever can get stuck.

JSON columns go in and come out as Python values, so SQL says `CAST(:data AS jsonb)` and passes a
dict or a list. (In `text()` two colons after a parameter hide it: not `:data::jsonb`.)
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

DRIVER = "postgresql+asyncpg"


def database_url(url: str) -> URL:
    """A `postgresql://` URL as SQLAlchemy wants it. Raises ValueError for another kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise ValueError(f"not a PostgreSQL URL: {parsed.render_as_string(hide_password=True)}")
    return parsed.set(drivername=DRIVER)


def create_engine(
    url: str,
    *,
    application_name: str = "kwabo",
    pool_size: int = 10,
    max_overflow: int = 10,
    pool_timeout_seconds: float = 10.0,  # waiting longer for a free connection is an error
    statement_timeout_seconds: float = 30.0,  # 0: none
    lock_timeout_seconds: float = 10.0,
    idle_in_transaction_timeout_seconds: float = 60.0,
    pooled: bool = True,  # False: each use opens and closes a connection
) -> AsyncEngine:
    """A pool of connections. Nothing is opened until the first use; close with `dispose()`."""
    options: dict[str, Any] = (
        {
            "pool_size": pool_size,
            "max_overflow": max_overflow,
            "pool_timeout": pool_timeout_seconds,
            "pool_recycle": 1800,
            "pool_use_lifo": True,  # those in use keep their statements prepared
        }
        if pooled
        else {"poolclass": NullPool}
    )
    engine = create_async_engine(
        database_url(url),
        hide_parameters=True,  # they hold numbers, names and hashes; errors are logged
        connect_args={
            "timeout": 10,
            "server_settings": {
                "application_name": application_name,
                "timezone": "UTC",
                "jit": "off",
                "statement_timeout": _milliseconds(statement_timeout_seconds),
                "lock_timeout": _milliseconds(lock_timeout_seconds),
                "idle_in_transaction_session_timeout": _milliseconds(
                    idle_in_transaction_timeout_seconds
                ),
            },
        },
        **options,
    )
    event.listen(engine.sync_engine, "connect", _use_json_values)
    event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """Have the pool open a new connection for one that the server has closed meanwhile.

    The driver knows by then; a question to the server would cost three more of its answers.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError("the server has closed this connection")


def _use_json_values(connection: Any, _record: Any) -> None:
    """Encode and decode json and jsonb at the driver, whatever SQL text they stand in."""
    for kind in ("json", "jsonb"):
        connection.run_async(
            lambda driver, kind=kind: driver.set_type_codec(
                kind, schema="pg_catalog", encoder=_encode, decoder=json.loads, format="text"
            )
        )


def _encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
