"""What flows may name in an organisation, looked up for the check."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.flows.check import flows_run
from kwabo.domain.flows.surroundings import Source, Surroundings
from kwabo.domain.speech.missing import missing_words
from kwabo.ports.speech import Speech
from kwabo.services.languages import book_of
from kwabo.services.unit_of_work import Stores

CHANNELS = frozenset({"sms", "whatsapp", "messenger", "email"})


async def surroundings_of(stores: Stores, flow_id: UUID | None, speech: Speech) -> Surroundings:
    """Everything that there is; `flow_id`: of the flow that is checked, when it is kept."""
    published = await stores.flows.published()
    book = await book_of(stores, speech)
    return Surroundings(
        queues=frozenset(str(one.queue_id) for one in await stores.queues.all()),
        skills=frozenset(str(one.skill_id) for one in await stores.skills.all()),
        sources={
            str(one.data_action_id): Source(
                parameters=frozenset(one.settings.placeholders),
                outputs=frozenset(output.name for output in one.settings.outputs),
            )
            for one in await stores.data_actions.all()
        },
        dnc_lists=frozenset(
            str(one.dnc_list_id) for one in await stores.dnc_lists.all() if one.provider is None
        ),
        schedules=frozenset(
            str(one.schedule_group_id) for one in await stores.schedule_groups.all()
        ),
        flows={str(one.flow_id): flows_run(one.document) for one in published},
        flow_names={str(one.flow_id): one.name for one in await stores.flows.all()},
        flow_id=str(flow_id or ""),
        channels=CHANNELS,
        languages=frozenset(book.languages),
        missing_words=missing_words(book),
    )
