"""From facts to a question, and from an answer to values.

The values that fill a data action's templates are its inputs; two contacts with the same inputs get
the same answer. Their key is a hash: what is kept of a question tells nothing of whom it was about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kwabo.domain.data_actions import templates
from kwabo.domain.data_actions.settings import IDEMPOTENCY_KEY, SQL, DataActionSettings
from kwabo.domain.data_actions.statements import PORTS, DatabaseQuestion, bound
from kwabo.domain.outgoing.answers import value_at
from kwabo.domain.outgoing.requests import OutgoingRequest

LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """About whom or what a question is."""

    contact_id: UUID
    data: Mapping[str, str] = field(default_factory=dict)  # column → value
    number: str = ""  # E.164
    number_label: str = ""
    campaign_id: UUID | None = None
    campaign_name: str = ""
    attempt_id: UUID | None = None
    result: str = ""
    wrap_up_code_id: UUID | None = None
    wrap_up_code: str = ""


def inputs_of(settings: DataActionSettings, asked: Asked) -> dict[str, str]:
    """The values of the placeholders that the templates hold; '' for what is not known."""
    plain = {
        "contact_id": str(asked.contact_id),
        "number": asked.number,
        "digits": asked.number.removeprefix("+"),
        "number_label": asked.number_label,
        "campaign_id": str(asked.campaign_id or ""),
        "campaign_name": asked.campaign_name,
        "attempt_id": str(asked.attempt_id or ""),
        "result": asked.result,
        "wrap_up_code_id": str(asked.wrap_up_code_id or ""),
        "wrap_up_code": asked.wrap_up_code,
    }
    return {
        name: asked.data.get(name.removeprefix(templates.CONTACT), "")
        if name.startswith(templates.CONTACT)
        else plain.get(name, "")
        for name in settings.placeholders
    }


def key_of(settings: DataActionSettings, inputs: Mapping[str, str]) -> str:
    """The key of an answer: another request or another reading of it is another key."""
    how: list[object] = [
        settings.method, settings.url, settings.body, settings.body_format,
        [[header.name, header.value] for header in settings.headers], settings.secret_name,
        [[output.name, output.path] for output in settings.outputs],
    ]  # fmt: skip
    if settings.kind == SQL:
        how = [
            settings.engine, settings.host, settings.port, settings.database, settings.user,
            settings.statement, settings.most_rows, settings.secret_name,
            [[output.name, output.path] for output in settings.outputs],
        ]  # fmt: skip
    told = json.dumps([how, dict(inputs)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def question_of(
    settings: DataActionSettings,
    inputs: Mapping[str, str],
    secret: str,
    idempotency_key: str = "",
) -> OutgoingRequest | DatabaseQuestion:
    """What is sent, by the settings' kind. Raises `templates.UnsafeValue`."""
    if settings.kind == SQL:
        return _database_question(settings, inputs, secret)
    return request_of(settings, inputs, secret, idempotency_key)


def _database_question(
    settings: DataActionSettings, inputs: Mapping[str, str], secret: str
) -> DatabaseQuestion:
    statement, values = bound(settings.statement, settings.engine, inputs)
    return DatabaseQuestion(
        engine=settings.engine,
        host=settings.host,
        port=settings.port or PORTS[settings.engine],
        database=settings.database,
        user=settings.user,
        password=secret,
        encrypted=settings.encrypted,
        statement=statement,
        values=values,
        most_rows=settings.most_rows,
        at_once=settings.at_once,
        timeout_seconds=settings.timeout_seconds,
    )


def request_of(
    settings: DataActionSettings,
    inputs: Mapping[str, str],
    secret: str,
    idempotency_key: str = "",
) -> OutgoingRequest:
    """The request with these values. Raises `templates.UnsafeValue`."""
    headers = {"Accept": "application/json"}
    body = ""
    if settings.body and settings.method != "GET":
        form = settings.body_format == "form"
        headers["Content-Type"] = (
            "application/x-www-form-urlencoded" if form else "application/json"
        )
        body = (templates.in_form if form else templates.in_json)(settings.body, inputs)
    values = {**inputs, templates.THE_SECRET: secret}
    for header in settings.headers:
        headers[header.name] = templates.in_header(header.value, values)
    if idempotency_key:
        headers[IDEMPOTENCY_KEY] = idempotency_key
    return OutgoingRequest(
        method=settings.method,
        url=templates.in_url(settings.url, inputs),
        body=body,
        headers=headers,
        timeout_seconds=settings.timeout_seconds,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an answer says."""

    outputs: Mapping[str, str] = field(default_factory=dict)  # those that were found
    failure: str = ""  # code of why the answer is of no use


def read_answer(settings: DataActionSettings, status: int, body: bytes) -> Reading:
    """The values of an answer. One of another status than 2xx says nothing but its status.

    A database's answer without rows is a good one that holds no values.
    """
    if settings.kind == SQL and value_at("count", status, body) == ("0", ""):
        return Reading()
    outputs: dict[str, str] = {}
    failure = ""
    for output in settings.outputs:
        value, why = value_at(output.path, status, body)
        if why:
            failure = failure or why
        elif len(value) <= LONGEST_VALUE and "\0" not in value:
            outputs[output.name] = value
        else:
            failure = failure or "VALUE_TOO_LONG"
    if outputs:
        return Reading(outputs=outputs)
    if not settings.outputs and not 200 <= status < 300:
        failure = "HTTP_STATUS"
    return Reading(failure=failure)
