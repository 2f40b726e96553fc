"""All settings of an organisation as one document: take it away, apply it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, RequestBody
from kwabo.api.settings_documents.applying import Choices, apply
from kwabo.api.settings_documents.calls import Calls
from kwabo.api.settings_documents.reading import read
from kwabo.api.translations import translated
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.settings_documents.differences import NOTHING, Difference

router = APIRouter(tags=["settings documents"])

Reader = Annotated[Asker, requires("settings.read")]
Writer = Annotated[Asker, requires("settings.write")]


class MissingSettingAnswer(Answer):
    """A place of which the document cannot say the value, and what to do about it."""

    path: str
    code: str
    message: str


class SettingsDocumentAnswer(Answer):
    """The document, described in docs/operators/settings-documents.md."""

    document: dict[str, Any]
    missing: list[MissingSettingAnswer]


class SettingsDocumentBody(RequestBody):
    """A document to be applied, whole or in part; what it does not tell stays.

    `publish` false: flows, scripts and words of prompts become drafts. `remove`: things of the
    document's kinds that it does not name are deleted, but for trunks, wrap-up codes, pause
    reasons, contact lists and DNC lists.
    """

    document: Annotated[dict[str, Any], Field(max_length=100)]
    dry_run: bool = False
    publish: bool = True
    remove: bool = False


class SettingsChangeAnswer(Answer):
    """A place (JSON Pointer) that changes; of things that are added or removed the whole."""

    path: str
    action: Literal["added", "changed", "removed"]
    old: Any
    new: Any

    @classmethod
    def of(cls, one: Difference) -> SettingsChangeAnswer:
        """The answer for a difference."""
        action: Literal["added", "changed", "removed"] = "changed"
        if one.old is NOTHING or one.new is NOTHING:
            action = "added" if one.old is NOTHING else "removed"
        old, new = (None if value is NOTHING else value for value in (one.old, one.new))
        return cls(path=one.path, action=action, old=old, new=new)


class AppliedSettingsAnswer(Answer):
    """What changed, or would change."""

    dry_run: bool
    changes: list[SettingsChangeAnswer]
    missing: list[MissingSettingAnswer]


@router.get("/settings-document")
async def export_settings(
    asker: Reader, services: TheServices, request: Request
) -> SettingsDocumentAnswer:
    """All settings as one document: no persons' data, no secrets; what is missing is named.

    Who may not see all of them gets 403.
    """
    async with services.settings_documents.joined(asker) as joined:
        inner = services.over(joined)
        seen = await read(Calls(asker, inner, request))
        counts = Counter(kind for kind, key in seen.things if key)
        await inner.settings_documents.exported(asker, counts)
    missing = _missing(seen.missing(), language_of(request))
    return SettingsDocumentAnswer(document=seen.document(), missing=missing)


@router.post("/settings-document/apply")
async def apply_settings(
    body: SettingsDocumentBody, asker: Writer, services: TheServices, request: Request
) -> AppliedSettingsAnswer:
    """Make the settings what a document says: all of it, or nothing when a place is wrong.

    422 `SETTINGS_REFUSED` names every wrong place. The permissions of single changes are needed.
    """
    choices = Choices(dry_run=body.dry_run, publish=body.publish, remove=body.remove)
    done = await apply(asker, services, request, body.document, choices)
    return AppliedSettingsAnswer(
        dry_run=body.dry_run,
        changes=[SettingsChangeAnswer.of(one) for one in done.differences],
        missing=_missing(done.missing, language_of(request)),
    )


def _missing(found: list[tuple[str, str]], language: str) -> list[MissingSettingAnswer]:
    return [
        MissingSettingAnswer(
            path=path,
            code=f"MISSING_{why}",
            message=translated(f"MISSING_{why}", language, {}) or why,
        )
        for path, why in found
    ]
