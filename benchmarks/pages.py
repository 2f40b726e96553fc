"""Pages of lists as people look at them: the first, the last, and searches, on the big centre.

    python benchmarks/pages.py [--contacts 1000000] [--plan]

Milliseconds of whole requests of the services: contacts, a campaign's contacts with what explains
them, attempts, callbacks, persons and DNC entries; of one contact's explanation; and of a bare read
of fifty contacts by their keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from _centre import (
    ASKER,
    HISTORY,
    LIST,
    ORGANISATION,
    OWN,
    PLAIN,
    Centre,
    centre,
    options_of,
)
from _measure import plans, show, timed

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.unit_of_work import PostgresStores, PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.ports.attempts import AttemptQuery
from kwabo.ports.callbacks import CallbackQuery
from kwabo.ports.contacts import SortPlace
from kwabo.services.contact_search import ContactFilter, token_of
from kwabo.services.contacts import ContactService
from kwabo.services.explanations import ExplanationService
from kwabo.services.pages import page_token

PAGE = 50


def _contact(i: int) -> UUID:
    return UUID(f"00000000-0000-7001-8000-{i:012x}")


def _number(i: int) -> str:
    return f"+22901{60000000 + i:08d}"


async def asked(made: Centre, times: int) -> dict[str, list[float]]:
    """Milliseconds of each page."""
    engine = create_engine(made.app_url, statement_timeout_seconds=120)
    unit_of_work = PostgresUnitOfWork(engine)
    clock = SystemClock()
    contacts = ContactService(unit_of_work, ids=TimeOrderedIds(clock), clock=clock)
    explanations = ExplanationService(unit_of_work, clock=clock)
    most = made.contacts
    async with made.owner() as owner:
        places = await owner.fetch(
            "SELECT added_in, position FROM contacts WHERE contact_list_id = $1"
            " ORDER BY added_in DESC, position DESC OFFSET 60 LIMIT 1",
            LIST,
        )
        first_attempt = await owner.fetchval(
            "SELECT attempt_id FROM attempts WHERE campaign_id = $1 ORDER BY attempt_id OFFSET 60"
            " LIMIT 1",
            HISTORY,
        )
        last_entry = await owner.fetchval(
            "SELECT value FROM dnc_entries WHERE dnc_list_id = $1 ORDER BY value DESC OFFSET 60"
            " LIMIT 1",
            OWN,
        )
        fifty = [_contact(1 + i * most // 50) for i in range(50)]
        bare = await timed(
            lambda: owner.fetch("SELECT * FROM contacts WHERE contact_id = ANY ($1)", fifty), times
        )
    added_in, position = places[0]["added_in"], places[0]["position"]
    now = datetime.now(UTC)

    def of(ask: Callable[[PostgresStores], Awaitable[Any]]) -> Callable[[], Awaitable[Any]]:
        async def run() -> None:
            async with unit_of_work.begin(ORGANISATION) as stores:
                await ask(stores)

        return run

    def listed(wanted: ContactFilter, token: str | None = None) -> Callable[[], Awaitable[Any]]:
        return lambda: contacts.find(ASKER, LIST, wanted, limit=PAGE, token=token)

    def explained(
        campaign_id: UUID, state: str | None = None, search: str | None = None, last: bool = False
    ) -> Callable[[], Awaitable[Any]]:
        return lambda: explanations.find(
            ASKER, campaign_id, search=search, state=state, limit=PAGE, language="fr",
            token=page_token(added_in, position) if last else None,
        )  # fmt: skip

    def attempts(**wanted: Any) -> Callable[[], Awaitable[Any]]:
        return of(
            lambda s: s.attempts.find(AttemptQuery(campaign_id=HISTORY, limit=PAGE, **wanted))
        )

    def entries(**wanted: Any) -> Callable[[], Awaitable[Any]]:
        query = {"search": None, "exact": None, "after_value": None} | wanted
        return of(lambda s: s.dnc_lists.entries(OWN, limit=PAGE, **query))

    plain = ContactFilter()

    last = token_of(plain, SortPlace(None, position))
    number = _number(most // 2)
    asked_for: dict[str, Callable[[], Awaitable[Any]]] = {
        "contacts, first page": listed(plain),
        "contacts, last page": listed(plain, last),
        "contacts, whole number": listed(ContactFilter(search=number)),
        "contacts, last digits of a number": listed(ContactFilter(search=number[-6:])),
        "contacts, a rare text": listed(ContactFilter(search=f"C{most // 2}")),
        "contacts, a frequent text": listed(ContactFilter(search="cotonou")),
        "contacts, a text that nobody has": listed(ContactFilter(search="nulle part")),
        "contacts, uncallable": listed(ContactFilter(callable=False)),
        "contacts by a column": listed(ContactFilter(sort="-solde")),
        "campaign's contacts, first page": explained(PLAIN),
        "campaign's contacts, last page": explained(PLAIN, last=True),
        "campaign's contacts, untouched": explained(PLAIN, "untouched"),
        "campaign's contacts, finished": explained(PLAIN, "finished"),
        "campaign's contacts, in progress": explained(PLAIN, "in_progress"),
        "campaign's contacts, whole number": explained(PLAIN, search=number),
        "one contact explained": lambda: explanations.explain(
            ASKER, PLAIN, _contact(most // 2), "fr"
        ),
        "attempts, first page": attempts(),
        "attempts, last page": attempts(before_attempt_id=first_attempt),
        "attempts, a day three weeks ago": attempts(
            from_at=now - timedelta(days=22), until_at=now - timedelta(days=21)
        ),
        "attempts, a result": attempts(result="invalid"),
        "attempts, a result that never came": attempts(result="fax"),
        "attempts of an agent": attempts(
            agent_user_id=UUID("00000000-0000-7002-8000-000000000007")
        ),
        "attempts of a contact": of(lambda s: s.attempts.of_contact(_contact(7), 50)),
        "callbacks, waiting": of(
            lambda s: s.callbacks.find(CallbackQuery(view="waiting", now=now))
        ),
        "callbacks, due": of(lambda s: s.callbacks.find(CallbackQuery(view="due", now=now))),
        "callbacks, missed": of(lambda s: s.callbacks.find(CallbackQuery(view="missed", now=now))),
        "callbacks, counts": of(lambda s: s.callbacks.counts(now, now - timedelta(days=7))),
        "persons of a contact": of(lambda s: s.persons.of_numbers([_number(3), _number(20000003)])),
        "DNC entries, first page": entries(),
        "DNC entries, last page": entries(after_value=last_entry),
        "DNC entries, exact": entries(exact=_number(98)),
        "DNC entries, last digits": entries(search="345671"),
        "DNC entries, digits that none has": entries(search="99999999999"),
    }
    found = {"bare read of 50 contacts": bare}
    for name, ask in asked_for.items():
        found[name] = await timed(ask, times)
    await engine.dispose()
    return found


async def main() -> None:
    """Measure and print the table."""
    options = options_of(__doc__).parse_args()
    seen: list[str] = []
    async with centre(options) as made:
        await made.advance(PLAIN, 0.5)
        found = await asked(made, 5)
        if options.plan:
            async with plans(made, longer_than_ms=25) as seen:
                await asked(made, 1)
    show("pages", options, found, seen)


if __name__ == "__main__":
    asyncio.run(main())
