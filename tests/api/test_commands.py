"""The commands and the examples of the client, against a server that really listens."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.cli import main
from kwabo_client import AsyncKwaboClient, KwaboClient, Retries, following
from kwabo_client.console import profiles
from kwabo_client.errors import ConnectionFailed
from world import Application, Both, password_of

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Terminal:
    """A person's terminal, with a token of organisation A's administrator."""

    server: str
    token: str

    async def run(self, *words: str, stdin: str | None = None, **changed: str | None) -> Result:
        """A command; `changed`: variables of its environment."""
        environment = {"KWABO_URL": self.server, "KWABO_TOKEN": self.token, "LANG": "C"}
        environment |= {"LC_ALL": "C", **changed}  # type: ignore[dict-item]
        runner = CliRunner(env=environment)
        return await asyncio.to_thread(runner.invoke, main, list(words), input=stdin)

    async def json(self, *words: str) -> Any:
        """What a command that must go well prints as JSON."""
        result = await self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture
async def terminal(application: Application, server: str) -> Terminal:
    """Signed in."""
    token = (await application.with_token("a.admin")).headers["Authorization"].split()[1]
    return Terminal(server, token)


@pytest.fixture
async def campaign(admin: httpx.AsyncClient, both: Both) -> Any:
    """A campaign named Relance, of a list with one contact."""
    contact_list = await make_list(admin, ["0161000001"])
    return await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))


async def test_a_thing_is_made_changed_and_deleted_by_its_name(
    terminal: Terminal, both: Both, tmp_path: Path
) -> None:
    file = tmp_path / "sales.yaml"
    file.write_text("name: Sales\nmember_user_ids: [a.agent]\n")
    queue = await terminal.json("queues", "create", "--file", str(file))
    assert queue["member_user_ids"] == [str(both.a.user_ids["a.agent"])]
    changed = await terminal.json("queues", "update", "Sales", "--set", "name=7")
    assert changed["name"] == "7"
    assert [one["name"] for one in await terminal.json("queues", "list")].count("7") == 1
    gone = await terminal.run("queues", "delete", queue["queue_id"], "--yes")
    assert (gone.exit_code, gone.stderr) == (0, "Done.\n")
    missing = await terminal.run("queues", "show", "7")
    assert missing.exit_code == 1
    assert "kwabo queues list" in missing.stderr


async def test_a_file_that_was_shown_can_be_sent_back(
    terminal: Terminal, campaign: Any, tmp_path: Path
) -> None:
    shown = await terminal.json("campaigns", "show", "Relance")
    file = tmp_path / "campaign.json"
    file.write_text(json.dumps(shown | {"priority": 1}))
    changed = await terminal.json("campaigns", "update", "Relance", "--file", str(file))
    assert changed["priority"] == 1
    stale = await terminal.run("campaigns", "update", "Relance", "--file", str(file))
    assert stale.exit_code == 1
    assert "STALE_VERSION" in stale.stderr
    nested = await terminal.json("campaigns", "update", "Relance", "-s", "recall_seconds.busy=777")
    assert nested["recall_seconds"]["busy"] == 777
    assert nested["priority"] == 1


async def test_why_a_contact_is_not_called_by_its_number(terminal: Terminal, campaign: Any) -> None:
    explained = await terminal.json("campaigns", "explain", "Relance", "0161000001")
    assert explained["code"] == "CAMPAIGN_NOT_RUNNING"
    nobody = await terminal.run("campaigns", "explain", "Relance", "0199999999")
    assert nobody.exit_code == 1
    for words in (["diagnose"], ["progress"], ["contacts"], ["schedule"], ["recycle-plans"]):
        result = await terminal.run("campaigns", *words, "Relance")
        assert result.exit_code == 0, result.output


async def test_wrong_input_is_refused_with_its_code_and_field(
    terminal: Terminal, tmp_path: Path
) -> None:
    wrong = await terminal.run("queues", "create", "--set", "name=x", "--set", "colour=red")
    assert wrong.exit_code == 1
    assert "INVALID" in wrong.stderr
    assert "colour" in wrong.stderr
    assert wrong.stdout == ""
    french = await terminal.run("queues", "show", "Rien", "--lang", "fr")
    assert "Il n’y a pas de" in french.stderr
    file = tmp_path / "x.json"
    file.write_text("{broken")
    for words in (
        ["queues", "create"],
        ["queues", "create", "--set", "name"],
        ["queues", "nothing"],
        ["queues", "create", "--file", str(tmp_path / "x.txt")],
        ["campaigns", "attempts"],
        ["api", "POST", "/queues", "--data", "{"],
    ):
        (tmp_path / "x.txt").write_text("name: x")
        result = await terminal.run(*words)
        assert result.exit_code == 2, (words, result.output)
    broken = await terminal.run("queues", "create", "--file", str(file))
    assert broken.exit_code == 1
    assert "JSON" in broken.stderr
    nowhere = await terminal.run("queues", "create", "--file", str(tmp_path / "none.json"))
    assert nowhere.exit_code == 1


async def test_without_a_valid_token_or_a_server(terminal: Terminal, tmp_path: Path) -> None:
    wrong = await terminal.run("queues", "list", KWABO_TOKEN="kwb_wrong")
    assert wrong.exit_code == 1
    assert "TOKEN_INVALID" in wrong.stderr
    assert "kwb_wrong" not in wrong.output
    none = await terminal.run(
        "queues", "list", KWABO_TOKEN=None, HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path)
    )
    assert none.exit_code == 1
    assert "kwabo login" in none.stderr
    assert (await terminal.run("queues", "list", KWABO_URL=terminal.server + "/x")).exit_code == 1


async def test_anything_else_by_its_path(terminal: Terminal) -> None:
    made_ = await terminal.run("api", "POST", "/queues", "--data", '{"name": "Raw"}')
    queue = json.loads(made_.stdout)
    assert queue["name"] == "Raw"
    again = await terminal.run("api", "GET", f"/api/v1/queues/{queue['queue_id']}")
    assert json.loads(again.stdout) == queue
    gone = await terminal.run("api", "DELETE", f"/queues/{queue['queue_id']}")
    assert (gone.exit_code, gone.stdout) == (0, "")


async def test_numbers_are_listed_looked_up_and_taken_off(terminal: Terminal) -> None:
    await terminal.json("dnc", "create", "--set", "name=Oppositions")
    added = await terminal.json("dnc", "add", "Oppositions", "0161000000", "--reason", "letter")
    assert added["added"] == 1
    why = await terminal.json("dnc", "why", "+2290161000000")
    assert [one["name"] for one in why["items"]] == ["Oppositions"]
    part = await terminal.run("dnc", "add", "Oppositions", "12", "0161000002")
    assert part.exit_code == 1
    assert "12:" in part.stderr
    off = ["dnc", "remove", "Oppositions", "0161000000", "--reason", "was a mistake"]
    assert (await terminal.json(*off))["removed"] == 1
    exported = await terminal.run("dnc", "export", "Oppositions")
    assert "+2290161000002" in exported.stdout


async def test_a_person_signs_in_and_out(
    terminal: Terminal, application: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "path", lambda: tmp_path / "profiles.toml")
    words = ["login", "--server", terminal.server, "--login", "a.admin"]
    wrong = await terminal.run(*words, stdin="not the password\n")
    assert wrong.exit_code == 1
    assert "WRONG_LOGIN" in wrong.stderr
    assert profiles.read() == {}
    done = await terminal.run(*words, stdin=password_of("a.admin") + "\n")
    assert done.exit_code == 0, done.output
    kept = profiles.read()["default"]
    assert kept.token not in done.output
    assert password_of("a.admin") not in done.output + profiles.path().read_text()
    me = await terminal.run("users", "me", "--json", KWABO_TOKEN=None, KWABO_URL=None)
    assert json.loads(me.stdout)["user"]["login"] == "a.admin"
    supervisor = await terminal.run(
        "login", "--server", terminal.server, "--login", "a.supervisor", "--profile", "s",
        stdin=password_of("a.supervisor") + "\n",
    )  # fmt: skip
    assert supervisor.exit_code == 1
    assert "--token-stdin" in supervisor.stderr
    out = await terminal.run("logout")
    assert out.exit_code == 0, out.output
    assert profiles.read() == {}
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {kept.token}"}) as http:
        answer = await http.get(f"{terminal.server}/api/v1/session")
    assert answer.status_code == 401, "the token ends with the profile"


@pytest.mark.parametrize(
    ("failure", "code"),
    [(ConnectionFailed("The connection broke."), 1), (KeyboardInterrupt(), 130)],
)
async def test_an_import_that_was_left_goes_on_at_the_server(
    terminal: Terminal,
    worker: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    code: int,
) -> None:
    """Cut off, or Ctrl-C, between two looks at it."""

    def leave(seconds: float) -> None:
        raise failure

    monkeypatch.setattr(following.time, "sleep", leave)
    file = str(ROOT / "examples" / "contacts-clean.csv")
    left = await terminal.run("contacts", "import", file, "--list", "Left")
    monkeypatch.undo()
    assert left.exit_code == code, left.output
    assert "kwabo imports show" in left.stderr
    import_id = " ".join(left.stderr.split()).split("imports show ")[1].split()[0]
    done = await terminal.json("imports", "follow", import_id)
    assert done["state"] == "complete"
    target = tmp_path / "x.csv"
    saved = await terminal.run("contacts", "export", "Left", "--output", str(target))
    assert saved.exit_code == 0, saved.output
    assert len(target.read_text().splitlines()) == done["rows_added"] + 1


# ── examples of the client ──────────────────────────────────────────────────────────────────────


def example(name: str) -> ModuleType:
    """A program in examples/client."""
    path = ROOT / "examples" / "client" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_the_examples_do_what_they_say(
    terminal: Terminal,
    campaign: Any,
    worker: None,
    tmp_path: Path,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
) -> None:
    ScriptedFloor.on(floor, engine, both)

    def in_turn() -> None:
        with KwaboClient(terminal.server, token=terminal.token) as kwabo:
            file = ROOT / "examples" / "contacts-benin.csv"
            record = example("import_contacts").import_file(kwabo, file, "From the client")
            assert (record["state"], record["rows_rejected"]) == ("complete", 5)
            put = example("do_not_call").put_on_list
            assert put(kwabo, "Opt-outs", ["0161000000"], "by letter") == []
            wrong = put(kwabo, "Opt-outs", ["0161000000", "no number"], "by letter")
            assert [one.split(":")[0] for one in wrong] == ["no number"]
            now = datetime.now(UTC)
            target = tmp_path / "attempts.csv"
            count = example("export_attempts").export(
                kwabo, target, begin=now - timedelta(days=1), end=now
            )
            assert count == len(target.read_text().splitlines()) - 1 == 0
            example("load_prompts").load(kwabo, ROOT / "examples" / "prompts")
            assert len(list(kwabo.prompts.list_prompt_reviews())) == 10

    await asyncio.to_thread(in_turn)
    async with AsyncKwaboClient(
        terminal.server, token=terminal.token, retries=Retries(most=0)
    ) as kwabo:
        state = await example("run_campaign").run(kwabo, "Relance", seconds=0, looks=1)
    assert state == "running"


async def test_a_flow_comes_from_a_file_and_its_tests_run(terminal: Terminal) -> None:
    folder = ROOT / "examples" / "flows"
    taken = await terminal.json("flows", "import", "--file", str(folder / "satisfaction.json"))
    codes = {one["code"] for one in taken["findings"]}
    assert codes == {"FLOW_LANGUAGE_NOT_USED", "FLOW_PROMPT_MISSING"}, "languages and words"
    run = await terminal.json("flows", "tests-run", "Satisfaction")
    assert [one["passed"] for one in run] == [True, True]
    refused = await terminal.run("flows", "publish", "Satisfaction", "--set", "version=1")
    assert refused.exit_code != 0
    assert "satisfaction-question" in refused.output
    file = await terminal.json("flows", "file", "Satisfaction")
    assert file == json.loads((folder / "satisfaction.json").read_text())
