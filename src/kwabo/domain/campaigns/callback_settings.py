"""What is wrong with a campaign's settings of callbacks, owned records and precise dialling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kwabo.domain.callbacks.terms import (
    AFTER_OWNED,
    DELIVERIES,
    OWNER_ABSENT,
    TAKEOVERS,
    CallbackTerms,
    RecordTerms,
)
from kwabo.domain.campaigns.objection import Objection

if TYPE_CHECKING:
    from kwabo.domain.campaigns.settings import CampaignSettings, Surroundings

MOST_PREVIEW_VALUES = 100
LONGEST_PREVIEW_VALUE = 200

_RANGES: Mapping[str, tuple[int, int, str]] = {
    "callback_owned_hours": (1, 168, "Leave callbacks to their owner for 1 to 168 hours."),
    "callback_takeover_minutes": (0, 1440, "Wait 0 to 1,440 minutes for the owner."),
    "callback_latest_hours": (1, 720, "Make callbacks for 1 to 720 hours after they fell due."),
    "callback_reminder_minutes": (0, 120, "Remind 0 (not at all) to 120 minutes before."),
    "owner_absent_hours": (1, 720, "Wait 1 to 720 hours for the record's owner."),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "callback_after_owned": AFTER_OWNED,
    "callback_takeover": TAKEOVERS,
    "callback_own_delivery": DELIVERIES,
    "callback_anyone_delivery": DELIVERIES,
    "owner_absent": OWNER_ABSENT,
}


def callback_objections(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    """Everything wrong with them, in the order of the form."""
    found = [
        Objection(
            field=name,
            code="RANGE",
            message=message,
            details={"least": str(least), "most": str(most)},
        )
        for name, (least, most, message) in _RANGES.items()
        if not least <= getattr(settings, name) <= most
    ]
    found += [
        Objection(
            field=name,
            code="CHOICE",
            message=f"Choose one of {', '.join(choices)}.",
            details={"choices": ", ".join(choices)},
        )
        for name, choices in _CHOICES.items()
        if getattr(settings, name) not in choices
    ]
    if settings.callback_takeover == "deputy" and settings.callback_deputy_user_id is None:
        message = "Choose who takes callbacks over from an owner who is away."
        found.append(
            Objection(field="callback_deputy_user_id", code="DEPUTY_NEEDED", message=message)
        )
    if not around.deputy_exists:
        message = "There is no such active user: choose an existing one."
        found.append(Objection(field="callback_deputy_user_id", code="UNKNOWN", message=message))
    return found + _columns(settings, around)


def _columns(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    found: list[Objection] = []
    columns = around.list_columns
    for name in ("preview_column", "agent_owned_column"):
        column = getattr(settings, name)
        if column and columns is not None and column not in columns:
            found.append(
                Objection(
                    field=name,
                    code="COLUMN_UNKNOWN",
                    message=f"The list has no column {column}. Its columns: "
                    f"{', '.join(sorted(columns))}.",
                    details={"column": column, "columns": ", ".join(sorted(columns))},
                )
            )
    values = settings.preview_values
    if settings.preview_column and not values:
        message = "Say by which values of the column a contact is always previewed."
        found.append(
            Objection(field="preview_values", code="PREVIEW_VALUES_NEEDED", message=message)
        )
    too_long = any(not 0 < len(value.strip()) <= LONGEST_PREVIEW_VALUE for value in values)
    if len(values) > MOST_PREVIEW_VALUES or too_long:
        found.append(
            Objection(
                field="preview_values",
                code="PREVIEW_VALUES",
                message="Give at most 100 values of 1 to 200 characters each.",
            )
        )
    if settings.agent_owned_column and settings.mode != "preview":
        message = "Only a preview campaign can give each contact to its own agent."
        found.append(Objection(field="agent_owned_column", code="OWNED_PREVIEW", message=message))
    return found


def callback_terms(settings: CampaignSettings) -> CallbackTerms:
    """The settings as whoever decides on callbacks reads them."""
    return CallbackTerms(
        owned_hours=settings.callback_owned_hours,
        after_owned=settings.callback_after_owned,
        takeover=settings.callback_takeover,
        takeover_minutes=settings.callback_takeover_minutes,
        deputy_user_id=settings.callback_deputy_user_id,
        latest_hours=settings.callback_latest_hours,
        own_delivery=settings.callback_own_delivery,
        anyone_delivery=settings.callback_anyone_delivery,
    )


def record_terms(settings: CampaignSettings) -> RecordTerms:
    """The settings as whoever decides on owned records reads them."""
    return RecordTerms(
        column=settings.agent_owned_column,
        absent=settings.owner_absent,
        absent_hours=settings.owner_absent_hours,
    )
