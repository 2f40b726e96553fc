"""Examples of bodies in the OpenAPI document, by operation; they fit their models (tests/api)."""

from __future__ import annotations

from typing import Any, Final

_ID: Final = "01997c2e-7a30-7000-8000-00000000000"


def _one(summary: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"example": {"summary": summary, "value": value}}


EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "add_contact_list": _one(
        "A list for Benin, keyed by the customer's number",
        {
            "name": "Customers of November",
            "region": "BJ",
            "columns": [
                {"name": "customer", "label": "Customer", "kind": "text"},
                {"name": "name", "label": "Name", "kind": "text"},
                {"name": "phone", "label": "Phone", "kind": "phone"},
            ],
            "key_columns": ["customer"],
        },
    ),
    "save_contact": _one(
        "A contact, to be called next",
        {"data": {"customer": "17", "name": "Awa", "phone": "0161000000"}, "priority": "front"},
    ),
    "save_contacts": _one(
        "Two contacts at once",
        {
            "contacts": [
                {"data": {"customer": "17", "name": "Awa", "phone": "0161000000"}},
                {"data": {"customer": "18", "name": "Koffi", "phone": "0161000001"}},
            ],
            "on_duplicate": "update",
        },
    ),
    "add_campaign": _one(
        "A progressive campaign; what is left out has its default",
        {
            "name": "Renewals",
            "mode": "progressive",
            "contact_list_id": _ID + "1",
            "queue_id": _ID + "2",
            "trunk_id": _ID + "3",
            "caller_id": "+2290121000000",
            "wrap_up_code_ids": [_ID + "4"],
        },
    ),
    "change_campaign": _one("A later end of the day", {"version": 3, "callable_until": "19:30"}),
    "recycle_campaign": _one(
        "How many contacts were busy or did not answer?",
        {"results": ["busy", "no_answer"], "dry_run": True},
    ),
    "add_dnc_entries": _one(
        "One number for ever, one for a while",
        {
            "entries": [
                {"value": "+2290161000000", "reason": "asked by letter"},
                {"value": "+2290161000001", "expires_at": "2027-12-31T23:00:00Z"},
            ]
        },
    ),
    "remove_dnc_entries": _one(
        "Take a number off", {"values": ["+2290161000000"], "reason": "was listed by mistake"}
    ),
    "reschedule_callback": _one(
        "Tomorrow at ten", {"due_at": "2027-01-15T09:00:00Z", "reason": "asked for by the customer"}
    ),
    "add_user": _one(
        "An agent of one queue",
        {
            "login": "awa",
            "display_name": "Awa Dossou",
            "role": "agent",
            "password": "a long enough one",
            "language": "fr",
            "queue_ids": [_ID + "2"],
        },
    ),
    "add_api_token": _one(
        "A token for a program that reads reports",
        {"name": "reports", "scopes": ["campaigns.read", "reports.read"], "expires_in_days": 365},
    ),
    "sign_in": _one("A person", {"login": "awa", "password": "a long enough one"}),
    "add_what_if": _one(
        "Tomorrow with 20 agents", {"kind": "tomorrow", "agents": 20, "from": "08:00"}
    ),
    "put_campaign_schedule": _one(
        "Weekdays, with a break at noon",
        {
            "time_zone": "Africa/Porto-Novo",
            "intervals": [
                {"weekdays": [1, 2, 3, 4, 5], "start": "08:00", "until": "12:00"},
                {"weekdays": [1, 2, 3, 4, 5], "start": "14:00", "until": "18:00"},
            ],
        },
    ),
}
