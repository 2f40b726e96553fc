"""How a provider is asked, what its answer means, and which addresses may be asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.dnc_lists.providers import (
    ProviderSettings,
    objections,
    read_answer,
    request_about,
    tidied,
)
from kwabo.domain.dnc_lists.silences import SILENCES
from kwabo.domain.outgoing.addresses import is_public

GOOD = ProviderSettings(
    url="https://dnc.example/v1/{number}",
    answer_path="data.results[0].listed",
    header_name="Authorization",
    header_value="Bearer {secret}",
    secret_name="bloctel",
)


def test_the_number_and_the_secret_are_filled_in() -> None:
    request = request_about(GOOD, "+2290197123456", "s3cret")
    assert request.url == "https://dnc.example/v1/%2B2290197123456"
    assert request.headers["Authorization"] == "Bearer s3cret"
    assert "s3cret" not in repr(request)
    post = replace(GOOD, method="POST", url="https://dnc.example/", body='{"tel": "{digits}"}')
    assert request_about(post, "+2290197123456", "").body == '{"tel": "2290197123456"}'


@pytest.mark.parametrize(
    ("path", "status", "body", "answer"),
    [
        ("data.results[0].listed", 200, b'{"data": {"results": [{"listed": true}]}}', True),
        ("data.results[0].listed", 200, b'{"data": {"results": [{"listed": false}]}}', False),
        ("data.results[0].listed", 200, b'{"data": {"results": []}}', "ANSWER_WITHOUT_VALUE"),
        ("data.results[0].listed", 200, b"<html>", "ANSWER_UNREADABLE"),
        ("data", 200, b'{"data": "maybe"}', "ANSWER_UNKNOWN"),
        ("data", 500, b'{"data": true}', "HTTP_STATUS"),
        ("data", 302, b'{"data": true}', "HTTP_STATUS"),
        ("", 200, b" TRUE \n", True),
        ("@status", 404, b"", False),
        ("@status", 503, b"", "ANSWER_UNKNOWN"),
    ],
)
def test_an_answer_is_listed_not_listed_or_none(
    path: str, status: int, body: bytes, answer: bool | str
) -> None:
    settings = replace(
        GOOD,
        answer_path=path,
        listed_values=("true", "200"),
        not_listed_values=("false", "404"),
    )
    assert read_answer(settings, status, body) == answer
    assert isinstance(answer, bool) or answer in SILENCES


@given(st.binary(max_size=200), st.text(max_size=30), st.integers(100, 599))
def test_no_answer_makes_it_fail(body: bytes, path: str, status: int) -> None:
    answer = read_answer(replace(GOOD, answer_path=path), status, body)
    assert isinstance(answer, bool) or answer in SILENCES


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "ftp://dnc.example/{number}"}, "url"),
        ({"url": "https://{number}.example/"}, "url"),
        ({"url": "https://user:pass@dnc.example/{number}"}, "url"),
        ({"url": "https://dnc.example/"}, "url"),
        ({"method": "DELETE"}, "method"),
        ({"header_name": "Host"}, "header_name"),
        ({"header_value": "a\r\nX-Other: b"}, "header_name"),
        ({"secret_name": ""}, "secret_name"),
        ({"secret_name": "../other"}, "secret_name"),
        ({"answer_path": "data..[x"}, "answer_path"),
        ({"listed_values": ()}, "listed_values"),
        ({"not_listed_values": ("TRUE",)}, "not_listed_values"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
        ({"max_age_seconds": 59}, "max_age_seconds"),
        ({"when_silent": "guess"}, "when_silent"),
    ],
)
def test_each_wrong_setting_is_named(changes: dict[str, object], field: str) -> None:
    assert objections(GOOD) == []
    found = objections(tidied(replace(GOOD, **changes)))  # type: ignore[arg-type]
    assert f"provider.{field}" in [objection.field for objection in found]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::7f00:1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
