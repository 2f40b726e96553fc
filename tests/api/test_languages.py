"""Languages that are used, prompts with variants and their review, and what is missing."""

from __future__ import annotations

from typing import Any

import httpx
import numpy as np
import pytest

from audio_files import as_wav, tone_wav, tones
from world import Application

API = "/api/v1"
LANGUAGES = f"{API}/languages"


@pytest.fixture
async def admin(application: Application) -> httpx.AsyncClient:
    return await application.signed_in("a.admin")


@pytest.fixture
async def supervisor(application: Application) -> httpx.AsyncClient:
    return await application.signed_in("a.supervisor")


async def used(client: httpx.AsyncClient, *chosen: str, second_person: bool = False) -> None:
    body = {"languages": [{"language": one} for one in chosen], "second_person": second_person}
    answer = await client.put(LANGUAGES, json=body)
    assert answer.status_code == 200, answer.text


async def new_prompt(client: httpx.AsyncClient, key: str = "welcome") -> str:
    body = {"key": key, "name": f"Prompt {key}", "description": "Bienvenue"}
    answer = await client.post(f"{API}/prompts/new", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["prompt_id"])


async def recorded(
    client: httpx.AsyncClient, prompt_id: str, language: str, **fields: str
) -> dict[str, Any]:
    answer = await client.post(
        f"{API}/prompts/{prompt_id}/recordings",
        data={"language": language, **fields},
        files={"file": ("take.wav", tone_wav(seconds=1.0), "audio/wav")},
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def asked(client: httpx.AsyncClient, variant_id: str, what: str, **body: str) -> Any:
    path = f"{API}/prompt-variants/{variant_id}/{what}"
    return await client.post(path, json=body) if body else await client.post(path)


async def test_six_languages_are_known_and_two_are_used_at_first(admin: httpx.AsyncClient) -> None:
    found = (await admin.get(LANGUAGES)).json()
    assert [one["language"] for one in found["items"]] == ["fr", "en", "fon", "bba", "yo", "ddn"]
    assert [one["language"] for one in found["items"] if one["used"]] == ["fr", "en"]
    assert [one["language"] for one in found["items"] if one["validated"]] == ["fr", "en"]
    assert all(one["sources"] and one["fragments"] for one in found["items"])


async def test_the_choice_keeps_its_order_and_is_checked(admin: httpx.AsyncClient) -> None:
    await used(admin, "fon", "fr")
    found = (await admin.get(LANGUAGES)).json()["items"]
    assert [one["language"] for one in found if one["used"]] == ["fon", "fr"]
    for wrong in ([], ["fr", "fr"], ["xx"]):
        body = {"languages": [{"language": one} for one in wrong]}
        answer = await admin.put(LANGUAGES, json=body)
        assert answer.json()["error"]["code"] == "LANGUAGES_CHOICE"


async def test_numbers_are_ones_own_only_after_a_speakers_approval(
    admin: httpx.AsyncClient,
) -> None:
    await used(admin, "fr", "fon")
    own = {"languages": [{"language": "fr"}, {"language": "fon", "numbers": "own"}]}
    refused = await admin.put(LANGUAGES, json=own)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "NUMBERS_NOT_APPROVED")
    approval = {"language": "fon", "approved": True}
    approved = await admin.post(f"{API}/language-approvals", json=approval)
    fon = next(one for one in approved.json()["items"] if one["language"] == "fon")
    assert fon["approved_by"]
    assert fon["approved_at"]
    assert (await admin.put(LANGUAGES, json=own)).status_code == 200
    doubted = await admin.post(
        f"{API}/language-approvals", json={"language": "fon", "approved": False}
    )
    fon = next(one for one in doubted.json()["items"] if one["language"] == "fon")
    assert (fon["numbers"], fon["approved_by"]) == ("fallback", None)
    unused = await admin.post(
        f"{API}/language-approvals", json={"language": "ddn", "approved": True}
    )
    assert unused.json()["error"]["code"] == "LANGUAGE_NOT_USED"


async def test_a_recording_goes_from_draft_to_approved_and_the_next_takes_its_place(
    admin: httpx.AsyncClient,
) -> None:
    prompt_id = await new_prompt(admin)
    first = await recorded(admin, prompt_id, "fon", words="Kú dó")
    assert (first["state"], first["version"], first["words"]) == ("draft", 1, "Kú dó")
    assert (await asked(admin, first["variant_id"], "submit")).json()["state"] == "in_review"
    waiting = (await admin.get(f"{API}/prompt-reviews")).json()["items"]
    assert [one["variant"]["variant_id"] for one in waiting] == [first["variant_id"]]
    assert (await asked(admin, first["variant_id"], "approve")).json()["state"] == "approved"
    second = await recorded(admin, prompt_id, "fon")
    shown = (await admin.get(f"{API}/prompts/{prompt_id}")).json()["variants"]
    assert {one["version"]: one["state"] for one in shown} == {1: "approved", 2: "draft"}
    assert (await asked(admin, second["variant_id"], "approve")).json()["version"] == 2
    versions = (await admin.get(f"{API}/prompts/{prompt_id}/variants")).json()["items"]
    assert [(one["version"], one["state"]) for one in versions] == [
        (2, "approved"),
        (1, "retired"),
    ]
    heard = await admin.get(f"{API}/prompt-variants/{second['variant_id']}/audio")
    assert heard.content[:4] == b"RIFF"
    again = await asked(admin, second["variant_id"], "submit")
    assert again.json()["error"]["code"] == "VARIANT_STATE"
    gone = await admin.delete(f"{API}/prompt-variants/{second['variant_id']}")
    assert gone.status_code == 409


async def test_what_is_sent_back_is_a_draft_with_the_reason_and_may_be_thrown_away(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    prompt_id = await new_prompt(supervisor)
    take = await recorded(supervisor, prompt_id, "fr")
    await asked(supervisor, take["variant_id"], "submit")
    assert (await asked(supervisor, take["variant_id"], "approve")).status_code == 403
    empty = await admin.post(
        f"{API}/prompt-variants/{take['variant_id']}/send-back", json={"note": " "}
    )
    assert empty.json()["error"]["code"] == "NOTE_NEEDED"
    back = await asked(admin, take["variant_id"], "send-back", note="Parlez plus lentement.")
    assert (back.json()["state"], back.json()["note"]) == ("draft", "Parlez plus lentement.")
    path = f"{API}/prompt-variants/{take['variant_id']}"
    assert (await supervisor.delete(path)).status_code == 204
    assert (await supervisor.get(f"{path}/audio")).status_code == 404


async def test_with_the_rule_of_two_persons_nobody_approves_what_is_their_own(
    admin: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    await used(admin, "fr", "en", second_person=True)
    prompt_id = await new_prompt(admin)
    own = await recorded(admin, prompt_id, "fr")
    refused = await asked(admin, own["variant_id"], "approve")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "SECOND_PERSON")
    theirs = await recorded(supervisor, prompt_id, "en")
    assert (await asked(admin, theirs["variant_id"], "approve")).status_code == 200


async def test_a_recording_is_trimmed_levelled_and_its_faults_are_told(
    admin: httpx.AsyncClient,
) -> None:
    prompt_id = await new_prompt(admin)
    tone = tones((600.0, 1.0), rate=8000)
    quiet = tone / np.abs(tone).max() * np.float32(0.012)
    silence = np.zeros(8000, dtype=np.float32)
    audio = as_wav(np.concatenate([silence, quiet, silence]), 8000)

    async def take(**fields: str) -> dict[str, Any]:
        answer = await admin.post(
            f"{API}/prompts/{prompt_id}/recordings",
            data={"language": "fr", **fields},
            files={"file": ("take.wav", audio, "audio/wav")},
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    as_it_is = await take()
    assert set(as_it_is["warnings"]) == {"TOO_QUIET", "SILENT_START", "SILENT_END"}
    better = await take(trim="true", level="true")
    assert better["warnings"] == []
    assert better["seconds"] == pytest.approx(1.16, abs=0.06)
    assert better["loudness"] == pytest.approx(-20, abs=1)


async def test_words_are_written_for_engines_and_messages(admin: httpx.AsyncClient) -> None:
    prompt_id = await new_prompt(admin)
    path = f"{API}/prompts/{prompt_id}/words"
    body = {"language": "fr", "medium": "speech", "words": "Bonjour {name}."}
    made = await admin.post(path, json=body)
    assert (made.status_code, made.json()["medium"]) == (201, "speech")
    for wrong, code in (({"words": " "}, "PROMPT_WORDS"), ({"language": "xx"}, "LANGUAGE_UNKNOWN")):
        answer = await admin.post(path, json=body | wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


async def test_keys_are_checked_and_unique(admin: httpx.AsyncClient) -> None:
    await new_prompt(admin, "balance")
    for key, code in (
        ("balance", "KEY_TAKEN"),
        ("Solde", "PROMPT_KEY"),
        ("number.1", "PROMPT_KEY"),
    ):
        body = {"key": key, "name": f"Other {key}"}
        answer = await admin.post(f"{API}/prompts/new", json=body)
        assert answer.json()["error"]["code"] == code
    prompt_id = await new_prompt(admin, "menu")
    changed = await admin.patch(f"{API}/prompts/{prompt_id}", json={"key": "main-menu"})
    assert changed.json()["key"] == "main-menu"


async def test_what_is_missing_is_told_by_language_until_it_is_approved(
    admin: httpx.AsyncClient,
) -> None:
    await used(admin, "fr", "fon")
    prompt_id = await new_prompt(admin)

    async def missing(language: str) -> set[str]:
        found = await admin.get(f"{API}/missing-prompts", params={"language": language})
        return {one["prompt"] or one["kind"] for one in found.json()["items"]}

    assert await missing("fon") == {"welcome"}  # numbers are French there, by text-to-speech
    assert await missing("fr") == {"welcome"}
    body = {"language": "fr", "medium": "speech", "words": "Bienvenue."}
    words = (await admin.post(f"{API}/prompts/{prompt_id}/words", json=body)).json()
    assert await missing("fr") == {"welcome"}
    await asked(admin, words["variant_id"], "approve")
    assert await missing("fr") == set()
    assert await missing("fon") == {"welcome"}
    take = await recorded(admin, prompt_id, "fon")
    await asked(admin, take["variant_id"], "approve")
    assert await missing("fon") == set()


async def test_fragments_are_listed_recorded_and_named_while_they_are_missing(
    admin: httpx.AsyncClient,
) -> None:
    await used(admin, "fr", "fon")
    await admin.post(f"{API}/language-approvals", json={"language": "fon", "approved": True})
    own = {"languages": [{"language": "fr"}, {"language": "fon", "numbers": "own"}]}
    assert (await admin.put(LANGUAGES, json=own)).status_code == 200
    listed = (await admin.get(f"{API}/prompt-fragments", params={"language": "fon"})).json()
    texts = {one["key"]: one["text"] for one in listed["items"]}
    assert texts["number.20"] == "ko"
    before = (await admin.get(f"{API}/missing-prompts", params={"language": "fon"})).json()
    amount = next(one for one in before["items"] if one["kind"] == "amount")
    assert amount["count"] == len([one for one in listed["items"] if "amount" in one["kinds"]])
    made = await admin.post(
        f"{API}/prompt-fragments",
        data={"language": "fon", "key": "number.20", "trim": "true"},
        files={"file": ("take.wav", tone_wav(seconds=0.6), "audio/wav")},
    )
    assert (made.status_code, made.json()["words"]) == (201, "ko")
    await asked(admin, made.json()["variant_id"], "approve")
    after = (await admin.get(f"{API}/missing-prompts", params={"language": "fon"})).json()
    counts = {one["kind"]: one["count"] for one in after["items"]}
    assert counts["amount"] == amount["count"] - 1
    listed = (await admin.get(f"{API}/prompt-fragments", params={"language": "fon"})).json()
    twenty = next(one for one in listed["items"] if one["key"] == "number.20")
    assert twenty["variants"][0]["state"] == "approved"
    prompts = (await admin.get(f"{API}/prompts")).json()["items"]
    assert prompts == []
    unknown = await admin.post(
        f"{API}/prompt-fragments",
        data={"language": "fon", "key": "number.31"},
        files={"file": ("take.wav", tone_wav(seconds=0.6), "audio/wav")},
    )
    assert unknown.json()["error"]["code"] == "FRAGMENT_UNKNOWN"


async def test_values_are_said_and_the_language_of_saying_is_told(
    admin: httpx.AsyncClient,
) -> None:
    async def said(value: str, kind: str = "amount", language: str = "fon") -> Any:
        asked = {"language": language, "kind": kind, "value": value}
        return await admin.get(f"{API}/spoken-values", params=asked)

    assert (await said("42")).json()["words"] == "kanɖe nukun we francs CFA"
    large = (await said("12000")).json()
    assert (large["language"], large["words"]) == ("fr", "douze mille francs CFA")
    wrong = await said("douze")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "VALUE_UNREADABLE")


async def test_what_may_be_heard_by_text_to_speech_is_heard(admin: httpx.AsyncClient) -> None:
    engines = (await admin.get(f"{API}/speech-engines")).json()["items"]
    assert [one["name"] for one in engines] == ["nanotts"]
    body = {"text": "Bonjour", "language": "fon"}
    refused = await admin.get(f"{API}/speech-sample", params=body)
    assert refused.json()["error"]["code"] == "SPEECH_LANGUAGE"
    if engines[0]["status"] == "ok":
        heard = await admin.get(f"{API}/speech-sample", params=body | {"language": "fr"})
        assert heard.content[:4] == b"RIFF"


async def test_an_agent_sees_the_languages_and_nothing_else(application: Application) -> None:
    agent = await application.signed_in("a.agent")
    assert (await agent.get(LANGUAGES)).status_code == 200
    for path in ("prompts", "missing-prompts", "prompt-reviews", "speech-engines"):
        assert (await agent.get(f"{API}/{path}")).status_code == 403


async def test_acts_are_audited(admin: httpx.AsyncClient) -> None:
    await used(admin, "fr", "fon")
    await admin.post(f"{API}/language-approvals", json={"language": "fon", "approved": True})
    prompt_id = await new_prompt(admin)
    take = await recorded(admin, prompt_id, "fr")
    await asked(admin, take["variant_id"], "approve")
    found = (await admin.get(f"{API}/audit")).json()["items"]
    assert {one["action"] for one in found} >= {
        "languages.chosen",
        "languages.numbers_approved",
        "prompt.created",
        "prompt_variant.made",
        "prompt_variant.approved",
    }
