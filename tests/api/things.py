"""One of everything in an organisation: for each path parameter, how to make it.

All but attempts are made through the API; those only the engine makes, so here a row is written.

A route with a new parameter needs a maker here, else the isolation test fails and says so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from audio_files import tone_wav
from kwabo.services.organisations import DEMONSTRATION_CALLER_ID, MadeOrganisation

PREFIX = "/api/v1"


class Things:
    """What exists in one organisation; made when first asked for."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        name: str,
        organisation: MadeOrganisation,
        connection: asyncpg.Connection,
    ) -> None:
        self.client = client  # the administrator's
        self.name = name
        self.organisation = organisation
        self.connection = connection  # a superuser's
        self._ids: dict[str, str] = {}

    async def id_of(self, parameter: str) -> str:
        """The id of a thing of this organisation, e.g. for `user_id`."""
        if parameter not in self._ids:
            self._ids[parameter] = await MAKERS[parameter](self)
        return self._ids[parameter]

    async def made(self, path: str, body: Any, key: str) -> str:
        """POST a body and take the id from the answer."""
        answer = await self.client.post(PREFIX + path, json=body)
        assert answer.status_code in (200, 201), f"{path}: {answer.text}"
        return str(answer.json()[key])

    async def first(self, path: str, key: str) -> str:
        """The id of the first item of a list."""
        answer = await self.client.get(PREFIX + path)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        body = answer.json()
        items = body["items"] if isinstance(body, dict) else body
        return str(items[0][key])

    @property
    def parameters(self) -> frozenset[str]:
        """Of what there is something."""
        return frozenset(self._ids)

    @property
    def ids(self) -> frozenset[str]:
        """Every id that was made."""
        return frozenset(self._ids.values())


async def _user(things: Things) -> str:
    body = {
        "login": f"crawled.{things.name}",
        "display_name": "Crawled",
        "role": "agent",
        "password": "long enough 1",
    }
    return await things.made("/users", body, "user_id")


async def _api_token(things: Things) -> str:
    body = {"name": "crawled", "scopes": ["users.read"], "expires_in_days": 1}
    return await things.made("/api-tokens", body, "api_token_id")


async def _contact_list(things: Things) -> str:
    columns = [
        {"name": "name", "label": "Name", "kind": "text", "position": 0},
        {"name": "phone", "label": "Mobile", "kind": "phone", "position": 1},
        {"name": "note", "label": "Note", "kind": "text", "position": 2},
    ]
    body = {"name": f"List {things.name}", "columns": columns, "key_columns": ["phone"]}
    return await things.made("/contact-lists", body, "contact_list_id")


async def _contact_list_filter(things: Things) -> str:
    path = f"/contact-lists/{await things.id_of('contact_list_id')}/filters"
    clause = {"column": "name", "predicate": "CONTAINS", "value": "Contact"}
    body = {"name": f"Filter {things.name}", "document": {"all": [clause]}}
    return await things.made(path, body, "contact_list_filter_id")


async def _contact(things: Things) -> str:
    path = f"/contact-lists/{await things.id_of('contact_list_id')}/contacts"
    body = {"data": {"name": f"Contact {things.name}", "phone": "0161000000"}}
    return await things.made(path, body, "contact_id")


async def _import(things: Things) -> str:
    answer = await things.client.post(
        PREFIX + "/imports/uploads",
        files={"file": ("x.csv", b"name,phone\nAwa,0161000001\n", "text/csv")},
    )
    assert answer.status_code == 201, answer.text
    body = answer.json()
    return str(body.get("import", body)["import_id"])


async def _column_change(things: Things) -> str:
    list_id = await things.id_of("contact_list_id")
    version = (await things.client.get(f"{PREFIX}/contact-lists/{list_id}")).json()["version"]
    body = {"version": version, "kind": "kind", "column": "note", "column_kind": "number"}
    path = f"/contact-lists/{list_id}/column-changes"
    return await things.made(path, body, "column_change_id")


async def _import_template(things: Things) -> str:
    body = {
        "name": f"Template {things.name}",
        "mapping": {"columns": [{"source": "phone", "name": "phone", "kind": "phone"}]},
    }
    return await things.made("/import-templates", body, "import_template_id")


async def _import_schedule(things: Things) -> str:
    body = {
        "name": f"Schedule {things.name}",
        "contact_list_id": await things.id_of("contact_list_id"),
        "source": {"kind": "folder"},
    }
    return await things.made("/import-schedules", body, "import_schedule_id")


async def _wrap_up_code(things: Things) -> str:
    return await things.first("/wrap-up-codes", "wrap_up_code_id")


async def _pause_reason(things: Things) -> str:
    return await things.first("/pause-reasons", "pause_reason_id")


async def _skill(things: Things) -> str:
    return await things.made("/skills", {"name": f"Skill {things.name}"}, "skill_id")


async def _queue(things: Things) -> str:
    return str(things.organisation.queue_id)


async def _trunk(things: Things) -> str:
    return str(things.organisation.trunk_id)


async def _dnc_upload(things: Things) -> str:
    dnc_list_id = await things.id_of("dnc_list_id")
    answer = await things.client.post(
        f"{PREFIX}/dnc-lists/{dnc_list_id}/uploads",
        files={"file": ("stop.csv", b"numero\n0161000000\n", "text/csv")},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["upload_id"])


async def _dnc_list(things: Things) -> str:
    return str(things.organisation.dnc_list_id)


async def _consent(things: Things) -> str:
    body = {"number": "0161000000", "how": "paper", "proof": f"Form {things.name}"}
    answer = await things.client.post(PREFIX + "/consents", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["items"][0]["consent_id"])


async def _callable_time_set(things: Things) -> str:
    slots = [{"weekday": 1, "start": "08:00", "until": "12:00"}]
    body = {"name": f"Hours {things.name}", "windows": [{"kind": "mapped", "slots": slots}]}
    return await things.made("/callable-time-sets", body, "callable_time_set_id")


async def _campaign(things: Things) -> str:
    body = {
        "name": f"Campaign {things.name}",
        "contact_list_id": await things.id_of("contact_list_id"),
        "mode": "progressive",
        "queue_id": await things.id_of("queue_id"),
        "trunk_id": await things.id_of("trunk_id"),
        "caller_id": DEMONSTRATION_CALLER_ID,
    }
    return await things.made("/campaigns", body, "campaign_id")


async def _what_if(things: Things) -> str:
    await things.id_of("contact_id")
    path = f"/campaigns/{await things.id_of('campaign_id')}/what-ifs"
    return await things.made(path, {"kind": "tomorrow", "agents": 3}, "what_if_id")


async def _campaign_rule(things: Things) -> str:
    campaign_id = await things.id_of("campaign_id")
    condition = {
        "type": "campaign_progress",
        "campaign_id": campaign_id,
        "operator": "GREATER_THAN",
        "value": 90,
    }
    body = {
        "name": f"Rule {things.name}",
        "time_zone": "UTC",
        "conditions": [condition],
        "actions": [{"type": "turn_off_campaign", "campaign_id": campaign_id}],
    }
    return await things.made("/campaign-rules", body, "campaign_rule_id")


async def _rule_set(things: Things) -> str:
    rule = {"name": "Leave alone", "conditions": [], "actions": [{"type": "DO_NOT_DIAL"}]}
    body = {"name": f"Rules {things.name}", "kind": "pre_call", "rules": [rule]}
    return await things.made("/rule-sets", body, "rule_set_id")


async def _prompt(things: Things) -> str:
    answer = await things.client.post(
        PREFIX + "/prompts",
        data={"name": f"Prompt {things.name}"},
        files={"file": ("tone.wav", tone_wav(seconds=0.5), "audio/wav")},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["prompt_id"])


async def _prompt_variant(things: Things) -> str:
    prompt_id = await things.id_of("prompt_id")
    answer = await things.client.post(
        f"{PREFIX}/prompts/{prompt_id}/recordings",
        data={"language": "fr"},
        files={"file": ("tone.wav", tone_wav(seconds=0.5), "audio/wav")},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["variant_id"])


async def _recording_session(things: Things) -> str:
    body = {"language": "fr", "keys": ["number.1"]}
    return await things.made("/recording-sessions", body, "recording_session_id")


async def _response_set(things: Things) -> str:
    return await things.made("/response-sets", {"name": f"Set {things.name}"}, "response_set_id")


async def _sequence(things: Things) -> str:
    body = {"name": f"Seq {things.name}", "campaign_ids": [await things.id_of("campaign_id")]}
    return await things.made("/campaign-sequences", body, "sequence_id")


async def _attempt_limit(things: Things) -> str:
    body = {
        "name": f"Limit {things.name}",
        "per": "person",
        "scope": "campaign",
        "most": 4,
        "reset": "days",
        "days": 30,
    }
    return await things.made("/attempt-limits", body, "attempt_limit_id")


async def _person_merge(things: Things) -> str:
    """Two contacts of a list share a number that a third joins to another."""
    columns = [
        {"name": "phone", "label": "Mobile", "kind": "phone", "position": 0},
        {"name": "other", "label": "Work", "kind": "phone", "position": 1},
    ]
    body = {"name": f"Joining {things.name}", "columns": columns, "key_columns": []}
    list_id = await things.made("/contact-lists", body, "contact_list_id")
    contact_id = ""
    for data in (
        {"phone": "0161000077"},
        {"phone": "0161000078"},
        {"phone": "0161000077", "other": "0161000078"},
    ):
        path = f"/contact-lists/{list_id}/contacts"
        contact_id = await things.made(path, {"data": data}, "contact_id")
    answer = await things.client.get(f"{PREFIX}/contacts/{contact_id}/persons")
    return str(answer.json()["items"][0]["merges"][0]["person_merge_id"])


async def _recycle_plan(things: Things) -> str:
    body = {
        "unreached": True,
        "weekdays": [1],
        "at": "08:00",
        "time_zone": "Africa/Porto-Novo",
    }
    path = f"/campaigns/{await things.id_of('campaign_id')}/recycle-plans"
    return await things.made(path, body, "recycle_plan_id")


def _sound_file() -> str:
    path = Path(tempfile.mkdtemp(), "early.wav")
    path.write_bytes(tone_wav(seconds=0.5))
    return str(path)


async def _attempt(things: Things) -> str:
    """A call that the administrator took and that has ended."""
    attempt_id = uuid4()
    await things.connection.execute(
        """
        INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id, attempt_number,
            number, mode, caller_id, trunk_id, agent_user_id, state, result, fencing, reserved_at,
            dialling_at, answered_at, connected_at, closed_at)
        SELECT $1, $2, $3, $4, 1, '+2290161000000', 'progressive', '', $5, $6, 'closed', 'person',
            1, now(), now(), now(), now(), now()
        """,
        attempt_id,
        things.organisation.organisation_id,
        UUID(await things.id_of("campaign_id")),
        UUID(await things.id_of("contact_id")),
        things.organisation.trunk_id,
        things.organisation.user_ids[f"{things.name}.admin"],
    )
    await things.connection.execute(
        "INSERT INTO early_media_recordings VALUES ($1, $2, $3, 0.5, now(), now())",
        attempt_id,
        things.organisation.organisation_id,
        _sound_file(),
    )
    return str(attempt_id)


async def _callback(things: Things) -> str:
    """An open callback of the administrator's."""
    callback_id = uuid4()
    await things.connection.execute(
        """
        INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id,
            owner_user_id, number, due_at, created_at)
        VALUES ($1, $2, $3, $4, $5, '+2290161000000', now() + interval '1 day', now())
        """,
        callback_id,
        things.organisation.organisation_id,
        UUID(await things.id_of("campaign_id")),
        UUID(await things.id_of("contact_id")),
        things.organisation.user_ids[f"{things.name}.admin"],
    )
    return str(callback_id)


async def _message(things: Things) -> str:
    """Calls ask for messages; here the database itself does."""
    message_id = uuid4()
    await things.connection.execute(
        """
        INSERT INTO wanted_messages (message_id, organisation_id, channel, template, recipient,
            language, state, created_at)
        VALUES ($1, $2, 'sms', 'invitation', '+2290161000078', 'fr', 'failed', now())
        """,
        message_id,
        things.organisation.organisation_id,
    )
    return str(message_id)


async def _recording(things: Things) -> str:
    """What a flow recorded of a caller: its name within the call."""
    name = f"recording-{things.name}"
    await things.connection.execute(
        """
        INSERT INTO flow_recordings (attempt_id, recording, organisation_id, variable, path,
            seconds, created_at)
        VALUES ($1, $2, $3, 'name', $4, 0.5, now())
        """,
        UUID(await things.id_of("attempt_id")),
        name,
        things.organisation.organisation_id,
        _sound_file(),
    )
    return name


async def _voicemail(things: Things) -> str:
    """A message of a caller, spoken."""
    voicemail_id = uuid4()
    await things.connection.execute(
        """
        INSERT INTO voicemails (voicemail_id, organisation_id, attempt_id, contact_id, queue_id,
            path, seconds, number, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, 0.5, '+2290161000000', now())
        """,
        voicemail_id,
        things.organisation.organisation_id,
        UUID(await things.id_of("attempt_id")),
        UUID(await things.id_of("contact_id")),
        UUID(await things.id_of("queue_id")),
        _sound_file(),
    )
    return str(voicemail_id)


async def _inbound_number(things: Things) -> str:
    flow_id = await things.id_of("flow_id")
    campaign = {
        "name": f"Inbound {things.name}",
        "contact_list_id": await things.id_of("contact_list_id"),
        "mode": "inbound",
        "queue_id": await things.id_of("queue_id"),
        "trunk_id": await things.id_of("trunk_id"),
        "caller_id": DEMONSTRATION_CALLER_ID,
    }
    body = {
        "number": "+2290121000099",
        "flow_id": flow_id,
        "campaign_id": await things.made("/campaigns", campaign, "campaign_id"),
    }
    return await things.made("/inbound-numbers", body, "inbound_number_id")


async def _script(things: Things) -> str:
    page = {"id": "p", "title": "Page", "finish": True, "blocks": []}
    body = {"name": "Crawled", "draft": {"required": "remind", "pages": [page]}}
    return await things.made("/scripts", body, "script_id")


async def _schedule_group(things: Things) -> str:
    body = {
        "name": f"Group {things.name}",
        "callable_time_set_id": await things.id_of("callable_time_set_id"),
        "time_zone": "Africa/Porto-Novo",
    }
    return await things.made("/schedule-groups", body, "schedule_group_id")


async def _incident(things: Things) -> str:
    body = {"name": f"Incident {things.name}", "texts": {"fr": "Panne."}}
    return await things.made("/incidents", body, "incident_id")


async def _flow(things: Things) -> str:
    node = {"id": "end", "type": "hang_up"}
    draft = {"languages": ["fr"], "start": "end", "nodes": [node]}
    body = {"name": f"Flow {things.name}", "draft": draft}
    flow_id = await things.made("/flows", body, "flow_id")
    path = f"{PREFIX}/flows/{flow_id}/publish"
    published = await things.client.post(path, json={"version": 1})
    assert published.status_code in (200, 201), published.text
    return flow_id


async def _legal_hold(things: Things) -> str:
    body = {"number": "+2290161000088", "reason": "A court asked"}  # nobody's: the rest is erasable
    return await things.made("/legal-holds", body, "legal_hold_id")


async def _webhook(things: Things) -> str:
    body = {"url": "https://hooks.example.com/kwabo", "kinds": ["contact.changed"]}
    return await things.made("/webhooks", body, "webhook_id")


async def _webhook_delivery(things: Things) -> str:
    path = f"/webhooks/{await things.id_of('webhook_id')}/test"
    answer = await things.client.post(PREFIX + path)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["delivery_id"])


async def _data_action(things: Things) -> str:
    settings = {"url": "https://crm.example/{number}", "outputs": [{"name": "status"}]}
    body = {"name": f"Data {things.name}", "settings": settings}
    return await things.made("/data-actions", body, "data_action_id")


async def _delivery(things: Things) -> str:
    """One that was given up."""
    delivery_id = uuid4()
    await things.connection.execute(
        """
        INSERT INTO data_deliveries (delivery_id, organisation_id, data_action_id, campaign_id,
            contact_id, number, rule_set_name, rule_name, state, created_at)
        VALUES ($1, $2, $3, $4, $5, '+2290161000000', 'Rules', 'Tell', 'given_up', now())
        """,
        delivery_id,
        things.organisation.organisation_id,
        UUID(await things.id_of("data_action_id")),
        UUID(await things.id_of("campaign_id")),
        UUID(await things.id_of("contact_id")),
    )
    return str(delivery_id)


async def _person(things: Things) -> str:
    path = f"/contacts/{await things.id_of('contact_id')}/persons"
    return await things.first(path, "person_id")


async def _erasure(things: Things) -> str:
    path = f"/contact-lists/{await things.id_of('contact_list_id')}/contacts"
    body = {"data": {"name": "Gone", "phone": "0161000077"}}
    contact_id = await things.made(path, body, "contact_id")
    person_id = await things.first(f"/contacts/{contact_id}/persons", "person_id")
    body = {"reason": "Asked for it", "number_ending": "0077"}
    return await things.made(f"/persons/{person_id}/erasure", body, "erasure_id")


MAKERS: dict[str, Callable[[Things], Awaitable[str]]] = {
    "flow_id": _flow,
    "inbound_number_id": _inbound_number,
    "schedule_group_id": _schedule_group,
    "incident_id": _incident,
    "user_id": _user,
    "api_token_id": _api_token,
    "contact_list_id": _contact_list,
    "contact_list_filter_id": _contact_list_filter,
    "contact_id": _contact,
    "person_id": _person,
    "erasure_id": _erasure,
    "import_id": _import,
    "import_template_id": _import_template,
    "column_change_id": _column_change,
    "import_schedule_id": _import_schedule,
    "queue_id": _queue,
    "skill_id": _skill,
    "trunk_id": _trunk,
    "dnc_list_id": _dnc_list,
    "dnc_upload_id": _dnc_upload,
    "data_action_id": _data_action,
    "delivery_id": _delivery,
    "wrap_up_code_id": _wrap_up_code,
    "pause_reason_id": _pause_reason,
    "consent_id": _consent,
    "callable_time_set_id": _callable_time_set,
    "campaign_id": _campaign,
    "attempt_id": _attempt,
    "what_if_id": _what_if,
    "sequence_id": _sequence,
    "callback_id": _callback,
    "recording": _recording,
    "voicemail_id": _voicemail,
    "message_id": _message,
    "attempt_limit_id": _attempt_limit,
    "person_merge_id": _person_merge,
    "recycle_plan_id": _recycle_plan,
    "rule_set_id": _rule_set,
    "prompt_id": _prompt,
    "prompt_variant_id": _prompt_variant,
    "recording_session_id": _recording_session,
    "response_set_id": _response_set,
    "campaign_rule_id": _campaign_rule,
    "script_id": _script,
    "webhook_id": _webhook,
    "legal_hold_id": _legal_hold,
    "webhook_delivery_id": _webhook_delivery,
}


def maker_of(field: str) -> str | None:
    """The parameter whose maker fits a field: `user_id` for `member_user_id`."""
    fitting = [parameter for parameter in MAKERS if field.endswith(parameter)]
    return max(fitting, key=len) if fitting else None
