"""What a campaign can be set to, and what is wrong with a setting.

Every objection names the field, has a stable code and says what to do. Objections are about the
settings as a whole: a caller id is right or wrong for a trunk, a placeholder for a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import time
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.agentless import agentless_objections
from kwabo.domain.campaigns.attempt_settings import attempt_objections
from kwabo.domain.campaigns.callback_settings import callback_objections
from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.recall import DEFAULT_RECALL_SECONDS
from kwabo.domain.campaigns.script import placeholders
from kwabo.domain.compliance.consents import PROSPECTING
from kwabo.domain.contacts.filters.fields import columns_of_kinds
from kwabo.domain.contacts.filters.problems import FilterInvalid
from kwabo.domain.contacts.filters.sorting import MODES as SORT_MODES
from kwabo.domain.contacts.filters.sorting import read_sort
from kwabo.domain.interactions.attempt import Result

__all__ = ["CampaignSettings", "Objection", "Surroundings", "objections"]

LONGEST_RECALL_SECONDS = 90 * 24 * 3600
SHORTEST_RECALL_SECONDS = 5
LONGEST_SCRIPT = 50_000
MODES = ("preview", "progressive", "power", "predictive", "agentless", "inbound")
PACED_MODES = ("progressive", "power", "predictive")  # the dialler decides when to call
WINDOW_SECONDS: Mapping[str, int] = {"day": 24 * 3600, "30_days": 30 * 24 * 3600}
DELIVERIES = ("push", "fetch")

# Nothing of these changes under calls in progress; the list stays for good once it was begun. The
# mode may change between those in `PACED_MODES`.
FIXED_WHILE_RUNNING = ("queue_id", "trunk_id", "preview_delivery")
FIXED_ONCE_BEGUN = ("contact_list_id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSettings:
    """What people set; the meaning of each is in the column of the same name."""

    name: str
    contact_list_id: UUID
    mode: str
    queue_id: UUID
    trunk_id: UUID
    caller_id: str  # E.164, one of the trunk's
    caller_name: str = ""
    priority: int = 3  # 1–5, 5 first
    callable_weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6)  # 1 Monday … 7 Sunday
    callable_from: time = time(8)
    callable_until: time = time(20)  # exclusive
    callable_time_set_id: UUID | None = None  # in place of the three above
    dnc_list_ids: tuple[UUID, ...] = ()  # beside the organisation-wide ones
    max_attempts: int = 4
    recall_seconds: Mapping[str, int | None] = dataclass_field(
        default_factory=lambda: {str(k): v for k, v in DEFAULT_RECALL_SECONDS.items()}
    )  # result → seconds until the next attempt; None: none follows
    minimum_gap_seconds: int = 300
    attempt_limit_ids: tuple[UUID, ...] = ()  # beside those of the organisation
    recall_rules: Mapping[str, Any] = dataclass_field(default_factory=dict)  # before recall_seconds
    number_order: str = "turns"  # see compliance.number_order
    number_label_order: tuple[str, ...] = ()  # labels of numbers that come first
    no_answer_timeout_seconds: int = 30
    after_call_limit_seconds: int = 60
    call_analysis: bool = False
    response_set_id: UUID | None = None  # what is done with its results; None: see call_analysis
    calls_per_agent: float = 1.5  # power: calls for each agent who is free
    calls_per_agent_ceiling: float = 15.0  # predictive: never more in the air for each such agent
    abandon_target: float = 0.03  # highest share of answering persons whom no agent takes
    abandon_window: str = "day"  # day | 30_days: over which the target must hold
    weight: int = 1  # share of the starts among campaigns of one priority on the same agents
    agents_kept_free: int = 0  # for callers from outside
    lines_reserved: int = 0  # of the trunk, left free by others while the campaign runs
    lines_most: int = 0  # calls at once; 0: as many as the trunk has lines
    flow_id: UUID | None = None  # agentless: has the answered calls
    abandon_flow_id: UUID | None = None  # in place of the message for people without an agent
    flow_notes: tuple[Mapping[str, Any], ...] = ()  # see `domain.campaigns.flow_notes`
    preview_delivery: str = "push"
    preview_timeout_seconds: int = 0  # 0: never dials by itself
    preview_skip_allowed: bool = True
    callback_owned_hours: int = 24
    callback_after_owned: str = "anyone"  # anyone | missed
    callback_takeover: str = "anyone"  # anyone | deputy | by_hand
    callback_takeover_minutes: int = 15
    callback_deputy_user_id: UUID | None = None
    callback_latest_hours: int = 168
    callback_reminder_minutes: int = 5  # before the due time; 0: none
    callback_own_delivery: str = "dial"  # dial | preview
    callback_anyone_delivery: str = "dial"  # dial | preview
    preview_column: str = ""  # list column that says whose contacts are always previewed
    preview_values: tuple[str, ...] = ()  # by these values of it
    agent_owned_column: str = ""  # list column that names a contact's agent; preview only
    owner_absent: str = "wait"  # wait | anyone
    owner_absent_hours: int = 24
    script: str = ""  # Markdown with {{column}} placeholders
    script_id: UUID | None = None  # a script with pages, in place of it
    wrap_up_code_ids: tuple[UUID, ...] = ()  # empty: all active codes
    compliance_preset: str | None = None  # None: the organisation's
    consent_purpose: str = PROSPECTING  # for which consent is looked up, where it is needed
    consent_required: bool = False  # also where the preset does not ask for it
    contract_calls: bool = False  # within an ongoing contract: some presets need no consent then
    sector: str = ""  # '' | energy_renovation | home_adaptation
    contact_list_filter_ids: tuple[UUID, ...] = ()  # all must hold; none: everybody
    sort: tuple[Mapping[str, Any], ...] = ()  # see domain/contacts/filters/sorting.py
    sort_mode: str = "static"  # static | dynamic: whether places follow changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the settings are checked against; None: there is no such thing."""

    list_columns: Mapping[str, str] | None  # column name → kind
    queue_exists: bool
    trunk_caller_ids: tuple[str, ...] | None
    trunk_lines: int = 10_000
    lines_reserved_elsewhere: int = 0  # on the same trunk, by other campaigns
    unknown_dnc_lists: frozenset[UUID]
    unknown_wrap_up_codes: frozenset[UUID]
    deputy_exists: bool = True  # true also when none is asked for
    unknown_filters: frozenset[UUID] = frozenset()
    callable_time_set_exists: bool = True  # also when none is asked for
    response_set_exists: bool = True  # also when none is asked for
    unknown_attempt_limits: frozenset[UUID] = frozenset()  # and those that are not a campaign's
    unknown_flows: frozenset[UUID] = frozenset()
    script_objections: tuple[Objection, ...] = ()  # against the script with pages
    flow_note_objections: tuple[Objection, ...] = ()  # against what is done with flows' notes


def objections(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    """Everything wrong with the settings, in the order of the form."""
    found: list[Objection] = []

    def check(right: bool, name: str, code: str, message: str) -> None:
        if not right:
            found.append(Objection(field=name, code=code, message=message))

    check(
        0 < len(settings.name.strip()) <= 200,
        "name", "NAME_LENGTH", "Give the campaign a name of 1 to 200 characters.",
    )  # fmt: skip
    found += _references(settings, around)
    found += _times(settings)
    found += _recalls(settings)
    found += attempt_objections(
        recall_rules=settings.recall_rules,
        number_order=settings.number_order,
        number_label_order=settings.number_label_order,
    )
    found += _limits(settings)
    found += _lines(settings, around)
    found += agentless_objections(settings, around)
    check(
        settings.mode in MODES,
        "mode", "MODE",
        "Choose the mode preview, progressive, power, predictive, agentless or inbound.",
    )  # fmt: skip
    check(
        settings.abandon_window in WINDOW_SECONDS,
        "abandon_window", "ABANDON_WINDOW", "Choose the window day or 30_days.",
    )  # fmt: skip
    check(
        settings.preview_delivery in DELIVERIES,
        "preview_delivery", "PREVIEW_DELIVERY", "Choose push or fetch.",
    )  # fmt: skip
    check(
        len(settings.caller_name) <= 60 and settings.caller_name.isprintable(),
        "caller_name", "CALLER_NAME", "Give a caller name of at most 60 printable characters.",
    )  # fmt: skip
    found += callback_objections(settings, around)
    found += _script(settings, around)
    found += around.script_objections
    found += around.flow_note_objections
    found += _choice(settings, around)
    return found


def _choice(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    """What is wrong with filters and order."""
    found: list[Objection] = []
    if around.unknown_filters:
        message = "This filter is not one of the campaign's list: choose one of the list's."
        found.append(
            Objection(field="contact_list_filter_ids", code="FILTER_UNKNOWN", message=message)
        )
    if settings.sort_mode not in SORT_MODES:
        message = "Choose the order's mode static or dynamic."
        found.append(Objection(field="sort_mode", code="SORT_MODE", message=message))
    try:
        read_sort(settings.sort, columns_of_kinds(around.list_columns or {}))
    except FilterInvalid as invalid:
        found += [
            Objection(field=one.path, code=one.code, message=one.message("en"), details=one.details)
            for one in invalid.problems
        ]
    return found


def _references(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    found: list[Objection] = []
    if around.list_columns is None:
        found.append(_unknown("contact_list_id", "contact list"))
    if not around.callable_time_set_exists:
        found.append(_unknown("callable_time_set_id", "callable time set"))
    if not around.response_set_exists:
        found.append(_unknown("response_set_id", "response set"))
    if not around.queue_exists:
        found.append(_unknown("queue_id", "queue"))
    if around.trunk_caller_ids is None:
        found.append(_unknown("trunk_id", "trunk"))
    elif settings.caller_id not in around.trunk_caller_ids:
        choice = ", ".join(around.trunk_caller_ids)
        found.append(
            Objection(
                field="caller_id",
                code="CALLER_ID_NOT_OF_TRUNK",
                message=f"This trunk may show {choice}: choose one of them."
                if choice
                else "This trunk has no caller ids yet: add one to the trunk first.",
                details={"caller_ids": choice or "–"},
            )
        )
    if around.unknown_dnc_lists:
        found.append(_unknown("dnc_list_ids", "DNC list"))
    if around.unknown_wrap_up_codes:
        found.append(_unknown("wrap_up_code_ids", "wrap-up code"))
    if around.unknown_attempt_limits:
        found.append(_unknown("attempt_limit_ids", "attempt limit of campaigns"))
    return found


def _unknown(name: str, noun: str) -> Objection:
    return Objection(
        field=name, code="UNKNOWN", message=f"There is no such {noun}: choose an existing one."
    )


def _times(settings: CampaignSettings) -> list[Objection]:
    found: list[Objection] = []
    days = settings.callable_weekdays
    if not days or len(set(days)) != len(days) or not all(1 <= day <= 7 for day in days):
        found.append(
            Objection(
                field="callable_weekdays",
                code="WEEKDAYS",
                message="Choose at least one day of the week: 1 is Monday, 7 is Sunday.",
            )
        )
    if settings.callable_from.tzinfo is not None or settings.callable_until.tzinfo is not None:
        message = "Give hours without a time zone: they are the contact's own."
        return [*found, Objection(field="callable_from", code="LOCAL_TIME", message=message)]
    if settings.callable_from >= settings.callable_until:
        found.append(
            Objection(
                field="callable_until",
                code="WINDOW_EMPTY",
                message="Calls must end later on the day than they begin.",
            )
        )
    return found


def _recalls(settings: CampaignSettings) -> list[Objection]:
    results = {str(result) for result in Result}
    for result, seconds in settings.recall_seconds.items():
        name = f"recall_seconds.{result}"
        if result not in results:
            message = f"There is no result '{result}'. Results: {', '.join(sorted(results))}."
            return [Objection(field=name, code="UNKNOWN_RESULT", message=message)]
        least = 0 if result in ("cancelled", "skipped") else SHORTEST_RECALL_SECONDS
        if seconds is not None and not least <= seconds <= LONGEST_RECALL_SECONDS:
            message = (
                f"Wait between {least} seconds and 90 days before the next attempt, or none at all."
            )
            return [
                Objection(
                    field=name,
                    code="RECALL_RANGE",
                    message=message,
                    details={"least": str(least)},
                )
            ]
    return []


_RANGES: Mapping[str, tuple[float, float, str]] = {
    "priority": (1, 5, "Choose a priority from 1 (last) to 5 (first)."),
    "calls_per_agent": (1, 15, "Start between 1 and 15 calls for each free agent."),
    "calls_per_agent_ceiling": (1, 50, "Choose a ceiling between 1 and 50 calls for each agent."),
    "abandon_target": (0.001, 0.2, "Choose an abandon rate between 0.001 and 0.2 (0.1 % to 20 %)."),
    "weight": (1, 100, "Choose a weight from 1 to 100."),
    "agents_kept_free": (0, 100, "Keep between 0 and 100 agents free."),
    "lines_reserved": (0, 10_000, "Set between 0 and 10,000 lines aside."),
    "lines_most": (0, 10_000, "Allow 1 to 10,000 lines, or 0 for as many as the trunk has."),
    "max_attempts": (1, 100, "Allow between 1 and 100 attempts."),
    "minimum_gap_seconds": (0, 30 * 24 * 3600, "Keep a gap of 0 seconds to 30 days."),
    "no_answer_timeout_seconds": (5, 120, "Let it ring between 5 and 120 seconds."),
    "after_call_limit_seconds": (5, 3600, "Allow between 5 seconds and an hour after a call."),
    "preview_timeout_seconds": (0, 3600, "Use 0 (never) or up to 3,600 seconds."),
}


def _limits(settings: CampaignSettings) -> list[Objection]:
    return [
        Objection(
            field=name,
            code="RANGE",
            message=message,
            details={"least": str(least), "most": str(most)},
        )
        for name, (least, most, message) in _RANGES.items()
        if not least <= getattr(settings, name) <= most
    ]


def _lines(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    found: list[Objection] = []
    left = max(0, around.trunk_lines - around.lines_reserved_elsewhere)
    if settings.lines_reserved > left:
        found.append(
            Objection(
                field="lines_reserved",
                code="LINES_NOT_THERE",
                message=f"The trunk has {around.trunk_lines} lines, of which other campaigns have "
                f"set {around.lines_reserved_elsewhere} aside: at most {left} are left.",
                details={
                    "lines": str(around.trunk_lines),
                    "elsewhere": str(around.lines_reserved_elsewhere),
                    "left": str(left),
                },
            )
        )
    if 0 < settings.lines_most < settings.lines_reserved:
        found.append(
            Objection(
                field="lines_most",
                code="LINES_MOST_TOO_FEW",
                message="Allow the campaign at least the lines that are set aside for it.",
            )
        )
    return found


def _script(settings: CampaignSettings, around: Surroundings) -> list[Objection]:
    if len(settings.script) > LONGEST_SCRIPT:
        message = f"Shorten the script to {LONGEST_SCRIPT:,} characters."
        return [Objection(field="script", code="SCRIPT_TOO_LONG", message=message)]
    missing = sorted(placeholders(settings.script) - set(around.list_columns or {}))
    if not missing or around.list_columns is None:
        return []
    message = (
        f"The list has no column {', '.join(missing)}. Its columns: "
        f"{', '.join(sorted(around.list_columns))}."
    )
    return [
        Objection(
            field="script",
            code="SCRIPT_COLUMN",
            message=message,
            details={
                "missing": ", ".join(missing),
                "columns": ", ".join(sorted(around.list_columns)),
            },
        )
    ]


def with_default_recalls(given: Mapping[str, int | None]) -> dict[str, int | None]:
    """The recall delays that apply when only some are given."""
    defaults = {str(result): seconds for result, seconds in DEFAULT_RECALL_SECONDS.items()}
    return {**defaults, **{str(result): seconds for result, seconds in given.items()}}


def forbidden_changes(
    old: CampaignSettings, new: CampaignSettings, *, state: str, begun: bool
) -> list[Objection]:
    """Changes that the campaign's state does not allow."""
    found: list[Objection] = []
    if state in ("running", "pausing"):
        found += [
            Objection(
                field=name,
                code="FIXED_WHILE_RUNNING",
                message="Pause the campaign and wait until its calls have ended, then change this.",
            )
            for name in ("mode", *FIXED_WHILE_RUNNING)
            if getattr(old, name) != getattr(new, name) and not _repaced(name, old, new)
        ]
    if begun:
        found += [
            Objection(
                field=name,
                code="FIXED_ONCE_BEGUN",
                message="The campaign has begun with its list. Copy it to call another list.",
            )
            for name in FIXED_ONCE_BEGUN
            if getattr(old, name) != getattr(new, name)
        ]
    return found


def _repaced(name: str, old: CampaignSettings, new: CampaignSettings) -> bool:
    """Whether only the pace changes: that takes effect under calls in progress."""
    return name == "mode" and old.mode in PACED_MODES and new.mode in PACED_MODES


def copy_name(name: str, taken: frozenset[str]) -> str:
    """The first free name for a copy: 'name (2)', 'name (3)' …, within 200 characters."""
    number = 2
    while True:
        tail = f" ({number})"
        candidate = name[: 200 - len(tail)] + tail
        if candidate not in taken:
            return candidate
        number += 1
