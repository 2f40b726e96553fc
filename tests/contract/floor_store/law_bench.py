"""What the contract of law and guard needs of each bench."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from contract.floor_store.bench import NOW, Bench
from contract.floor_store.memory_bench import MemoryBench
from contract.floor_store.postgres_bench import PostgresBench
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.fraud_guard import FraudGuard, period_of
from kwabo.ports.floor_rows import WrapUpCodeRow


def consent(bench: Bench, number: str, purpose: str = "prospecting", **changes: Any) -> ConsentLine:
    """A line of the ledger."""
    values: dict[str, Any] = {
        "consent_id": bench.new_id(),
        "place": 0,
        "kind": "given",
        "number": number,
        "purpose": purpose,
        "channel": "voice",
        "at": NOW - timedelta(days=2),
    }
    return ConsentLine(**{**values, **changes})


class LawBench(Protocol):
    """Puts law there, and looks at what was counted."""

    async def allow(self, guard: FraudGuard) -> None: ...

    async def own_caller_id(self, number: str) -> None: ...

    async def add_consent(self, line: ConsentLine) -> None: ...

    async def refusal_code(self) -> UUID: ...

    async def spent(self, at: datetime) -> Decimal:
        """In the day of Porto-Novo around `at`."""
        ...


def law_of(bench: Bench) -> LawBench:
    """The part of a bench that is about law."""
    return _Memory(bench) if isinstance(bench, MemoryBench) else _Postgres(bench)  # type: ignore[arg-type]


def _day(at: datetime) -> datetime:
    return period_of("day", at, "Africa/Porto-Novo")[0]


class _Memory:
    def __init__(self, bench: MemoryBench) -> None:
        self._bench = bench
        self._law = bench._data.law

    async def allow(self, guard: FraudGuard) -> None:
        self._law.guard = guard

    async def own_caller_id(self, number: str) -> None:
        self._law.caller_ids = frozenset({number})

    async def add_consent(self, line: ConsentLine) -> None:
        self._law.add_consent(line)

    async def refusal_code(self) -> UUID:
        code = WrapUpCodeRow(
            wrap_up_code_id=self._bench.new_id(), name="No", flags=frozenset({"refusal"})
        )
        self._bench._data.wrap_up_codes.put(code.wrap_up_code_id, code)
        return code.wrap_up_code_id

    async def spent(self, at: datetime) -> Decimal:
        return self._law.spent.get(("", "day", _day(at))) or Decimal(0)


class _Postgres:
    def __init__(self, bench: PostgresBench) -> None:
        self._bench = bench
        self._connection = bench._connection

    async def allow(self, guard: FraudGuard) -> None:
        await self._connection.execute(
            """
            INSERT INTO compliance_settings (organisation_id, countries, number_kinds,
                denied_prefixes, caps, tariffs, spend_per_day, spend_per_month, reserved_minutes,
                updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
            ON CONFLICT (organisation_id) DO UPDATE SET countries = $2, number_kinds = $3,
                denied_prefixes = $4, caps = $5, tariffs = $6, spend_per_day = $7,
                spend_per_month = $8, reserved_minutes = $9
            """,
            self._bench.place.floor.organisation_id,
            list(guard.countries),
            list(guard.number_kinds),
            list(guard.denied_prefixes),
            json.dumps([{"country": c.country, "per": c.per, "most": c.most} for c in guard.caps]),
            json.dumps({prefix: str(price) for prefix, price in guard.tariffs.items()}),
            guard.spend_per_day,
            guard.spend_per_month,
            guard.reserved_minutes,
        )

    async def own_caller_id(self, number: str) -> None:
        await self._connection.execute(
            "UPDATE trunks SET caller_ids = $1 WHERE trunk_id = $2",
            [number],
            self._bench.place.trunk_id,
        )

    async def add_consent(self, line: ConsentLine) -> None:
        await self._connection.execute(
            "INSERT INTO consents (consent_id, organisation_id, kind, number, purpose, channel, at,"
            " valid_until, source, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'user', $7)",
            line.consent_id,
            self._bench.place.floor.organisation_id,
            line.kind,
            line.number,
            line.purpose,
            line.channel,
            line.at,
            line.valid_until,
        )

    async def refusal_code(self) -> UUID:
        code_id = self._bench.new_id()
        await self._bench._insert(
            "wrap_up_codes", wrap_up_code_id=code_id, name="No", flags=["refusal"]
        )
        return code_id

    async def spent(self, at: datetime) -> Decimal:
        found = await self._connection.fetchval(
            "SELECT spent FROM call_usage WHERE organisation_id = $1 AND country = ''"
            " AND per = 'day' AND starts_at = $2",
            self._bench.place.floor.organisation_id,
            _day(at),
        )
        return Decimal(0) if found is None else Decimal(found)
