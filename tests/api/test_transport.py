"""Headers of every answer, the web application's files, the health route, the document."""

from __future__ import annotations

import random
from pathlib import Path

import httpx
import pytest

from kwabo.adapters.system import TimeOrderedIds
from kwabo.api.app import create_app
from world import Application


@pytest.fixture
async def site(application: Application, tmp_path: Path) -> httpx.AsyncClient:
    """The application with a built web bundle."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Kwabo</title>")
    (tmp_path / "assets" / "main-1a2b3c.js").write_text("export {}")
    (tmp_path.parent / "secret.txt").write_text("secret")
    app = create_app(
        application.services,
        clock=application.clock,
        ids=TimeOrderedIds(application.clock, random.Random(3)),
        health=application._health,
        version="0.0.0",
        static_folder=tmp_path,
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://kwabo.test")


def _policy(answer: httpx.Response) -> dict[str, str]:
    policy = answer.headers["content-security-policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


@pytest.mark.parametrize("path", ["/", "/campaigns/1", "/assets/main-1a2b3c.js", "/api/v1/none"])
async def test_every_answer_is_guarded(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    policy = _policy(answer)
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "blob:" in policy["media-src"]
    assert "wss://kwabo.test" in policy["connect-src"].split()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "max-age" in answer.headers["strict-transport-security"]
    assert answer.headers["x-request-id"]


async def test_a_made_up_host_gets_into_no_header(site: httpx.AsyncClient) -> None:
    answer = await site.get("/", headers={"Host": "x; script-src *"})
    assert _policy(answer)["connect-src"] == "'self'"
    assert "script-src *" not in answer.headers["content-security-policy"]


async def test_answers_of_the_api_are_not_kept(admin: httpx.AsyncClient) -> None:
    assert (await admin.get("/api/v1/users")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/campaigns", "/lists/abc", "/apiary"])
async def test_every_page_is_the_applications(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    assert answer.status_code == 200
    assert "Kwabo" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


async def test_built_files_are_kept_for_good_and_missing_ones_are_missing(
    site: httpx.AsyncClient,
) -> None:
    built = await site.get("/assets/main-1a2b3c.js")
    assert "immutable" in built.headers["cache-control"]
    assert "javascript" in built.headers["content-type"]
    assert (await site.get("/assets/main-old.js")).status_code == 404
    assert (await site.get("/api/v1/nothing")).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "//etc/passwd"]
)
async def test_files_outside_the_bundle_are_out_of_reach(
    site: httpx.AsyncClient, path: str
) -> None:
    answer = await site.get(path)
    assert "secret" not in answer.text
    assert "root:" not in answer.text


async def test_health_needs_no_session(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/api/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["parts"]["database"]["since"].endswith("Z")


async def test_operation_ids_are_unique(anonymous: httpx.AsyncClient) -> None:
    document = (await anonymous.get("/api/openapi.json")).json()
    ids = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    ]
    assert ids
    assert len(ids) == len(set(ids))


async def test_built_files_travel_compressed_to_whoever_takes_it(site: httpx.AsyncClient) -> None:
    path = "/assets/main-1a2b3c.js"
    compressed = await site.get(path, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert compressed.headers["content-encoding"] == "gzip"
    assert compressed.headers["vary"] == "Accept-Encoding"
    assert compressed.headers["content-type"].startswith(
        ("text/javascript", "application/javascript")
    )
    assert compressed.text == "export {}"
    plain = await site.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == compressed.text
