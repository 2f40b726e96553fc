"""Columns of a contacts' file that say who consented: by an import, a template, a schedule alike.

A row speaks of all of its numbers. It gives consent when its `given` cell says yes (or, where no
column says so, when it has a date), withdraws it when that cell says no or when it has a date of
withdrawal, and says nothing when its cells are empty. What cannot be read is reported and the
contact is kept: consent is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from kwabo.domain.compliance.consent_file import end_of_day, read_instant
from kwabo.domain.compliance.consents import GIVEN, PROSPECTING, WITHDRAWN
from kwabo.domain.compliance.new_consent import NewConsent, objections_to
from kwabo.domain.contacts.columns import folded
from kwabo.domain.contacts.problems import Problem, shown

ROLES: Final = (
    "given",  # yes or no
    "at",  # when it was given
    "withdrawn_at",  # when it was withdrawn
    "how",
    "proof",
    "reference",
    "channel",
    "purpose",
    "valid_until",
)
_YES: Final = frozenset(
    [
        "yes",
        "y",
        "true",
        "1",
        "x",
        "oui",
        "o",
        "vrai",
        "ok",
        "given",
        "granted",
        "optin",
        "opt-in",
        "accepte",
        "accorde",
        "donne",
    ]
)
_NO: Final = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "non",
        "faux",
        "withdrawn",
        "revoked",
        "optout",
        "opt-out",
        "stop",
        "refuse",
        "retire",
        "revoque",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentColumns:
    """Which column of the file says what of a consent, and what holds for every row."""

    columns: Mapping[str, str] = field(default_factory=dict)  # role → the file's column
    purpose: str = PROSPECTING
    channel: str = "voice"
    how: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the database and the API."""
        return {
            "columns": dict(self.columns),
            "purpose": self.purpose,
            "channel": self.channel,
            "how": self.how,
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> ConsentColumns:
        """Of `as_json`'s answer. Raises KeyError or ValueError for anything else."""
        columns = {role: str(source) for role, source in value["columns"].items() if source}
        if not set(columns) <= set(ROLES):
            raise ValueError("no such role of a consent's column")
        return ConsentColumns(
            columns=columns,
            purpose=value.get("purpose") or PROSPECTING,
            channel=value.get("channel") or "voice",
            how=value.get("how") or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPlan:
    """What decides how a file's rows become lines of the ledger."""

    columns: ConsentColumns
    time_zone: str  # of dates that name none
    now: datetime  # nothing is given or withdrawn after it


@dataclass(frozen=True, slots=True)
class ReadConsent:
    """What one row says of one number; `consent.at` None: as of the import."""

    line_number: int
    number: str
    consent: NewConsent


def check_consent_columns(consent: ConsentColumns, header: Sequence[str]) -> tuple[str, str]:
    """Why these columns cannot be used: a code and the role; empty when they can."""
    names = {folded(name) for name in header}
    for role, source in consent.columns.items():
        if folded(source) not in names:
            return "CONSENT_SOURCE", role
    roles = consent.columns.keys()
    if not roles & {"given", "at", "withdrawn_at"}:
        return "CONSENT_NO_STATEMENT", "given"
    if "given" in roles and "at" not in roles:
        return "CONSENT_NO_DATE", "at"
    gives = roles & {"given", "at"}
    if gives and "how" not in roles and not consent.how.strip():
        return "CONSENT_NO_HOW", "how"
    sample = NewConsent(
        kind=WITHDRAWN, purpose=consent.purpose, channel=consent.channel, how=consent.how
    )
    for wrong in objections_to(sample, datetime.max.replace(tzinfo=UTC)):
        return wrong.code, wrong.field
    return "", ""


class ConsentReader:
    """Reads the consents of rows. `sources`: the file's columns in their order."""

    def __init__(self, plan: ConsentPlan, sources: Sequence[str]) -> None:
        places = {folded(source): place for place, source in enumerate(sources)}
        self._plan = plan
        self._places = {
            role: places[folded(source)]
            for role, source in plan.columns.columns.items()
            if folded(source) in places
        }
        self._sources = list(sources)
        self._zone = ZoneInfo(plan.time_zone)

    def read(
        self, cells: Sequence[str], numbers: Sequence[str], line_number: int
    ) -> tuple[list[ReadConsent], list[Problem]]:
        """The lines that a row gives, and what is wrong with the rest."""
        values = {
            role: cells[place].strip() if place < len(cells) else ""
            for role, place in self._places.items()
        }
        problems: list[Problem] = []
        said: list[NewConsent] = []
        for read in (self._given, self._withdrawn):
            code, role, new = read(values)
            if code:
                problems.append(self._problem(code, role, values))
            elif new is not None:
                wrong = objections_to(_proven(new), self._plan.now)
                if wrong:
                    problems.append(self._problem(wrong[0].code, wrong[0].field, values))
                else:
                    said.append(new)
        lines = [ReadConsent(line_number, number, new) for new in said for number in numbers]
        return lines, problems

    def _given(self, values: Mapping[str, str]) -> tuple[str, str, NewConsent | None]:
        """What the columns of giving say: code and role of what is wrong, or a line."""
        answer = True
        if "given" in values:
            word = folded(values["given"])
            if not word:
                return "", "", None
            if word not in _YES | _NO:
                return "CONSENT_WORD", "given", None
            answer = word in _YES
        written = values.get("at", "")
        at = read_instant(written, self._zone) if written else None
        if written and at is None:
            return "CONSENT_TIME", "at", None
        if not answer:
            return "", "", replace(self._common(values), kind=WITHDRAWN, at=at)
        if at is None:
            return ("CONSENT_TIME", "at", None) if "given" in values else ("", "", None)
        until_written = values.get("valid_until", "")
        until = read_instant(until_written, self._zone) if until_written else None
        if until_written and until is None:
            return "CONSENT_VALID_UNTIL_TIME", "valid_until", None
        new = replace(
            self._common(values),
            kind=GIVEN,
            at=at,
            valid_until=end_of_day(until, until_written) if until else None,
        )
        return "", "", new

    def _withdrawn(self, values: Mapping[str, str]) -> tuple[str, str, NewConsent | None]:
        written = values.get("withdrawn_at", "")
        if not written:
            return "", "", None
        at = read_instant(written, self._zone)
        if at is None:
            return "CONSENT_TIME", "withdrawn_at", None
        return "", "", replace(self._common(values), kind=WITHDRAWN, at=at)

    def _common(self, values: Mapping[str, str]) -> NewConsent:
        terms = self._plan.columns
        return NewConsent(
            purpose=values.get("purpose") or terms.purpose,
            channel=folded(values.get("channel", "")) or terms.channel,
            how=values.get("how") or terms.how,
            proof=values.get("proof", ""),
            reference=values.get("reference", ""),
        )

    def _problem(self, code: str, role: str, values: Mapping[str, str]) -> Problem:
        place = self._places.get(role)
        column = self._sources[place] if place is not None else ""
        return Problem(code=code, column=column, value=shown(values.get(role, "")))


def _proven(new: NewConsent) -> NewConsent:
    """The row of the file is a proof where it names no other."""
    if new.proof or new.reference:
        return new
    return replace(new, reference="row")
