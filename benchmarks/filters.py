"""Counts and samples of filters on a list of a million, as while somebody edits one.

    python benchmarks/filters.py [--contacts 1000000] [--plan]

Each filter's count and sample on the big centre, in milliseconds, and whether the count was exact
or an estimate, with the error of the estimate; beside a bare `count(*)` of the contacts.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from _centre import LIST, ORGANISATION, centre, options_of
from _measure import plans, show, timed
from sqlalchemy import text

from kwabo.adapters.postgres import filter_matches
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.filter_sql import filter_sql
from kwabo.domain.contacts.filters.document import read_filter
from kwabo.domain.contacts.filters.fields import columns_of_kinds
from kwabo.domain.contacts.filters.times import Present

COLUMNS = columns_of_kinds({"ville": "text", "solde": "number", "échéance": "date"})
ZONE = ZoneInfo("Africa/Porto-Novo")


def clause(name: str, predicate: str, *values: Any, **more: Any) -> dict[str, Any]:
    """A clause on a column, or on a property when there is no such column."""
    where = "column" if name in COLUMNS else "property"
    return {where: name, "predicate": predicate, "values": list(values)} | more


FILTERS: dict[str, Any] = {
    "everybody": {"all": []},
    "town, folded": clause("ville", "EQUALS", "cotonou"),
    "town, exact": clause("ville", "EQUALS", "Cotonou", exact=True),
    "text inside": clause("ville", "CONTAINS", "novo"),
    "balance": clause("solde", "GREATER", 9000),
    "one in a thousand": clause("solde", "BETWEEN", 5000, 5009),
    "nobody": clause("ville", "EQUALS", "nulle part"),
    "older than 3 days": clause("échéance", "BEFORE", {"relative": "-P3D"}),
    "type of number": clause("number_type", "EQUALS", "mobile"),
    "never called": clause("attempts_anywhere", "EQUALS", 0),
    "last result busy": clause("last_result_anywhere", "EQUALS", "busy"),
    "nested": {
        "all": [
            clause("ville", "IN", "cotonou", "parakou"),
            {
                "any": [
                    clause("solde", "GREATER", 9000),
                    {"not": clause("échéance", "AFTER", "2026-06-01")},
                ]
            },
        ]
    },
}


async def main() -> None:
    """Measure and print the table."""
    options = options_of(__doc__).parse_args()
    found: dict[str, Any] = {}
    seen: list[str] = []
    async with centre(options) as made, made.owner() as owner:
        found["bare count of contacts"] = await timed(
            lambda: owner.fetchval("SELECT count(*) FROM contacts")
        )

        async def truth(node: Any, present: Present) -> int:
            """The count, however long it takes."""
            engine = create_engine(made.owner_url, statement_timeout_seconds=0)
            sieve = filter_sql([node], present)
            async with engine.connect() as connection:
                rows = await connection.execute(
                    text(filter_matches.count_statement(sieve)),
                    sieve.values | {"contact_list_id": LIST},
                )
                count = int(rows.one().count)
            await engine.dispose()
            return count

        for name, document in FILTERS.items():
            node = read_filter(document, COLUMNS)
            present = Present(datetime.now(UTC), ZONE)
            engine = create_engine(made.app_url, application_name="bench")
            last: list[Any] = []

            async def ask(
                engine: Any = engine, node: Any = node, present: Any = present, last: Any = last
            ) -> None:
                async with engine.connect() as connection, connection.begin():
                    await connection.execute(
                        text("SELECT set_config('kwabo.organisation_id', :id, true)"),
                        {"id": str(ORGANISATION)},
                    )
                    last[:] = [
                        await filter_matches.find_matches(connection, LIST, node, present, None)
                    ]

            times = await timed(ask, 5)
            matches = last[0]
            words = f"{matches.count:,} exact"
            if not matches.exact:
                right = await truth(node, present)
                kept = matches.low <= right <= matches.high
                words = (
                    f"{matches.count:,} estimated, between {matches.low:,} and"
                    f" {matches.high:,}; in truth {right:,}{'' if kept else ', outside'}"
                )
            found[f"{name}: {words}, sample of {len(matches.sample)}"] = times
            await engine.dispose()
            if options.plan:
                async with plans(made, longer_than_ms=20) as some:
                    again = create_engine(made.app_url)
                    await ask(engine=again)
                    await again.dispose()
                seen += [f"\n# {name}", *some]
    show("filters", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
