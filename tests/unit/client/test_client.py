"""The client against a server in this process: keys, pages, errors, files, both ways of waiting."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from kwabo_client import (
    AsyncKwaboClient,
    Conflict,
    ConnectionFailed,
    Invalid,
    KwaboClient,
    Refused,
    Retries,
    UnknownAnswer,
)
from kwabo_client.transport import operation_at

Server = Callable[[httpx.Request], httpx.Response]
AT_ONCE = Retries(first_wait=0.0)


def client(server: Server) -> KwaboClient:
    http = httpx.Client(transport=httpx.MockTransport(server), base_url="http://kwabo.test")
    return KwaboClient(token="kwb_x", http=http, retries=AT_ONCE)


def refused(status: int, code: str, **error: Any) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "Do this.", **error}})


def test_a_post_that_broke_off_is_asked_again_with_the_same_key() -> None:
    keys: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        if len(keys) == 1:
            raise httpx.ReadError("gone", request=request)
        if len(keys) == 2:
            return refused(409, "IDEMPOTENCY_IN_PROGRESS")
        return httpx.Response(201, json={"queue_id": "q"})

    with client(server) as kwabo:
        assert kwabo.queues.add_queue({"name": "Sales"})["queue_id"] == "q"
        assert len(keys) == 3
        assert len(set(keys)) == 1
        kwabo.queues.add_queue({"name": "Sales"}, idempotency_key="mine")
    assert keys[-1] == "mine"
    assert keys[0] != "mine"


def test_what_could_be_done_twice_is_not_asked_again() -> None:
    asked: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        raise httpx.ReadError("gone", request=request)

    with client(server) as kwabo:
        for ask in (
            lambda: kwabo.queues.change_queue("q", {"name": "x"}),
            lambda: kwabo.queues.delete_queue("q"),
            lambda: kwabo.contacts.upload_import(BytesIO(b"a;b")),
            lambda: kwabo.access.add_api_token({"name": "x", "scopes": [], "expires_in_days": 1}),
        ):
            with pytest.raises(ConnectionFailed):
                ask()
    assert asked == ["PATCH", "DELETE", "POST", "POST"]


def test_pages_are_fetched_as_they_are_read() -> None:
    asked: list[str | None] = []

    def server(request: httpx.Request) -> httpx.Response:
        token = request.url.params.get("page_token")
        asked.append(token)
        page = int(token or 0)
        following = str(page + 1) if page < 2 else None
        items = [{"name": f"{page}-{n}"} for n in range(2)]
        return httpx.Response(200, json={"items": items, "next_page_token": following, "total": 6})

    with client(server) as kwabo:
        campaigns = kwabo.campaigns.list_campaigns(state="running", limit=2)
        assert asked == []
        assert next(iter(campaigns))["name"] == "0-0"
        assert asked == [None]
        assert len(campaigns.all()) == 6
        assert campaigns.first().total == 6
    assert asked == [None, None, "1", "2", None]


def test_errors_have_their_kind_and_their_facts() -> None:
    fields = [{"field": "name", "code": "NAME_LENGTH", "message": "Too long."}]

    def server(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return refused(422, "INVALID", field="name", details={"fields": fields})
        if request.method == "PATCH":
            return refused(409, "STALE_VERSION")
        return httpx.Response(200, text="<html>", headers={"content-type": "text/html"})

    with client(server) as kwabo:
        with pytest.raises(Invalid) as invalid:
            kwabo.queues.add_queue({"name": "x"})
        assert (invalid.value.code, invalid.value.field) == ("INVALID", "name")
        assert invalid.value.fields == fields
        with pytest.raises(Conflict, match="STALE_VERSION"):
            kwabo.queues.change_queue("q", {"name": "x"})
        with pytest.raises(UnknownAnswer):
            kwabo.queues.get_queue("q")


def test_ids_cannot_lead_elsewhere() -> None:
    paths: list[bytes] = []

    def server(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(200, json={})

    with client(server) as kwabo:
        kwabo.queues.get_queue("../users?x=1")
    assert paths == [b"/api/v1/queues/..%2Fusers%3Fx%3D1"]


def test_a_file_is_sent_with_its_progress_and_its_fields_before_it() -> None:
    bodies: list[bytes] = []

    def server(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        return httpx.Response(201, json={"import_id": "i"})

    told: list[tuple[int, int | None]] = []
    file = BytesIO(b"name;phone\n" * 20_000)
    with client(server) as kwabo:
        kwabo.contacts.upload_import(
            file, contact_list_id="l", progress=lambda done, total: told.append((done, total))
        )
    assert told[-1] == (220_000, 220_000)
    assert len(told) > 2
    assert bodies[0].index(b'name="contact_list_id"') < bodies[0].index(b'name="file"')


def test_a_download_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    whole = True

    def server(request: httpx.Request) -> httpx.Response:
        if not whole:
            return refused(404, "NOT_FOUND")
        return httpx.Response(200, content=b"a;b\n", headers={"content-type": "text/csv"})

    target = tmp_path / "x.csv"
    with client(server) as kwabo:
        assert kwabo.contacts.export_contacts("l").save(target) == 4
        assert target.read_bytes() == b"a;b\n"
        whole = False
        with pytest.raises(Refused):
            kwabo.contacts.export_contacts("l").save(target)
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]
    assert target.read_bytes() == b"a;b\n"


async def test_the_same_with_asyncio() -> None:
    def server(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            body = {"items": [{"name": "A"}], "next_page_token": None, "total": 1}
            return httpx.Response(200, json=body)
        return httpx.Response(201, json=json.loads(request.content))

    http = httpx.AsyncClient(transport=httpx.MockTransport(server), base_url="http://kwabo.test")
    async with AsyncKwaboClient(http=http, retries=AT_ONCE) as kwabo:
        assert [one["name"] async for one in kwabo.queues.list_queues()] == ["A"]
        assert (await kwabo.queues.add_queue({"name": "B"}))["name"] == "B"


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/campaigns", "list_campaigns"),
        ("POST", "/campaigns/0199/start", "start_campaign"),
        ("GET", "/callbacks/counts", "count_callbacks"),
        ("GET", "/callbacks/0199", "get_callback"),
        ("GET", "/nothing/here", None),
    ],
)
def test_an_operation_is_found_by_its_path(method: str, path: str, name: str | None) -> None:
    found = operation_at(method, path)
    assert (found.name if found else None) == name
