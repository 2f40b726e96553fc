"""Callable time sets over HTTP: made, changed, looked at, and what a change does to a campaign."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, campaign_body, made, make_list
from world import Both, SteppedClock

DAY = [{"weekday": day, "start": "08:00", "until": "20:00"} for day in range(1, 8)]
ALWAYS = [{"weekday": day, "start": "00:00", "until": "24:00"} for day in range(1, 8)]
OFFICE = {
    "name": "Bureau",
    "windows": [
        {"kind": "mapped", "slots": DAY},
        {"kind": "zone", "time_zone": "Europe/Paris", "slots": DAY[:5]},
        {"kind": "unmapped", "time_zone": "Africa/Porto-Novo", "slots": DAY[:1]},
    ],
    "exceptions": [
        {
            "month": 12,
            "day": 24,
            "name": "Réveillon",
            "slots": [{"start": "08:00", "until": "12:30:15"}],
        },
        {"year": 2026, "month": 6, "day": 2, "name": "Fermé"},
    ],
    "holidays": [{"country": "FR", "subdivision": "57", "applies_to": "own_numbers"}],
}


def slot(weekday: int, start: str, until: str) -> dict[str, Any]:
    return {"weekday": weekday, "start": start, "until": until}


def mapped(*slots: dict[str, Any]) -> dict[str, Any]:
    return {"windows": [{"kind": "mapped", "slots": slots}]}


def zoned(kind: str, time_zone: str | None) -> dict[str, Any]:
    return {"windows": [{"kind": kind, "time_zone": time_zone}]}


def dated(**date: int) -> dict[str, Any]:
    return {"exceptions": [date]}


def of_country(country: str, subdivision: str | None = None) -> dict[str, Any]:
    return {"holidays": [{"country": country, "subdivision": subdivision}]}


def fields_of(answer: httpx.Response) -> dict[str, str]:
    """Field → code of a refusal."""
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["code"] for one in answer.json()["error"]["details"]["fields"]}


async def test_a_set_is_made_changed_and_deleted(admin: httpx.AsyncClient) -> None:
    body = await made(admin, "/callable-time-sets", OFFICE)
    assert body["version"] == 1
    assert body["campaigns"] == []
    path = f"{V1}/callable-time-sets/{body['callable_time_set_id']}"
    assert (await admin.get(path)).json() == body
    by_date = {(one["month"], one["day"]): one for one in body["exceptions"]}
    assert by_date[12, 24]["slots"] == [{"start": "08:00", "until": "12:30:15"}]
    assert by_date[6, 2]["slots"] == []
    assert body["windows"][0]["slots"][0] == {"weekday": 1, "start": "08:00", "until": "20:00"}
    changed = await admin.patch(path, json={"version": 1, "name": "Bureaux", "exceptions": []})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["version"], changed.json()["name"]) == (2, "Bureaux")
    assert changed.json()["exceptions"] == []
    assert changed.json()["windows"] == body["windows"]
    stale = await admin.patch(path, json={"version": 1, "name": "Autre"})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "STALE_VERSION")
    again = await admin.post(f"{V1}/callable-time-sets", json=OFFICE | {"name": "Bureaux"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "NAME_TAKEN")
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    audit = (await admin.get(f"{V1}/audit?subject_kind=callable_time_set")).json()["items"]
    assert [entry["action"] for entry in audit] == [
        "callable_time_set.deleted",
        "callable_time_set.changed",
        "callable_time_set.created",
    ]
    assert audit[1]["details"]["rules"]["exceptions"] == []


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"windows": []}, "windows", "NO_WINDOW"),
        (mapped(slot(5, "22:00", "02:00")), "windows.0.slots.0", "SLOT_OVER_MIDNIGHT"),
        (mapped(*DAY, slot(1, "19:59:59", "21:00")), "windows.0.slots.7", "SLOTS_OVERLAP"),
        (zoned("zone", "Mars/Olympus"), "windows.0.time_zone", "TIME_ZONE_UNKNOWN"),
        (zoned("unmapped", None), "windows.0.time_zone", "TIME_ZONE_UNKNOWN"),
        ({"windows": [{"kind": "mapped"}, {"kind": "mapped"}]}, "windows.1", "WINDOW_TWICE"),
        (dated(month=2, day=30), "exceptions.0.day", "EXCEPTION_DATE"),
        (dated(year=2027, month=2, day=29), "exceptions.0.day", "EXCEPTION_DATE"),
        ({"exceptions": [{"month": 5, "day": 1}] * 2}, "exceptions.1", "EXCEPTION_TWICE"),
        (of_country("ZZ"), "holidays.0.country", "HOLIDAY_COUNTRY"),
        (of_country("FR", "Corse"), "holidays.0.subdivision", "HOLIDAY_SUBDIVISION"),
    ],
)
async def test_what_is_wrong_is_named(
    admin: httpx.AsyncClient, change: dict[str, Any], field: str, code: str
) -> None:
    for language in ("fr", "en"):
        answer = await admin.post(
            f"{V1}/callable-time-sets", json=OFFICE | change, headers={"Accept-Language": language}
        )
        assert fields_of(answer) == {field: code}


async def test_the_29th_of_february_of_every_year_is_a_date(admin: httpx.AsyncClient) -> None:
    leap = OFFICE | {"exceptions": [{"month": 2, "day": 29}]}
    assert (await made(admin, "/callable-time-sets", leap))["exceptions"][0]["year"] is None


async def test_times_that_are_none_are_refused(admin: httpx.AsyncClient) -> None:
    for start, until in (("8:00", "12:00"), ("08:00", "24:01"), ("08:60", "12:00"), ("", "12:00")):
        slots = [{"weekday": 1, "start": start, "until": until}]
        body = OFFICE | {"windows": [{"kind": "mapped", "slots": slots}]}
        assert (await admin.post(f"{V1}/callable-time-sets", json=body)).status_code == 422


async def test_a_preview_shows_closed_days_and_why(admin: httpx.AsyncClient) -> None:
    rules = {
        "windows": [{"kind": "mapped", "slots": DAY}],
        "exceptions": [{"month": 5, "day": 2, "name": "Pont"}],
        "holidays": [{"country": "FR", "applies_to": "own_numbers"}],
    }
    asked = rules | {"time_zone": "Europe/Paris", "country": "FR", "begin": "2027-04-30", "days": 3}
    french = {"Accept-Language": "fr"}
    answer = await admin.post(f"{V1}/callable-time-sets/preview", json=asked, headers=french)
    assert answer.status_code == 200, answer.text
    days = answer.json()["days"]
    assert [(day["date"], day["code"], day["name"], len(day["slots"])) for day in days] == [
        ("2027-04-30", "OUTSIDE_CALLABLE_TIME", "", 1),
        ("2027-05-01", "HOLIDAY", "Fête du Travail", 0),
        ("2027-05-02", "DATE_EXCEPTION", "Pont", 0),
    ]
    elsewhere = asked | {"country": "BJ"}
    days = (await admin.post(f"{V1}/callable-time-sets/preview", json=elsewhere)).json()["days"]
    assert [day["code"] for day in days] == ["OUTSIDE_CALLABLE_TIME"] * 2 + ["DATE_EXCEPTION"]


async def test_a_preview_tells_changes_of_the_clock_and_zones_without_hours(
    admin: httpx.AsyncClient,
) -> None:
    window = {"kind": "zone", "time_zone": "Europe/Paris", "slots": ALWAYS}
    asked = {"windows": [window], "time_zone": "Europe/Paris", "begin": "2027-03-27", "days": 3}
    answer = (await admin.post(f"{V1}/callable-time-sets/preview", json=asked)).json()
    assert [day["clock_changes"] for day in answer["days"]] == [False, True, False]
    assert answer["open"]
    for zone in ("Africa/Porto-Novo", None):
        none = (
            await admin.post(f"{V1}/callable-time-sets/preview", json=asked | {"time_zone": zone})
        ).json()
        assert none == {"time_zone": None, "open": False, "opens_at": None, "days": []}


async def test_holidays_of_countries(admin: httpx.AsyncClient) -> None:
    known = (await admin.get(f"{V1}/holiday-countries")).json()["items"]
    countries = {one["country"]: one["subdivisions"] for one in known}
    assert {"BJ", "FR", "RE", "US", "GB"} <= set(countries)
    assert "57" in countries["FR"]
    french = {"Accept-Language": "fr"}
    path = f"{V1}/public-holidays?country=BJ&year=2027"
    days = (await admin.get(path, headers=french)).json()["items"]
    assert {"date": "2027-08-01", "name": "Fête Nationale"} in days
    assert [day["date"] for day in days] == sorted(day["date"] for day in days)
    assert (await admin.get(f"{V1}/public-holidays?country=ZZ&year=2027")).status_code == 422


async def test_supervisors_read_and_only_administrators_write(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient, agent: httpx.AsyncClient
) -> None:
    body = await made(admin, "/callable-time-sets", OFFICE)
    path = f"{V1}/callable-time-sets/{body['callable_time_set_id']}"
    assert (await supervisor.get(path)).status_code == 200
    assert (await supervisor.patch(path, json={"version": 1, "name": "x"})).status_code == 403
    assert (await agent.get(path)).status_code == 403


class TestWithACampaign:
    """A change counts at once, for whoever was put off too."""

    async def _campaign(self, admin: httpx.AsyncClient, both: Both, **values: Any) -> Any:
        contacts = await make_list(admin, ["0161000001", "0161000002", "0161000003"])
        body = campaign_body(both, contacts["contact_list_id"], **values)
        return contacts, await made(admin, "/campaigns", body)

    async def _put_off(
        self,
        engine: AsyncEngine,
        clock: SteppedClock,
        both: Both,
        campaign_id: str,
        contact_ids: list[str],
    ) -> datetime:
        """The contacts wait: for the hours, for a recall; the third is finished without hours."""
        later = clock.now() + timedelta(days=3)
        courses = [
            ("open", later, "OUTSIDE_CALLABLE_TIME"),
            ("open", later, "RESULT_BUSY"),
            ("finished", None, "TIME_ZONE_UNKNOWN"),
        ]
        async with engine.begin() as connection:
            await connection.execute(
                text("SELECT set_config('kwabo.organisation_id', :id, true)"),
                {"id": str(both.a.organisation_id)},
            )
            for contact_id, (state, at, reason) in zip(contact_ids, courses, strict=True):
                await connection.execute(
                    text(
                        "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id,"
                        " state, next_attempt_at, reason) VALUES (:c, :k, :o, :state, :at, :reason)"
                    ),
                    {
                        "c": campaign_id,
                        "k": contact_id,
                        "o": str(both.a.organisation_id),
                        "state": state,
                        "at": at,
                        "reason": reason,
                    },
                )
        return later

    async def _courses(self, admin: httpx.AsyncClient, campaign_id: str) -> list[Any]:
        rows = (await admin.get(f"{V1}/campaigns/{campaign_id}/contacts")).json()["items"]
        return [(row["state"], row["next_attempt_at"]) for row in rows]

    async def test_who_was_put_off_is_due_again(
        self, admin: httpx.AsyncClient, both: Both, engine: AsyncEngine, clock: SteppedClock
    ) -> None:
        hours = await made(admin, "/callable-time-sets", OFFICE)
        set_id = hours["callable_time_set_id"]
        contacts, campaign = await self._campaign(admin, both, callable_time_set_id=set_id)
        assert campaign["callable_time_set_id"] == set_id
        campaign_id = campaign["campaign_id"]
        ids = [one["contact_id"] for one in contacts["made"]]
        later = await self._put_off(engine, clock, both, campaign_id, ids)
        path = f"{V1}/callable-time-sets/{set_id}"
        renamed = await admin.patch(path, json={"version": 1, "name": "Autre nom"})
        assert renamed.json()["campaigns"] == ["Relance"]
        for_hours, recall, finished = await self._courses(admin, campaign_id)
        assert finished == ("finished", None)
        window = {"kind": "mapped", "slots": ALWAYS}
        answer = await admin.patch(path, json={"version": 2, "windows": [window]})
        assert answer.status_code == 200, answer.text
        now_for_hours, same_recall, reopened = await self._courses(admin, campaign_id)
        assert datetime.fromisoformat(for_hours[1]) > later - timedelta(seconds=1)
        assert datetime.fromisoformat(now_for_hours[1]) <= clock.now()
        assert same_recall == recall
        assert reopened[0] == "open"
        assert datetime.fromisoformat(reopened[1]) <= clock.now()

    async def test_so_it_is_when_the_campaign_or_the_list_changes(
        self, admin: httpx.AsyncClient, both: Both, engine: AsyncEngine, clock: SteppedClock
    ) -> None:
        contacts, campaign = await self._campaign(admin, both)
        campaign_id = campaign["campaign_id"]
        ids = [one["contact_id"] for one in contacts["made"]]
        await self._put_off(engine, clock, both, campaign_id, ids)
        path = f"{V1}/campaigns/{campaign_id}"
        body = {"version": 1, "callable_until": "22:00"}
        assert (await admin.patch(path, json=body)).status_code == 200
        assert (await self._courses(admin, campaign_id))[2][0] == "open"
        async with engine.begin() as connection:
            await connection.execute(
                text("SELECT set_config('kwabo.organisation_id', :id, true)"),
                {"id": str(both.a.organisation_id)},
            )
            await connection.execute(
                text(
                    "UPDATE campaign_contacts SET state = 'finished',"
                    " next_attempt_at = NULL WHERE reason <> 'RESULT_BUSY'"
                )
            )
        list_path = f"{V1}/contact-lists/{contacts['contact_list_id']}"
        answer = await admin.patch(list_path, json={"version": 1, "zone_source": "list"})
        assert answer.json()["zone_source"] == "list"
        states = [state for state, _ in await self._courses(admin, campaign_id)]
        assert states == ["open", "open", "open"]

    async def test_a_set_in_use_stays(self, admin: httpx.AsyncClient, both: Both) -> None:
        set_id = (await made(admin, "/callable-time-sets", OFFICE))["callable_time_set_id"]
        _, campaign = await self._campaign(admin, both, callable_time_set_id=set_id)
        path = f"{V1}/callable-time-sets/{set_id}"
        refused = await admin.delete(path)
        assert refused.json()["error"]["code"] == "CALLABLE_TIME_SET_IN_USE"
        assert "Relance" in refused.json()["error"]["message"]
        own = {"version": 1, "callable_time_set_id": None}
        changed = await admin.patch(f"{V1}/campaigns/{campaign['campaign_id']}", json=own)
        assert changed.json()["callable_time_set_id"] is None
        assert (await admin.delete(path)).status_code == 204

    async def test_an_explanation_names_the_day_and_the_zone(
        self, admin: httpx.AsyncClient, both: Both, clock: SteppedClock
    ) -> None:
        today = clock.now().date()
        closed = OFFICE | {
            "exceptions": [
                {"year": day.year, "month": day.month, "day": day.day, "name": "Inventaire"}
                for day in (today - timedelta(days=1), today, today + timedelta(days=1))
            ]
        }
        set_id = (await made(admin, "/callable-time-sets", closed))["callable_time_set_id"]
        contacts, campaign = await self._campaign(admin, both, callable_time_set_id=set_id)
        contact_id = contacts["made"][0]["contact_id"]
        path = f"{V1}/campaigns/{campaign['campaign_id']}/contacts/{contact_id}/explanation"
        found = (await admin.get(path, headers={"Accept-Language": "fr"})).json()
        (check,) = (one for one in found["checks"] if one["code"] == "DATE_EXCEPTION")
        assert "(Inventaire)" in check["message"]
        assert "heure de Africa/Porto-Novo" in check["message"]
        (zones,) = found["zones"]
        assert (zones["time_zones"], zones["source"]) == (["Africa/Porto-Novo"], "number")

    async def test_a_set_of_another_organisation_is_none(
        self, admin: httpx.AsyncClient, other_admin: httpx.AsyncClient, both: Both
    ) -> None:
        theirs = await made(other_admin, "/callable-time-sets", OFFICE)
        contacts = await make_list(admin, ["0161000001"])
        body = campaign_body(
            both,
            contacts["contact_list_id"],
            callable_time_set_id=theirs["callable_time_set_id"],
        )
        answer = await admin.post(f"{V1}/campaigns", json=body)
        assert fields_of(answer) == {"callable_time_set_id": "UNKNOWN"}


class TestColumnsAboutNumbers:
    """A column of time zones that belongs to a phone column."""

    async def _list(self, admin: httpx.AsyncClient, **changes: Any) -> httpx.Response:
        columns = [
            {"name": "nom", "kind": "text"},
            {"name": "tel", "label": "mobile", "kind": "phone"},
            {"name": "tel2", "label": "bureau", "kind": "phone"},
            {"name": "fuseau", "kind": "time_zone", "phone_column": "tel"} | changes,
        ]
        return await admin.post(
            f"{V1}/contact-lists", json={"name": "Avec fuseaux", "columns": columns}
        )

    async def test_it_is_kept_and_counts(self, admin: httpx.AsyncClient, both: Both) -> None:
        contact_list = (await self._list(admin)).json()
        assert contact_list["columns"][3]["phone_column"] == "tel"
        list_id = contact_list["contact_list_id"]
        data = {"nom": "A", "tel": "+33612345678", "tel2": "+33612345679", "fuseau": "Asia/Tokyo"}
        contact = await made(admin, f"/contact-lists/{list_id}/contacts", {"data": data})
        campaign = await made(admin, "/campaigns", campaign_body(both, list_id))
        path = f"{V1}/campaigns/{campaign['campaign_id']}/contacts/{contact['contact_id']}"
        zones = (await admin.get(f"{path}/explanation")).json()["zones"]
        assert [(one["time_zones"], one["source"]) for one in zones] == [
            (["Asia/Tokyo"], "column"),
            (["Europe/Paris"], "number"),
        ]

    @pytest.mark.parametrize(
        "change", [{"phone_column": "nom"}, {"phone_column": "nowhere"}, {"kind": "text"}]
    )
    async def test_it_must_be_about_a_phone_column(
        self, admin: httpx.AsyncClient, change: dict[str, str]
    ) -> None:
        answer = await self._list(admin, **change)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "PHONE_COLUMN")
