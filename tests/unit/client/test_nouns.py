"""Commands come from operations."""

from __future__ import annotations

import stat
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kwabo_client.console import nouns, profiles
from kwabo_client.console.inputs import fields_of, required_of
from kwabo_client.console.program import program
from kwabo_client.console.words import _FRENCH, language, say
from kwabo_client.generated.table import OPERATIONS
from kwabo_client.operations import Operation

PLAIN = {"group": "x", "summary": "x", "permissions": (), "query": (), "body": None, "keyed": False}


def operation(name: str, method: str, path: str, kind: str = "object") -> Operation:
    return Operation(name=name, method=method, path=path, kind=kind, **PLAIN)  # type: ignore[arg-type]


def test_a_new_noun_has_its_commands_without_a_line() -> None:
    new = [
        operation("list_boats", "GET", "/boats", "pages"),
        operation("add_boat", "POST", "/boats"),
        operation("get_boat", "GET", "/boats/{boat_id}"),
        operation("change_boat", "PATCH", "/boats/{boat_id}"),
        operation("delete_boat", "DELETE", "/boats/{boat_id}", "nothing"),
        operation("launch_boat", "POST", "/boats/{boat_id}/launch"),
        operation("list_sails", "GET", "/boats/{boat_id}/sails", "pages"),
        operation("add_sail", "POST", "/boats/{boat_id}/sails"),
        operation("export_log", "GET", "/boats/{boat_id}/log.csv", "download"),
    ]
    found = nouns.verbs({one.name: one for one in new})
    assert {one.noun for one in found} == {"boats"}
    assert [one.name for one in found] == [
        "list", "create", "show", "update", "delete", "launch", "sails", "add-sail", "log",
    ]  # fmt: skip
    assert found[5].arguments == ("boat_id",)


def test_every_operation_but_a_few_has_one_command() -> None:
    found = [one.operation.name for one in nouns.verbs()]
    assert len(found) == len(set(found))
    desktop = {one.name for one in OPERATIONS.values() if one.path.split("/")[1] == "agent"}
    assert set(OPERATIONS) - set(found) == desktop | nouns.LEFT_OUT
    named = [(one.noun, one.name) for one in nouns.verbs()]
    assert len(named) == len(set(named))


def test_places_and_nouns_name_what_there_is() -> None:
    assert set(nouns.PLACES) <= set(OPERATIONS)
    segments = {one.path.split("/")[1] for one in OPERATIONS.values()}
    placed = {noun for noun, _ in nouns.PLACES.values()}
    assert {one.segment for one in nouns.NOUNS} <= segments | placed


PROGRAM = program()  # making it takes most of what asking it for help does


@pytest.mark.parametrize("command", list(PROGRAM.commands))
def test_every_command_tells_of_itself(command: str) -> None:
    main = PROGRAM.commands[command]
    inner = main.commands.values() if isinstance(main, click.Group) else [main]
    for one in inner:
        words = [command] if one is main else [command, str(one.name)]
        result = CliRunner().invoke(PROGRAM, [*words, "--help"])
        assert result.exit_code == 0, result.output
        assert one.help


def test_every_french_text_has_the_english_ones_values() -> None:
    for english, french in _FRENCH.items():
        assert sorted(_places(english)) == sorted(_places(french)), english


def _places(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]


def test_the_language_is_asked_for_or_the_systems() -> None:
    assert language(["campaigns", "--lang", "fr"], {}) == "fr"
    assert language(["--lang=en"], {"LANG": "fr_BJ.UTF-8"}) == "en"
    assert language([], {"LANG": "fr_BJ.UTF-8"}) == "fr"
    assert language([], {"LC_ALL": "C", "LANG": "fr_BJ.UTF-8"}) == "en"
    assert say("Done.", "fr") == "Fait."


def test_fields_of_bodies_are_known() -> None:
    assert "name" in required_of("QueueBody")
    assert "member_user_ids" in fields_of("QueueBody")
    assert nouns.listing("queue_id") is not None
    assert nouns.listing("user_id") is not None
    assert nouns.listing("nothing_id") is None


def test_profiles_are_their_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "path", lambda: tmp_path / "kwabo" / "profiles.toml")
    assert profiles.read() == {}
    one = profiles.Profile(server="http://a", token='kwb_"\\')
    profiles.write({"default": one, "other place": one})
    assert profiles.read() == {"default": one, "other place": one}
    assert stat.S_IMODE(profiles.path().stat().st_mode) == 0o600
    profiles.path().chmod(0o640)
    with pytest.raises(profiles.ProfilesOpen):
        profiles.read()
