"""Who is called, when and how often, by the INVITEs that reached the far end of the real switch."""

from __future__ import annotations

import asyncio
import statistics
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from asterisk.test_predictive import Floor, at_work, complete
from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.domain.compliance.contact_rules import BUSY_SECONDS
from kwabo.domain.compliance.public_holidays import holiday_countries, public_holiday
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

AGENTS = 3
HERE = ZoneInfo("Africa/Porto-Novo")  # of the numbers
WEEK = range(1, 8)
ALL_DAY = [("00:00", "24:00")]
HONOURED = 1.0  # seconds, from the entry to the end of a call that rings
ON_ITS_WAY = 1.0  # seconds that a call may be from its claim to its INVITE


def table() -> BehaviourTable:
    """Everybody is busy; who ends in 4 lets it ring."""
    calm = {"ring_spread": 0.0, "talk_spread": 0.0}
    return BehaviourTable(
        behaviours={
            "busy": Behaviour(kind=Kind.BUSY, ring_seconds=0.3, **calm),
            "rings": Behaviour(kind=Kind.NO_ANSWER, ring_seconds=120.0, **calm),
            "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=3600.0),
        },
        shares={"busy": 100},
        suffixes={"4": ("rings",)},
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def floor(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Floor]:
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("who-is-called"),
        table=table(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(AGENTS)},
    )
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        yield Floor(stack=stack, admin=admin)


async def _list(floor: Floor, name: str, rows: Sequence[Mapping[str, str]]) -> str:
    file = floor.stack.folder / f"{name}.csv"
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    file.write_text("\n".join(lines) + "\n")
    loaded = await campaign.load(floor.admin, file, name, lambda *_: None)
    return str(loaded["contact_list_id"])


async def _started(floor: Floor, name: str, contact_list_id: str, **settings: Any) -> str:
    """A progressive campaign that calls each contact once, unless told otherwise; its id."""
    campaign_id = await campaign.make(
        floor.admin,
        name=name,
        contact_list_id=contact_list_id,
        mode="progressive",
        no_answer_seconds=60,
        pace={"max_attempts": 1, "dnc_list_ids": []} | settings,
    )
    await floor.admin.post(f"/campaigns/{campaign_id}/start")
    return campaign_id


def _called(calls: Iterable[LabCall]) -> set[str]:
    return {call.number.replace("+229", "") for call in calls}


# ── DNC lists ───────────────────────────────────────────────────────────────────────────────────


async def _dnc_list(floor: Floor, name: str, **settings: Any) -> str:
    made = await floor.admin.post("/dnc-lists", {"name": name, **settings})
    return str(made["dnc_list_id"])


async def _add(floor: Floor, dnc_list_id: str, value: str, **more: Any) -> datetime:
    """List a value; when the server had written it."""
    path = f"/dnc-lists/{dnc_list_id}/entries"
    told = await floor.admin.post(path, {"entries": [{"value": value, **more}]})
    assert told["added"] == 1, told
    return datetime.now(UTC)


async def _lists(floor: Floor, title: str) -> dict[str, str]:
    """A list of the campaign's, one of nobody's, one for everybody, one by a column."""
    return {
        "own": await _dnc_list(floor, f"{title} : campagne"),
        "foreign": await _dnc_list(floor, f"{title} : autre"),
        "wide": await _dnc_list(floor, f"{title} : tous", organisation_wide=True),
        "column": await _dnc_list(
            floor, f"{title} : contrats", organisation_wide=True, key_column="contrat"
        ),
    }


async def test_nobody_on_a_list_is_called_and_everybody_else_is(floor: Floor) -> None:
    lists = await _lists(floor, "Avant")
    numbers = [f"01970200{n:02d}" for n in range(10, 22)]
    rows = [{"contrat": f"A{n}", "téléphone": n} for n in numbers]
    own, wide, column, foreign, expiring, *others = numbers
    until = datetime.now(UTC) + timedelta(seconds=12)
    await _add(floor, lists["own"], own)
    await _add(floor, lists["wide"], f"+229 {wide}")
    await _add(floor, lists["column"], f"A{column}")
    await _add(floor, lists["foreign"], foreign)
    await _add(floor, lists["own"], expiring, expires_at=until.isoformat())
    contact_list_id = await _list(floor, "Avant", rows)
    async with at_work(floor, AGENTS):
        campaign_id = await _started(floor, "Avant", contact_list_id, dnc_list_ids=[lists["own"]])
        await complete(floor, campaign_id)
    calls = floor.calls(numbers)
    assert _called(calls) == {foreign, expiring, *others}
    assert len(calls) == len(_called(calls))
    (late,) = floor.calls([expiring])
    assert late.invited_at >= until


async def test_who_is_listed_while_the_call_rings_is_left_alone_within_a_second(
    floor: Floor,
) -> None:
    lists = await _lists(floor, "Pendant")
    numbers = [f"01970210{n}4" for n in range(AGENTS)]
    rows = [{"contrat": f"P{n}", "téléphone": n} for n in numbers]
    contact_list_id = await _list(floor, "Pendant", rows)
    own, wide, column = numbers
    entries = {own: ("own", own), wide: ("wide", wide), column: ("column", f"p{column}")}
    took = {}
    async with at_work(floor, AGENTS):
        await _started(
            floor, "Pendant", contact_list_id, dnc_list_ids=[lists["own"]], max_attempts=3
        )
        async with asyncio.timeout(30):
            while len(floor.calls(numbers)) < len(numbers):
                await asyncio.sleep(0.1)
        for number, (name, value) in entries.items():
            ringing = [one for one in floor.calls(numbers) if one.ended_at is None]
            assert number in _called(ringing)
            listed = await _add(floor, lists[name], value)
            took[name] = (await _ended(floor, number) - listed).total_seconds()
        await asyncio.sleep(campaign.MINIMUM_GAP_SECONDS + 2)  # when it would be called again
    assert statistics.median(took.values()) <= HONOURED, took
    assert len(floor.calls(numbers)) == len(numbers)


async def _ended(floor: Floor, number: str) -> datetime:
    """When the number's only call was over."""
    async with asyncio.timeout(20):
        while True:
            (call,) = floor.calls([number])
            if call.ended_at is not None:
                return call.ended_at
            await asyncio.sleep(0.05)


# ── Hours and holidays ──────────────────────────────────────────────────────────────────────────


def _window(kind: str, slots: Iterable[tuple[str, str]], zone: str | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "time_zone": zone,
        "slots": [
            {"weekday": day, "start": start, "until": until}
            for start, until in slots
            for day in WEEK
        ],
    }


async def _hours(floor: Floor, name: str, **rules: Any) -> str:
    made = await floor.admin.post("/callable-time-sets", {"name": name, **rules})
    return str(made["callable_time_set_id"])


async def _not_about_midnight() -> None:
    """Until the local day goes on for longer than a test."""
    while (left := _day_left()) < timedelta(minutes=2):
        await asyncio.sleep(left.total_seconds() + 1)


def _day_left() -> timedelta:
    now = datetime.now(HERE)
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - now


async def test_calls_begin_when_the_hours_do_and_end_with_them(floor: Floor) -> None:
    await _not_about_midnight()
    numbers = [f"0197022{n:03d}" for n in range(1000) if n % 10 != 4][:200]
    contact_list_id = await _list(floor, "Créneau", [{"téléphone": n} for n in numbers])
    async with at_work(floor, AGENTS):
        opens = datetime.now(HERE).replace(microsecond=0) + timedelta(seconds=8)
        closes = opens + timedelta(seconds=8)
        slot = (f"{opens:%H:%M:%S}", f"{closes:%H:%M:%S}")
        hours = await _hours(floor, "Créneau", windows=[_window("mapped", [slot])])
        campaign_id = await _started(floor, "Créneau", contact_list_id, callable_time_set_id=hours)
        await asyncio.sleep((closes - datetime.now(HERE)).total_seconds() + 5)
        await _stop(floor, campaign_id)
    invited = [call.invited_at for call in floor.calls(numbers)]
    assert len(invited) > AGENTS
    assert len(invited) < len(numbers)  # so that hours ended it
    assert min(invited) >= opens
    assert max(invited) <= closes + timedelta(seconds=ON_ITS_WAY)


def _holiday_of(day: datetime) -> dict[str, str] | None:
    """A country, or a part of one, that has a public holiday on this day."""
    for known in holiday_countries():
        for part in (None, *known.subdivisions):
            if public_holiday(known.country, part, day.date()):
                return {"country": known.country} | ({"subdivision": part} if part else {})
    return None


async def test_closed_days_and_other_places_hours_keep_everybody_from_being_called(
    floor: Floor,
) -> None:
    await _not_about_midnight()
    today = datetime.now(HERE)
    always = [_window("mapped", ALL_DAY)]
    closed_today = {"month": today.month, "day": today.day, "name": "Inventaire", "slots": []}
    sets: dict[str, dict[str, Any]] = {
        "ouvert": {"windows": always},
        "fermé": {"windows": always, "exceptions": [closed_today]},
        "ailleurs": {"windows": [_window("mapped", []), _window("zone", ALL_DAY, "Europe/Paris")]},
    }
    holiday = _holiday_of(today)
    if holiday is not None:
        everyone, own = ([{**holiday, "applies_to": who}] for who in ("everyone", "own_numbers"))
        sets["férié"] = {"windows": always, "holidays": everyone}
        sets["férié des autres"] = {"windows": always, "holidays": own}
    numbers = {name: [f"01970230{i}{n}" for n in range(3)] for i, name in enumerate(sets)}
    async with at_work(floor, AGENTS):
        campaigns = {}
        for name, rules in sets.items():
            contact_list_id = await _list(floor, name, [{"téléphone": n} for n in numbers[name]])
            hours = await _hours(floor, name, **rules)
            campaigns[name] = await _started(
                floor, name, contact_list_id, callable_time_set_id=hours
            )
        called = {"ouvert", "férié des autres"} & set(sets)
        for name in called:
            await complete(floor, campaigns[name])
        for name in sets.keys() - called:
            await _stop(floor, campaigns[name])
    for name in sets:
        expected = set(numbers[name]) if name in called else set()
        assert _called(floor.calls(numbers[name])) == expected, name


# ── Attempt limits ──────────────────────────────────────────────────────────────────────────────


async def test_limits_hold_for_persons_whom_three_campaigns_share(floor: Floor) -> None:
    persons = [(f"01970240{n:02d}", f"01970250{n:02d}") for n in range(10, 18) if n % 10 != 4]
    most = {"number": 2, "person": 3}
    for per, number in most.items():
        limit = {"name": per, "per": per, "scope": "organisation", "most": number}
        await floor.admin.post("/attempt-limits", limit | {"reset": "never", "counted": "dialled"})
    # Each list knows a person by other numbers; the first joins them.
    known: list[Any] = [lambda a, b: (a, b), lambda a, _: (a, ""), lambda _, b: (b, "")]
    lists = []
    for index, choose in enumerate(known):
        pairs = [choose(*person) for person in persons]
        rows = [{"téléphone": first, "mobile": second} for first, second in pairs]
        if index:
            rows = [{"téléphone": row["téléphone"]} for row in rows]
        lists.append(await _list(floor, f"Partagés {index}", rows))
    settings = {"max_attempts": 9, "minimum_gap_seconds": 1, "number_order": "turns"}
    settings["recall_seconds"] = {**campaign.RECALL_SECONDS, "busy": campaign.MINIMUM_GAP_SECONDS}
    everybody = [number for person in persons for number in person]
    async with at_work(floor, AGENTS):
        campaigns = [
            await _started(floor, f"Partagés {n}", one, **settings) for n, one in enumerate(lists)
        ]
        # Who is in another campaign's call is looked at again after so long.
        await _quiet(floor, everybody, BUSY_SECONDS + 2 * campaign.MINIMUM_GAP_SECONDS)
        for one in campaigns:
            await _stop(floor, one)
    calls = floor.calls(everybody)
    of = Counter(call.number.replace("+229", "") for call in calls)
    assert max(of.values()) <= most["number"]
    assert {a: of[a] + of[b] for a, b in persons} == dict.fromkeys(
        (a for a, _ in persons), most["person"]
    )
    for person in persons:
        mine = sorted(floor.calls(person), key=lambda call: call.invited_at)
        for before, after in pairwise(mine):  # never two at once
            assert before.ended_at is not None
            assert before.ended_at <= after.invited_at
    by = [await floor.attempts(one) for one in campaigns]
    assert sum(len(attempts) > 0 for attempts in by) == len(campaigns)


async def _stop(floor: Floor, campaign_id: str) -> None:
    if (await floor.admin.get(f"/campaigns/{campaign_id}"))["state"] == "running":
        await floor.admin.post(f"/campaigns/{campaign_id}/stop")


async def _quiet(floor: Floor, numbers: Sequence[str], seconds: float) -> None:
    """Until these were called and then not any more for so long."""
    async with asyncio.timeout(200):
        while True:
            last = max((call.invited_at for call in floor.calls(numbers)), default=None)
            if last is not None and (datetime.now(UTC) - last).total_seconds() > seconds:
                return
            await asyncio.sleep(0.5)
