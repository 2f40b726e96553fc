"""Sources and time plans of scheduled imports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.contacts.import_source import ImportSource, SourceKind, check_source
from kwabo.domain.contacts.import_timing import ImportTiming, check_timing, next_run
from kwabo.domain.outgoing.addresses import is_public

SFTP = ImportSource(
    kind=SourceKind.SFTP, host="sftp.example.org", user="kwabo", sign_in="password", path="/out"
)
HTTPS = ImportSource(kind=SourceKind.HTTPS, url="https://example.org/liste.csv")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1",
        "2002:a00:1::1", "2001:0:4136:e378::1", "ff02::1", "240.0.0.1",
    ],
)  # fmt: skip
def test_addresses_that_lead_inside(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_ipv6_is_judged_as_itself(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    plain = is_public(address)  # type: ignore[arg-type]
    for wrapped in ((0xFFFF << 32) | number, (0x64FF9B << 96) | number):
        assert is_public(ip_address(wrapped.to_bytes(16, "big"))) == plain


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (ImportSource(), ("", "")),
        (ImportSource(path="a/b"), ("", "")),
        (ImportSource(path="../other"), ("path", "SOURCE_PATH")),
        (ImportSource(path="/etc"), ("path", "SOURCE_PATH")),
        (ImportSource(pattern="a/*.csv"), ("pattern", "SOURCE_PATTERN")),
        (ImportSource(move_to="a/b"), ("move_to", "SOURCE_MOVE_TO")),
        (ImportSource(move_to=".."), ("move_to", "SOURCE_MOVE_TO")),
        (SFTP, ("", "")),
        (replace(SFTP, host="http://x"), ("host", "SOURCE_HOST")),
        (replace(SFTP, port=0), ("port", "SOURCE_PORT")),
        (replace(SFTP, user=""), ("user", "SOURCE_USER")),
        (replace(SFTP, sign_in="none"), ("sign_in", "SOURCE_SIGN_IN")),
        (replace(SFTP, host_key="MD5:aa"), ("host_key", "SOURCE_HOST_KEY")),
        (replace(SFTP, path="/out/../.."), ("path", "SOURCE_PATH")),
        (HTTPS, ("", "")),
        (replace(HTTPS, url="http://example.org/x"), ("url", "SOURCE_URL")),
        (replace(HTTPS, url="file:///etc/passwd"), ("url", "SOURCE_URL")),
        (replace(HTTPS, url="https://u:p@example.org/x"), ("url", "SOURCE_URL_SECRET")),
        (replace(HTTPS, url="https://[::1/x"), ("url", "SOURCE_URL")),
        (replace(HTTPS, sign_in="password"), ("user", "SOURCE_USER")),
    ],
)
def test_what_a_source_may_be(source: ImportSource, said: tuple[str, str]) -> None:
    assert check_source(source, http_allowed=False) == said
    assert ImportSource.from_json(source.as_json()) == source


def test_plain_http_only_where_the_installation_allows_it() -> None:
    plain = replace(HTTPS, url="http://intranet/x")
    assert check_source(plain, http_allowed=True) == ("", "")


def test_a_secret_stays_with_its_place() -> None:
    assert HTTPS.same_place(replace(HTTPS, url="https://example.org/other.csv"))
    assert not HTTPS.same_place(replace(HTTPS, url="https://example.org:8443/liste.csv"))
    assert not HTTPS.same_place(replace(HTTPS, url="https://evil.example/liste.csv"))
    assert SFTP.same_place(replace(SFTP, path="/in"))
    assert SFTP.same_place(replace(SFTP, host_key="SHA256:" + "a" * 43)), "accepting a key"
    for other in (replace(SFTP, host="evil"), replace(SFTP, user="x"), replace(SFTP, port=23)):
        assert not SFTP.same_place(other)
    keyed = replace(SFTP, host_key="SHA256:" + "a" * 43)
    assert not keyed.same_place(replace(SFTP, host_key="SHA256:" + "b" * 43))


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("a.csv", True),
        ("A.CSV", True),
        ("a.xlsx", False),
        (".a.csv", False),
        ("a.csv.part", False),
        ("a.csv~", False),
    ],
)
def test_names_that_are_taken(name: str, taken: bool) -> None:
    assert ImportSource(pattern="*.csv*" if "part" in name else "*.csv").takes(name) is taken


@pytest.mark.parametrize(
    ("timing", "said"),
    [
        (ImportTiming(minutes=1), ("", "")),
        (ImportTiming(minutes=0), ("minutes", "TIMING_MINUTES")),
        (ImportTiming(kind="hourly"), ("kind", "TIMING_KIND")),
        (ImportTiming(kind="daily", at="24:00"), ("at", "TIMING_AT")),
        (ImportTiming(kind="daily", weekdays=()), ("weekdays", "TIMING_WEEKDAYS")),
        (ImportTiming(kind="daily", weekdays=(0,)), ("weekdays", "TIMING_WEEKDAYS")),
        (ImportTiming(kind="daily", time_zone="Mars"), ("time_zone", "TIME_ZONE_UNKNOWN")),
    ],
)
def test_what_a_plan_may_be(timing: ImportTiming, said: tuple[str, str]) -> None:
    assert check_timing(timing) == said
    assert ImportTiming.from_json(timing.as_json()) == timing


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("timing", "after", "then"),
    [
        (ImportTiming(minutes=90), "2026-11-26T10:00", "2026-11-26T11:30"),
        (ImportTiming(kind="daily"), "2026-11-26T04:59", "2026-11-26T05:00"),
        (ImportTiming(kind="daily"), "2026-11-26T05:00", "2026-11-27T05:00"),
        (ImportTiming(kind="daily", weekdays=(1,)), "2026-11-26T00:00", "2026-11-30T05:00"),
        # 02:30 does not exist in Paris on 2027-03-28, and comes twice on 2026-10-25
        (
            ImportTiming(kind="daily", at="02:30", time_zone="Europe/Paris"),
            "2027-03-27T12:00",
            "2027-03-28T01:30",
        ),
        (
            ImportTiming(kind="daily", at="02:30", time_zone="Europe/Paris"),
            "2026-10-24T12:00",
            "2026-10-25T00:30",
        ),
    ],
)
def test_the_next_run(timing: ImportTiming, after: str, then: str) -> None:
    assert next_run(timing, at(after)) == at(then)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    st.times().map(lambda t: t.strftime("%H:%M")),
    st.sets(st.integers(1, 7), min_size=1),
    st.sampled_from(["Africa/Porto-Novo", "Europe/Paris", "America/New_York", "Asia/Kolkata"]),
)
def test_a_daily_plan_comes_once_a_day(
    moment: datetime, clock: str, days: set[int], zone: str
) -> None:
    timing = ImportTiming(kind="daily", at=clock, weekdays=tuple(days), time_zone=zone)
    after = moment.replace(tzinfo=UTC)
    first = next_run(timing, after)
    second = next_run(timing, first)
    assert after < first <= after + timedelta(days=7, hours=2)
    assert timedelta(hours=22) <= second - first <= timedelta(days=7, hours=2)
