"""What has a name for operators has a row in the guides: settings, commands, permissions, codes.

Each test compares both ways: nothing is missing, and nothing is told of what no longer exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest

from kwabo.cli import main
from kwabo.domain.agents.status import MACHINE as AGENT
from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.callbacks.lifecycle import MACHINE as CALLBACK
from kwabo.domain.callbacks.lifecycle import CallbackState
from kwabo.domain.callbacks.ownership import CALLBACK_OWNED
from kwabo.domain.campaigns.explanation import CALLABLE, NOT_RUNNING, SENTENCES
from kwabo.domain.campaigns.lifecycle import MACHINE as CAMPAIGN
from kwabo.domain.campaigns.lifecycle import CampaignState, Slowed
from kwabo.domain.campaigns.outcome_flags import SYSTEM_OUTCOMES
from kwabo.domain.compliance.rules import RULES
from kwabo.domain.contacts.import_states import IMPORT_STATES
from kwabo.domain.event_log.catalogue import CODES as EVENT_CODES
from kwabo.domain.interactions.attempt import MACHINE as ATTEMPT
from kwabo.domain.interactions.attempt import AttemptState, Result
from kwabo.domain.organisations.permissions import PERMISSIONS, ROLES
from kwabo.domain.pacing.situation import Reason
from kwabo.kernel.machine import Machine
from kwabo.services.claims import OWNED, PREVIEW_WAITS, SKILLS_WAIT
from kwabo.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "operators" / "reference.md"
COMMANDS = DOCS / "operators" / "commands.md"
SETTINGS = DOCS / "operators" / "settings.md"
# On the switch, not settings.
CHANNEL_VARIABLES = {
    "KWABO_APP", "KWABO_ARGS", "KWABO_ANALYSE", "KWABO_COUNTRY", "KWABO_FAX", "KWABO_ROUTE",
    "KWABO_SENT", "KWABO_TO", "KWABO_WAITED",
}  # fmt: skip


def section(page: Path, title: str) -> str:
    """The text under a heading, up to the next one."""
    text = page.read_text()
    begin = re.search(rf"^#+ {re.escape(title)}$", text, re.MULTILINE)
    assert begin, f"{page} has no heading '{title}'"
    rest = text[begin.end() :]
    end = re.search(r"^#", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> dict[str, list[str]]:
    """The table rows that begin with a name in backticks: name → the other cells."""
    found = {}
    for line in text.splitlines():
        row = re.match(r"\| `([^`]+)` \|(.*)\|$", line)
        if row:
            found[row[1]] = [cell.strip() for cell in row[2].split("|")]
    return found


def the_same(documented: Iterable[str], existing: Iterable[str]) -> None:
    told, there = set(documented), set(existing)
    missing, gone = there - told, told - there
    assert not missing, f"not documented: {sorted(missing)}"
    assert not gone, f"documented, but there is no such thing: {sorted(gone)}"


def sources() -> Iterator[Path]:
    """Every file in which a variable of the environment may be read."""
    yield ROOT / "dev"
    for folder, pattern in (
        ("src", "*.py"),
        ("tests", "*.py"),
        ("benchmarks", "*.py"),
        ("clients/python/src", "*.py"),
        ("web/dev", "*.mjs"),
        ("web", "vite.config.ts"),
    ):
        yield from (
            path for path in (ROOT / folder).rglob(pattern) if "node_modules" not in str(path)
        )


def test_every_setting_has_a_row() -> None:
    declared = {f"KWABO_{name.upper()}" for name in Settings.model_fields}
    named = {
        name
        for path in sources()
        if path != Path(__file__)
        for name in re.findall(r"\bKWABO_[A-Z][A-Z_]*[A-Z]\b", path.read_text())
    }
    the_same(rows(SETTINGS.read_text()), (declared | named) - CHANNEL_VARIABLES)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_defaults_are_told_as_they_are(name: str) -> None:
    field = Settings.model_fields[name]
    told = rows(SETTINGS.read_text())[f"KWABO_{name.upper()}"][0]
    if isinstance(field.default, bool | int | float | str) and field.default != "":
        assert (
            told == f"`{str(field.default).lower() if field.default is False else field.default}`"
        )
    else:
        assert told, "say what happens without it"


def commands(command: click.Command, path: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}")
    else:
        yield path


def test_every_command_has_a_row() -> None:
    told = rows(section(REFERENCE, "Commands")) | rows(COMMANDS.read_text())
    the_same(told, commands(main, "kwabo"))


def test_every_permission_has_a_row_with_its_roles() -> None:
    documented = rows(section(REFERENCE, "Permissions"))
    the_same(documented, PERMISSIONS)
    for permission, (_, roles) in documented.items():
        the_same(roles.split(", "), (role for role in ROLES if permission in ROLES[role]))


@pytest.mark.parametrize(
    ("title", "existing"),
    [
        ("States of a campaign", list(CampaignState)),
        ("Why a running campaign dials less than it could", [s for s in Slowed if s]),
        ("Why power and predictive dialling start no more calls", list(Reason)),
        (
            "Why a contact is not called",
            [*(rule.code for rule in RULES), CALLABLE, NOT_RUNNING],
        ),
        ("For whom a contact waits", [CALLBACK_OWNED, *OWNED, PREVIEW_WAITS, SKILLS_WAIT]),
        ("Results of an attempt", list(Result)),
        ("States of an attempt", list(AttemptState)),
        ("Statuses of an agent", list(AgentStatus)),
    ],
)
def test_every_code_has_a_row(title: str, existing: list[str]) -> None:
    the_same(rows(section(REFERENCE, title)), existing)


def test_every_event_has_a_row_with_its_level_and_categories() -> None:
    found = rows((DOCS / "operators" / "events.md").read_text())
    the_same(found, EVENT_CODES)
    for name, code in EVENT_CODES.items():
        assert found[name][:2] == [code.level, ", ".join(code.categories)], name


def test_every_state_of_a_callback_has_a_row() -> None:
    found = rows(section(REFERENCE, "What becomes of a callback"))
    assert set(found) >= set(map(str, CallbackState))


def test_rules_are_told_in_their_order() -> None:
    documented = list(rows(section(REFERENCE, "Why a contact is not called")))
    codes = [rule.code for rule in RULES]
    assert [code for code in documented if code in codes] == codes


def test_every_explanation_is_documented() -> None:
    text = REFERENCE.read_text()
    results = {f"RESULT_{result.upper()}" for result in Result}
    for code in SENTENCES:
        assert code in results or f"`{code}`" in text, code


def test_every_system_outcome_has_a_row() -> None:
    named = set(SYSTEM_OUTCOMES) - {str(result) for result in Result}
    the_same(rows(section(REFERENCE, "Outcomes that no agent chose")), named)


@pytest.mark.parametrize(
    "machine", [CAMPAIGN, ATTEMPT, AGENT, CALLBACK, IMPORT_STATES], ids=lambda m: m.name
)
def test_diagrams_are_those_of_the_program(machine: Machine) -> None:
    page = (DOCS / "developers" / "architecture.md").read_text()
    assert f"```mermaid\n{machine.mermaid()}\n```" in page, (
        f"put this into docs/developers/architecture.md:\n\n```mermaid\n{machine.mermaid()}\n```"
    )


def test_every_kind_of_test_and_every_measurement_is_named() -> None:
    from kinds import KINDS

    contributing = (ROOT / "CONTRIBUTING.md").read_text()
    the_same(set(rows(contributing)) & set(KINDS), KINDS)
    told = (DOCS / "status.md").read_text() + (DOCS / "developers" / "performance.md").read_text()
    for path in (ROOT / "benchmarks").glob("[a-z]*.py"):
        assert f"./dev bench {path.stem}" in told, path.stem


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    assert len(pages) > 10
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken
