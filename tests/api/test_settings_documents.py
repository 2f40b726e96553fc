"""Settings as one document: taken from one organisation, applied to another, or to the same."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import yaml
from click.testing import CliRunner

from api.things import MAKERS, Things
from database import Database, DatabaseServer
from kwabo.cli import main
from kwabo.domain.settings_documents.differences import differences
from kwabo_client.console.settings import laid_over
from world import Application

V1 = "/api/v1"
PATH = f"{V1}/settings-document"
# What else there is to say, beside one of everything: things that refer to each other.
RICH: dict[str, Any] = {
    "kwabo_settings": 1,
    "skills": {"Fibre": {}},
    "languages": {"languages": [{"language": "fr", "numbers": "own"}], "second_person": False},
    "retention": {"days": {"imports": 800}},
    "incident_settings": {"commune_columns": ["ville"], "cell_columns": []},
    "wrap_up_mapping": {"outcomes": {"no_answer": ["neutral"]}},
    "queues": {
        "Ventes": {
            "routing": {
                "rings": [{"seconds": 20, "drops": []}, {"seconds": 0, "drops": ["@skills/Fibre"]}],
                "overflow": [{"when": "no_agents", "seconds": 0, "to_queue_id": "@queues/Renfort"}],
                "schedule_group_id": "@schedule_groups/Group a",
                "music_prompt_id": "@prompts/musique",
            }
        },
        "Renfort": {
            "routing": {
                "overflow": [{"when": "no_agents", "seconds": 9, "to_queue_id": "@queues/Ventes"}]
            }
        },
    },
    "prompts": {"musique": {"name": "Musique", "words": {"fr": {"speech": "Patientez."}}}},
    "flows": {
        "Accueil": {
            "versions": {
                "published": {
                    "document": {
                        "languages": ["fr"],
                        "start": "q",
                        "nodes": [
                            {"id": "q", "type": "flow", "flow_id": "@flows/Suite",
                             "ways": {"next": "end"}},
                            {"id": "end", "type": "hang_up"},
                        ],
                    },
                    "tests": [],
                },
                "draft": {
                    "document": {"languages": ["fr"], "start": "end", "nodes": []},
                    "tests": [],
                },
            }
        },
        "Suite": {
            "versions": {
                "published": {
                    "document": {
                        "languages": ["fr"],
                        "start": "end",
                        "nodes": [{"id": "end", "type": "hang_up"}],
                    },
                    "tests": [],
                },
                "draft": None,
            }
        },
    },
    "scripts": {
        "Vente": {
            "contact_list_id": "@contact_lists/List a",
            "versions": {
                "published": {
                    "document": {
                        "required": "remind",
                        "pages": [{"id": "p", "title": "Page", "finish": True, "blocks": []}],
                    }
                },
                "draft": None,
            },
        }
    },
    "campaigns": {
        "Relance": {
            "contact_list_id": "@contact_lists/List a",
            "mode": "progressive",
            "queue_id": "@queues/Ventes",
            "trunk_id": "@trunks/Opérateur",
            "caller_id": "+2290121000000",
            "callable_time_set_id": "@callable_time_sets/Hours a",
            "attempt_limit_ids": ["@attempt_limits/Limit a"],
            "contact_list_filter_ids": ["@filters/List a/Filter a"],
            "response_set_id": "@response_sets/Set a",
            "script_id": "@scripts/Vente",
            "wrap_up_code_ids": ["@wrap_up_codes/Traité", "@wrap_up_codes/Faux numéro"],
            "rule_set_ids": ["@rule_sets/Rules a"],
            "wrap_up_mapping": {"@wrap_up_codes/Suivi": ["right_party", "success"]},
            "recycle_plans": [
                {"unreached": True, "weekdays": [2], "at": "09:00", "time_zone": "UTC"},
                {"wrap_up_code_ids": ["@wrap_up_codes/Suivi"], "weekdays": [1], "at": "09:00",
                 "time_zone": "UTC"},
            ],
            "schedule": {
                "time_zone": "UTC",
                "intervals": [{"start": "08:00", "until": "12:00", "weekdays": [1, 2]}],
                "active": False,
            },
        }
    },
}  # fmt: skip


@pytest.fixture
async def connection(
    database: Database, database_server: DatabaseServer
) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection."""
    async with database_server.superuser(database.name) as connection:
        yield connection


@pytest.fixture
async def other(application: Application) -> httpx.AsyncClient:
    """The administrator of the other organisation."""
    return await application.signed_in("b.admin")


async def exported(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get(PATH)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()["document"]
    return document


async def apply(
    client: httpx.AsyncClient, document: dict[str, Any], **choices: bool
) -> list[dict[str, Any]]:
    """The changes."""
    answer = await client.post(f"{PATH}/apply", json={"document": document, **choices})
    assert answer.status_code == 200, answer.text
    changes: list[dict[str, Any]] = answer.json()["changes"]
    return changes


async def refused(
    client: httpx.AsyncClient, document: dict[str, Any], **choices: bool
) -> dict[str, str]:
    """Place → code of what is wrong; nothing may have changed."""
    before = await exported(client)
    body = {"document": {"kwabo_settings": 1, **document}, **choices}
    answer = await client.post(f"{PATH}/apply", json=body)
    assert answer.status_code == 422, answer.text
    error = answer.json()["error"]
    assert error["code"] == "SETTINGS_REFUSED"
    assert all(field["message"] for field in error["details"]["fields"])
    assert await exported(client) == before
    return {field["field"]: field["code"] for field in error["details"]["fields"]}


def only(document: dict[str, Any], *kinds: str) -> dict[str, Any]:
    return {"kwabo_settings": 1, **{kind: document[kind] for kind in kinds}}


async def test_all_of_one_organisation_is_applied_to_an_empty_one(
    application: Application,
    admin: httpx.AsyncClient,
    other: httpx.AsyncClient,
    connection: asyncpg.Connection,
) -> None:
    theirs = Things(admin, "a", application.both.a, connection)
    for parameter in MAKERS:
        await theirs.id_of(parameter)
    await apply(admin, RICH)
    document = await exported(admin)
    for kind, things in RICH.items():
        assert kind == "kwabo_settings" or document[kind].items(), kind
        for name in things if isinstance(things, dict) else ():
            assert name in document[kind], name
    assert not [id_ for id_ in theirs.ids if id_ in json.dumps(document)]
    assert "kwb_" not in json.dumps(document)
    assert await apply(admin, document) == []

    tried = await apply(other, document, dry_run=True)
    assert await apply(other, document) == tried
    assert {change["action"] for change in tried} == {"added", "changed"}
    assert list(differences(document, await exported(other))) == []
    assert await apply(other, document) == []
    assert await apply(other, document, remove=True) == []


def _drawn(draw: random.Random) -> dict[str, Any]:
    """Settings that refer to each other at random, some in circles."""
    names = [f"{letter}{draw.choice(['', '/', '~', '@', ' é'])}" for letter in "abcd"]
    queues = draw.sample(names, draw.randint(1, 4))
    lists = draw.sample(names, draw.randint(1, 3))
    filters = {
        f"{owner.replace('~', '~0').replace('/', '~1')}/f": {
            "document": {"all": [{"column": "nom", "predicate": "CONTAINS", "value": "x"}]}
        }
        for owner in draw.sample(lists, draw.randint(0, len(lists)))
    }
    flows = draw.sample(names, draw.randint(0, 4))
    campaigns = {}
    for name in draw.sample(names, draw.randint(0, 4)):
        owner = draw.choice(lists)
        mine = [one for one in filters if one.startswith(owner.replace("~", "~0")
                .replace("/", "~1") + "/")]  # fmt: skip
        campaigns[name] = {
            "contact_list_id": f"@contact_lists/{owner}",
            "mode": draw.choice(["preview", "progressive", "power"]),
            "queue_id": f"@queues/{draw.choice(queues)}",
            "trunk_id": "@trunks/Opérateur",
            "caller_id": "+2290121000000",
            "priority": draw.randint(1, 5),
            "contact_list_filter_ids": [f"@filters/{one}" for one in mine],
            "wrap_up_code_ids": draw.sample(
                ["@wrap_up_codes/Traité", "@wrap_up_codes/Suivi", "@wrap_up_codes/Rappel"],
                draw.randint(0, 3),
            ),
        }
    rules = {
        name: {
            "time_zone": "UTC",
            "conditions": [{"type": "campaign_progress", "operator": "GREATER_THAN", "value": 9,
                            "campaign_id": f"@campaigns/{name}"}],
            "actions": [{"type": "turn_off_campaign", "campaign_id": f"@campaigns/{name}"}],
        }
        for name in draw.sample(sorted(campaigns), draw.randint(0, len(campaigns)))
    }  # fmt: skip
    return {
        "kwabo_settings": 1,
        "queues": {
            "Appels sortants": {},
            **{
                name: {
                    "routing": {
                        "priority": draw.randint(0, 9),
                        "overflow": [
                            {"when": "no_agents", "seconds": 5, "to_queue_id": f"@queues/{to}"}
                            for to in draw.sample(queues, 1)
                            if to != name
                        ],
                    }
                }
                for name in queues
            },
        },
        "contact_lists": {
            name: {
                "columns": [
                    {"name": "nom", "kind": "text"},
                    {"name": "tel", "kind": "phone"},
                ],
                "key_columns": draw.choice([[], ["tel"]]),
            }
            for name in lists
        },
        "filters": filters,
        "flows": {
            name: {
                "versions": {
                    "published": None,
                    "draft": {
                        "document": {"start": "a", "other": f"@flows/{draw.choice(flows)}"},
                        "tests": [],
                    },
                }
            }
            for name in flows
        },
        "campaigns": campaigns,
        "campaign_rules": rules,
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_any_settings_become_what_the_document_says_and_are_told_so(
    admin: httpx.AsyncClient, other: httpx.AsyncClient, seed: int
) -> None:
    draw = random.Random(seed)
    for _ in range(3):
        document = _drawn(draw)
        lists = (await exported(admin))["contact_lists"]
        for name in lists:  # they are never removed
            document["contact_lists"].setdefault(name, {})
        await apply(admin, document, remove=True)
        kept = await exported(admin)
        assert await apply(admin, document, remove=True) == []
        for kind in ("queues", "campaigns", "flows", "filters", "campaign_rules"):
            assert kept[kind].keys() == document[kind].keys()
        await apply(other, kept, remove=True)
        found = await exported(other)
        assert list(differences(kept, found)) == []


async def test_every_wrong_place_is_named_with_what_mends_it(admin: httpx.AsyncClient) -> None:
    wrong = await refused(
        admin,
        {
            "queue": {},
            "skills": [],
            "pause_reasons": {"Pause": {"colour": "red", "position": "first"}},
            "queues": {"Ventes": {"routing": {"overflow": [{"to_queue_id": "@queues/x/y"}]}}},
            "filters": {"Nulle part/f": {}, "f": {}},
            "compliance": {"caps": [{"per": "week", "most": 1}]},
        },
    )
    assert wrong == {
        "/queue": "SETTINGS_KIND_UNKNOWN",
        "/skills": "SETTINGS_OBJECT",
        "/pause_reasons/Pause/colour": "SETTINGS_FIELD_UNKNOWN",
        "/pause_reasons/Pause/position": "INT_PARSING",
        "/queues/Ventes/routing/overflow/0/to_queue_id": "SETTINGS_REFERENCE_UNKNOWN",
        "/filters/Nulle part~1f": "SETTINGS_OWNER_UNKNOWN",
        "/filters/f": "SETTINGS_OWNER_UNKNOWN",
        "/compliance/caps/0/per": "LITERAL_ERROR",
    }
    body = {"document": only(RICH) | {"pause_reasons": {"Pause": {"position": "first"}}}}
    told = await admin.post(f"{PATH}/apply", json=body, headers={"Accept-Language": "fr"})
    assert "entier" in told.json()["error"]["details"]["fields"][0]["message"]
    assert await refused(admin, {"kwabo_settings": 2}) == {"/kwabo_settings": "SETTINGS_FORMAT"}


async def test_what_routes_refuse_is_told_by_its_place_and_nothing_is_applied(
    admin: httpx.AsyncClient,
) -> None:
    wrong = await refused(
        admin,
        {
            "skills": {"Fibre": {}, " ": {}},
            "campaigns": {"Relance": {"mode": "progressive"}},
            "contact_lists": {"L": {"columns": [{"name": "tel", "kind": "phone"}]}},
            "attempt_limits": {"Trop": {"per": "person", "scope": "campaign", "most": 0,
                                        "reset": "never"}},
            "callable_time_sets": {"H": {"windows": []}},
            "schedule_groups": {"G": {"callable_time_set_id": "@callable_time_sets/H",
                                      "time_zone": "Mars"}},
        },
    )  # fmt: skip
    assert wrong["/campaigns/Relance/queue_id"] == "MISSING"
    assert any(place.startswith("/attempt_limits/Trop") for place in wrong)
    assert any(place.startswith("/skills/ ") for place in wrong)
    assert not any(place.startswith("/skills/Fibre") for place in wrong)


async def test_what_is_fixed_and_what_is_written_otherwise_is_told(
    admin: httpx.AsyncClient,
) -> None:
    await apply(admin, {"kwabo_settings": 1, "dnc_lists": {"Rouge": {}}})
    assert await refused(admin, {"dnc_lists": {"Rouge": {"key_column": "contrat"}}}) == {
        "/dnc_lists/Rouge/key_column": "SETTINGS_FIXED"
    }
    number = {"Opérateur": {"caller_ids": ["01 21 00 00 00"]}}
    assert await refused(admin, {"trunks": number}) == {
        "/trunks/Opérateur/caller_ids/0": "SETTINGS_NOT_TAKEN"
    }


async def test_secrets_go_in_and_never_come_out(
    admin: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    source = {"kind": "https", "url": "https://files.example/x.csv", "sign_in": "token"}
    document = {
        "kwabo_settings": 1,
        "contact_lists": {"L": {"columns": [{"name": "tel", "kind": "phone"}]}},
        "import_schedules": {
            "Nuit": {"contact_list_id": "@contact_lists/L", "source": source, "active": False}
        },
    }
    wrong = await refused(admin, document)
    assert [place.rsplit("/", 1)[0] for place in wrong] == ["/import_schedules/Nuit"]
    secret = {"import_schedules": {"Nuit": {"secret": "t0p s3cret"}}}
    answer = await admin.post(f"{PATH}/apply", json={"document": laid_over(document, secret)})
    assert answer.status_code == 200, answer.text
    assert "t0p" not in answer.text
    answer = await admin.get(PATH)
    assert "t0p" not in answer.text
    assert [one["path"] for one in answer.json()["missing"] if one["code"] == "MISSING_SECRET"] == [
        "/import_schedules/Nuit/secret"
    ]
    assert await apply(admin, document) == []
    again = await apply(admin, {"kwabo_settings": 1, **secret})
    assert [(one["path"], one["old"], one["new"]) for one in again] == [
        ("/import_schedules/Nuit/secret", "…", "…")
    ]
    # What came without its secret needs one elsewhere.
    assert await refused(
        other, only(answer.json()["document"], "contact_lists", "import_schedules")
    )


async def test_without_publishing_there_are_drafts(admin: httpx.AsyncClient) -> None:
    flows = only(RICH, "flows")
    changes = await apply(admin, flows, publish=False)
    assert {one["path"] for one in changes} == {"/flows/Accueil", "/flows/Suite"}
    kept = (await exported(admin))["flows"]["Suite"]["versions"]
    assert kept == {
        "published": None,
        "draft": RICH["flows"]["Suite"]["versions"]["published"],
    }
    assert await apply(admin, flows, publish=False) == []
    assert await apply(admin, flows) != []
    assert (await exported(admin))["flows"] == RICH["flows"]


async def test_who_may_not_change_a_thing_may_not_by_a_document(
    application: Application, admin: httpx.AsyncClient
) -> None:
    supervisor = await application.signed_in("a.supervisor")
    assert (await supervisor.get(PATH)).status_code == 403
    made = await admin.post(
        f"{V1}/api-tokens",
        json={"name": "few", "expires_in_days": 1, "scopes": [
            "settings.read", "settings.write", "campaigns.read", "flows.read", "contacts.read",
            "prompts.read", "incidents.read"]},
    )  # fmt: skip
    few = await application.anonymous()
    few.headers["Authorization"] = f"Bearer {made.json()['token']}"
    wrong = await refused(few, {"queues": {"Ventes": {}}, "pause_reasons": {"Prière": {}}})
    assert wrong == {"/queues/Ventes": "PERMISSION_NEEDED"}


async def test_each_application_is_audited_with_what_it_changed(admin: httpx.AsyncClient) -> None:
    await apply(admin, {"kwabo_settings": 1, "skills": {"Fibre": {}}}, dry_run=True)
    await apply(admin, {"kwabo_settings": 1, "skills": {"Fibre": {}}})
    await apply(admin, {"kwabo_settings": 1, "skills": {"Fibre": {}}})
    await exported(admin)
    log = (await admin.get(f"{V1}/audit")).json()["items"]
    acts = [
        one["action"] for one in log if one["action"].startswith(("settings_document.", "skill."))
    ]
    assert acts == ["settings_document.exported", "settings_document.applied", "skill.created"]
    details = next(one for one in log if one["action"] == "settings_document.applied")["details"]
    assert details == {"changes": 1, "kinds": ["skills"]}


async def test_the_commands_write_and_read_files(
    application: Application, server: str, tmp_path: Path
) -> None:
    token = (await application.with_token("a.admin")).headers["Authorization"].split()[1]
    runner = CliRunner(env={"KWABO_URL": server, "KWABO_TOKEN": token, "LC_ALL": "C", "LANG": "C"})

    async def run(*words: str) -> Any:
        return await asyncio.to_thread(runner.invoke, main, ["settings", *words])

    file, over = tmp_path / "kwabo.yaml", tmp_path / "production.json"
    done = await run("export", str(file))
    assert done.exit_code == 0, done.output
    assert yaml.safe_load(file.read_text())["wrap_up_codes"]["Rappel"]["name_en"] == "Call back"
    assert json.loads((await run("export")).stdout) == yaml.safe_load(file.read_text())
    over.write_text(json.dumps({"trunks": {"Opérateur": {"lines": 12}}, "skills": {"Fibre": {}}}))
    done = await run("apply", str(file), str(over), "--dry-run")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == ["+ /skills/Fibre", "~ /trunks/Opérateur/lines: 30 → 12"]
    assert (await run("apply", str(file), str(over))).exit_code == 0
    assert (await run("apply", str(file), str(over))).stdout == "Nothing changes.\n"
    done = await run("apply", str(file), "--remove")
    assert "- /skills/Fibre" in done.stdout
    over.write_text(json.dumps({"trunks": {"Opérateur": {"lines": -1}}}))
    done = await run("apply", str(file), str(over))
    assert done.exit_code == 1
    assert "/trunks/Opérateur" in done.output
