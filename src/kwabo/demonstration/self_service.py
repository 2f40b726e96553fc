"""The demonstration's self-service: two questions to the operator's database, a flow in four
languages that asks them, and the number on which it is reached.

Fon and Bariba have stand-ins, said by the French voice: recordings are for people who speak them.
"""

from __future__ import annotations

import json
from datetime import time
from importlib import resources
from typing import Any, Final
from uuid import UUID

import structlog

from kwabo.bootstrap import Core
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.data_actions.settings import SQL, DataActionSettings, Output
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.review import Medium, VariantState
from kwabo.services.catalogue import Services
from kwabo.services.contact_lists import NewContactList
from kwabo.services.prompt_variants import Take

NUMBER: Final = "+2290121000100"  # on which callers reach the flow
PREMIUM: Final = "Premium"
CALLERS: Final = "Appelants"
EVERYBODY: Final = "Service client"
LANGUAGES: Final = (("fr", "own"), ("en", "own"), ("fon", "fallback"), ("bba", "fallback"))
ENGINE_LANGUAGES: Final = ("fr", "en")
STAND_IN: Final = "fr"  # the voice that says what nobody has recorded yet
ACCOUNT: Final = """SELECT balance, data_mb, segment, commune, last_cell
FROM operator.accounts WHERE number = {number}"""
CALLS: Final = """SELECT other, to_char(at, 'YYYY-MM-DD') AS day, to_char(at, 'HH24:MI') AS time
FROM operator.calls WHERE number = {number} ORDER BY at DESC LIMIT 5"""
MOST_CALLS: Final = 5

log = structlog.get_logger(__name__)


async def make(core: Core, services: Services, asker: Asker) -> None:
    """Make what is missing: a start that was broken off is gone on with."""
    async with core.unit_of_work.begin(asker.organisation_id) as stores:
        numbers = await stores.inbound_numbers.all()
    if any(one.number == NUMBER for one in numbers):
        return
    if not set(ENGINE_LANGUAGES) <= core.speech.languages():
        log.warning("the demonstration's self-service needs text-to-speech in French and English")
        return
    await services.languages.choose(asker, LANGUAGES, second_person=False)
    await _prompts(core, services, asker)
    names = await _named(core, services, asker)
    text = resources.files(__package__).joinpath("flow.json").read_text("utf-8")
    for name, one in names.items():
        text = text.replace(name, str(one))
    flows = {one.name: one for one in await services.flows.all(asker)}
    flow = flows.get(EVERYBODY)
    if flow is None:
        flow = (await services.flows.add(asker, EVERYBODY, json.loads(text), [])).flow
    if flow.published_version is None:
        await services.flows.publish(asker, flow.flow_id, flow.version, "")
    await services.inbound_numbers.add(
        asker,
        number=NUMBER,
        label=EVERYBODY,
        flow_id=flow.flow_id,
        campaign_id=await _campaign(core, services, asker, names["QUEUE_ALL"]),
        active=True,
    )


async def _prompts(core: Core, services: Services, asker: Asker) -> None:
    """Words for text-to-speech, and for languages without an engine what stands in for them."""
    written = resources.files(__package__).joinpath("prompts.json").read_text("utf-8")
    variants = services.prompt_variants
    known = {one.key: one for one in await services.prompts.all(asker)}
    for one in json.loads(written):
        prompt = known.get(one["key"]) or await services.prompts.make(
            asker, key=one["key"], name=one["words"]["fr"][:60], description=""
        )
        said = {
            variant.language
            for variant in await variants.versions(asker, prompt.prompt_id)
            if variant.state is VariantState.APPROVED
        }
        for language, words in one["words"].items():
            if language in said:
                continue
            if language in ENGINE_LANGUAGES:
                made = await variants.write(
                    asker, prompt.prompt_id, language=language, medium=Medium.SPEECH, words=words
                )
            else:
                audio = await core.speech.synthesise(words, STAND_IN)
                take = Take(language=language, words=words)
                made = await variants.take_recording(asker, prompt.prompt_id, take, audio)
            await variants.submit(asker, made.variant_id)
            await variants.approve(asker, made.variant_id)


async def _named(core: Core, services: Services, asker: Asker) -> dict[str, UUID]:
    """What the flow's document names, by the words that stand for it there.

    The last agents take callers only, so that somebody who tries the campaign is called by it.
    """
    async with core.unit_of_work.begin(asker.organisation_id) as stores:
        queue = (await stores.queues.all())[0]
        found = await stores.users.find(search="agent", after_login=None, limit=200)
    agents = {one.user_id: one.login for one in found if one.login.startswith("agent")}
    # agent10 comes after agent9.
    in_order = sorted(agents, key=lambda one: (len(agents[one]), agents[one]))
    takes_callers = core.settings.demo_inbound_agents
    if len(in_order) < core.settings.demo_agents:  # an older demonstration has none to spare
        takes_callers = 0
    callers_only = in_order[len(in_order) - takes_callers :]
    await services.queues.change(
        asker,
        queue.queue_id,
        member_user_ids=[one for one in queue.member_user_ids if one not in callers_only],
    )
    operator = core.settings.demo_operator
    of_account = {name: name for name in ("balance", "data_mb", "segment", "commune")}
    of_calls = {
        f"call_{n}_{name}": f"rows[{n - 1}].{column}"
        for n in range(1, MOST_CALLS + 1)
        for name, column in (("number", "other"), ("day", "day"), ("time", "time"))
    }
    sources = {one.name: one.data_action_id for one in await services.data_actions.all(asker)}
    queues = {one.name: one.queue_id for one in await services.queues.all(asker)}

    async def source(name: str, statement: str, outputs: dict[str, str]) -> UUID:
        if name in sources:
            return sources[name]
        settings = _settings(operator, statement, outputs)
        return (await services.data_actions.add(asker, name, settings)).data_action_id

    async def queue_of(name: str) -> UUID:
        if name in queues:
            return queues[name]
        return (await services.queues.add(asker, name, callers_only)).queue_id

    return {
        "SOURCE_ACCOUNT": await source("Compte de l’abonné", ACCOUNT, of_account),
        "SOURCE_CALLS": await source("Derniers appels", CALLS, of_calls),
        "QUEUE_PREMIUM": await queue_of(PREMIUM),
        "QUEUE_ALL": await queue_of(EVERYBODY),
    }


def _settings(operator: str, statement: str, outputs: dict[str, str]) -> DataActionSettings:
    host, _, port = operator.rpartition(":")
    return DataActionSettings(
        kind=SQL,
        host=host,
        port=int(port),
        database="operator",
        user="operator_reader",
        secret_name="operator",  # noqa: S106 (a name)
        encrypted=False,  # it is on this machine
        statement=statement,
        outputs=tuple(Output(name=name, path=path) for name, path in outputs.items()),
        at_once=10,
    )


async def _campaign(core: Core, services: Services, asker: Asker, queue_id: UUID) -> UUID:
    columns = (
        Column(name="Nom", label="Nom", kind=ColumnKind.TEXT, position=0),
        Column(name="Téléphone", label="mobile", kind=ColumnKind.PHONE, position=1),
    )
    async with core.unit_of_work.begin(asker.organisation_id) as stores:
        trunk = (await stores.trunks.all())[0]
        lists = await stores.contact_lists.find(search=CALLERS, after_name=None, limit=10)
    list_id = next((one.contact_list_id for one in lists if one.name == CALLERS), None)
    if list_id is None:
        made = await services.contact_lists.add(
            asker, NewContactList(name=CALLERS, columns=columns, key_columns=("Téléphone",))
        )
        list_id = made.contact_list.contact_list_id
    changes: dict[str, Any] = {
        "name": "Appels entrants",
        "contact_list_id": list_id,
        "mode": "inbound",
        "queue_id": queue_id,
        "trunk_id": trunk.trunk_id,
        "caller_id": trunk.caller_ids[0],
        "callable_weekdays": (1, 2, 3, 4, 5, 6, 7),
        "callable_from": time(0, 0),
        "callable_until": time(23, 59),
    }
    return (await services.campaigns.add(asker, changes)).campaign_id
