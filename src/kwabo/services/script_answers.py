"""What agents answered, as lists, files and histories show it.

Calls began with different versions; a file has a column for each field that any of them had, in the
order of the newest version.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from kwabo.domain.contacts.formula import neutralised
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.scripts.answers import SEVERAL
from kwabo.domain.scripts.document import Field, blocks_of, fields_of
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.scripts import AnsweredCall, ScriptRun, ScriptVersion
from kwabo.services.campaigns import found_campaign
from kwabo.services.contacts import csv_lines
from kwabo.services.pages import Page, id_behind, page_token
from kwabo.services.unit_of_work import Stores, UnitOfWork

MOST_OF_CONTACT: Final = 50
_EXPORT_PAGE: Final = 500
_HEADER: Final = {
    "fr": ("Appel", "Date", "Numéro", "Agent", "Qualification", "Version du script"),
    "en": ("Call", "Date", "Number", "Agent", "Wrap-up code", "Script version"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer with the words of the version that asked."""

    field: str
    label: str
    value: str
    column: str | None
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRow:
    """A call with its answers."""

    call: AnsweredCall
    answers: Sequence[GivenAnswer]


class ScriptAnswerService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def page(
        self, asker: Asker, campaign_id: UUID, *, limit: int, token: str | None
    ) -> Page[AnsweredRow]:
        """A campaign's calls with answers, the newest first. Raises NotFound."""
        before = id_behind(token)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(campaign_id))
            calls = await stores.scripts.answered(
                campaign_id, before_attempt_id=before, limit=limit + 1
            )
            versions = _by_key(await stores.scripts.versions_answered(campaign_id))
        more, calls = len(calls) > limit, calls[:limit]
        rows = [
            AnsweredRow(call=call, answers=given(call.run, versions.get(_key(call.run))))
            for call in calls
        ]
        token = page_token(str(calls[-1].run.attempt_id)) if more else None
        return Page(items=rows, next_page_token=token, total=None)

    async def of_attempt(self, asker: Asker, attempt_id: UUID) -> Sequence[GivenAnswer]:
        """The answers of one call. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if await stores.attempts.get(attempt_id) is None:
                raise NotFound("NOT_FOUND", "There is no such attempt.")
            run = await stores.scripts.run(attempt_id)
            if run is None:
                return []
            return given(run, await stores.scripts.version(run.script_id, run.script_version))

    async def export(self, asker: Asker, campaign_id: UUID) -> AsyncIterator[str]:
        """The answers as CSV text in parts. NotFound is raised before anything is sent."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            versions = await stores.scripts.versions_answered(campaign_id)
            await stores.audit.record(
                "script_answers.exported",
                actor_user_id=asker.user_id,
                subject_kind="campaign",
                subject_id=campaign_id,
                at=self._clock.now(),
                details={"name": campaign.settings.name},
            )
        return self._export(asker, campaign_id, versions)

    async def _export(
        self, asker: Asker, campaign_id: UUID, versions: Sequence[ScriptVersion]
    ) -> AsyncIterator[str]:
        fields: dict[str, Field] = {}
        for version in versions:
            for name, field in fields_of(version.document).items():
                if not field.read_only:
                    fields.setdefault(name, field)
        known = _by_key(versions)
        header = _HEADER["fr" if asker.language == "fr" else "en"]
        labels = [neutralised(f"{field.label} ({name})") for name, field in fields.items()]
        yield "\ufeff" + csv_lines([[*header, *labels]])
        before: UUID | None = None
        while True:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                calls = await stores.scripts.answered(
                    campaign_id, before_attempt_id=before, limit=_EXPORT_PAGE
                )
            if not calls:
                return
            before = calls[-1].run.attempt_id
            yield csv_lines([_line(call, fields, known.get(_key(call.run))) for call in calls])


async def of_contact(stores: Stores, contact_id: UUID) -> dict[UUID, list[GivenAnswer]]:
    """Answers by attempt, of a contact's newest calls."""
    found: dict[UUID, list[GivenAnswer]] = {}
    versions: dict[tuple[UUID, int], ScriptVersion | None] = {}
    for run in await stores.scripts.runs_of_contact(contact_id, MOST_OF_CONTACT):
        key = _key(run)
        if key not in versions:
            versions[key] = await stores.scripts.version(*key)
        found[run.attempt_id] = given(run, versions[key])
    return found


def given(run: ScriptRun, version: ScriptVersion | None) -> list[GivenAnswer]:
    """The answers that were given, in the order of the script."""
    fields = fields_of(version.document) if version else {}
    choices = _labels(version.document) if version else {}
    return [
        GivenAnswer(
            field=name,
            label=field.label,
            value=_text(run.answers[name], choices.get(name, {})),
            column=field.column,
            personal=field.personal,
        )
        for name, field in fields.items()
        if run.answers.get(name)
    ]


def _labels(document: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        str(placed.block.get("id")): {
            str(one["value"]): str(one.get("label") or one["value"])
            for one in placed.block.get("choices") or ()
        }
        for placed in blocks_of(document)
        if placed.block.get("type") == "field"
    }


def _text(answer: object, labels: Mapping[str, str]) -> str:
    if isinstance(answer, list | tuple):
        return SEVERAL.join(labels.get(str(one), str(one)) for one in answer)
    return labels.get(str(answer), str(answer))


def _key(run: ScriptRun) -> tuple[UUID, int]:
    return run.script_id, run.script_version


def _by_key(versions: Sequence[ScriptVersion]) -> dict[tuple[UUID, int], ScriptVersion]:
    return {(version.script_id, version.version): version for version in versions}


def _line(
    call: AnsweredCall, fields: Mapping[str, Field], version: ScriptVersion | None
) -> list[str]:
    labels = _labels(version.document) if version else {}
    return [
        str(call.run.attempt_id),
        call.at.isoformat(timespec="seconds") if call.at else "",
        call.number,
        neutralised(call.agent or ""),
        neutralised(call.wrap_up or ""),
        str(call.run.script_version),
        *(
            neutralised(_text(call.run.answers.get(name) or "", labels.get(name, {})))
            for name in fields
        ),
    ]
