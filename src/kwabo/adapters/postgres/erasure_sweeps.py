"""Tables in which something of a person may stand in any row, with no index that leads there.

They are read from end to end while nobody waits. Claims wait only while the rows that were found
are erased, and those that may have been written since: `newer` says which these can be, by times
that a row has got at most a quarter of an hour before it could be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.sql.elements import TextClause

# A transaction ends long before.
SINCE: Final = text("SELECT clock_timestamp() - interval '15 minutes'")

_IDS = "ANY (CAST(:ids AS text[]))"
_NUMBERS = "ANY (CAST(:numbers AS text[]))"
_TEXTS = "CAST(:texts AS text[])"


def _told(column: str) -> str:
    """A number of the person stands in this document. A function would take ten times as long."""
    return f"CAST({column} AS text) LIKE ANY (CAST(:text_patterns AS text[]))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is done to a table's rows `r`."""

    table: str
    statement: str  # up to its WHERE, or AND
    holds: str  # something of the person


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """How a table's rows `r` are found and changed; values are those of `erasure._values_of`."""

    table: str
    keys: Mapping[str, str]  # column → type
    holds: str  # something of the person, or may soon, in one of the tables that are changed
    newer: str  # may have been written after `:since`
    changes: tuple[Change, ...]

    @property
    def find(self) -> TextClause:
        """The keys of the rows that hold something."""
        return text(f"SELECT {', '.join(self.keys)} FROM {self.table} r WHERE {self.holds}")

    def found(self, change: Change) -> TextClause:
        """Change those that were found, by `:{table}_{key}`."""
        arrays = {
            f"r.{key}": f"CAST(:{self.table}_{key} AS {kind}[])" for key, kind in self.keys.items()
        }
        # Each key alone leads to the index; what they have together decides.
        found = [f"{key} = ANY ({array})" for key, array in arrays.items()]
        if len(arrays) > 1:
            both = f"SELECT * FROM unnest({', '.join(arrays.values())})"
            found.append(f"({', '.join(arrays)}) IN ({both})")
        return text(f"{change.statement} {' AND '.join(found)} AND ({change.holds})")

    def since(self, change: Change) -> TextClause:
        """Change those that were written since."""
        return text(f"{change.statement} ({self.newer}) AND ({change.holds})")


def _one(table: str, keys: Mapping[str, str], holds: str, newer: str, statement: str) -> Sweep:
    """A sweep that changes the rows which it finds."""
    change = Change(table=table, statement=statement, holds=holds)
    return Sweep(table=table, keys=keys, holds=holds, newer=newer, changes=(change,))


_IN_MESSAGE = (
    f"r.data ->> 'contact_id' = {_IDS} OR r.data ->> 'attempt_id' = {_IDS} OR {_told('r.personal')}"
)
_IN_COMMAND = (
    f"r.payload ->> 'attempt_id' = {_IDS} OR r.payload ->> 'contact_id' = {_IDS}"
    f" OR r.payload ->> 'callback_id' = {_IDS} OR {_told('r.payload')} OR {_told('r.answer')}"
)
# A report's cells: with the number or what the contact says, and the rest of such rows.
_TOLD_ROWS = """(r.import_id, r.line_number) IN (
        SELECT t.import_id, t.line_number FROM import_rejections t
        WHERE {part} t.value <> '' AND (t.value = ANY (CAST(:values AS text[]))
            OR regexp_replace(t.value, '\\D', '', 'g') LIKE ANY (CAST(:ending_patterns AS text[])))
        UNION SELECT c.import_id, c.file_line FROM consents c
        WHERE c.number = ANY (CAST(:numbers AS text[])) AND c.import_id IS NOT NULL)"""
_IMPORTED_SINCE = """{row}.import_id IN (
        SELECT i.import_id FROM imports i WHERE i.ended_at IS NULL OR i.ended_at >= :since)"""

SWEEPS: Final[tuple[Sweep, ...]] = (
    Sweep(
        table="import_rejections",
        keys={"import_id": "uuid", "place": "bigint"},
        holds=f"r.value <> '' AND {_TOLD_ROWS.format(part='')}",
        newer=f"{_IMPORTED_SINCE.format(row='r')} AND "
        f"{_TOLD_ROWS.format(part=_IMPORTED_SINCE.format(row='t') + ' AND')}",
        changes=(
            Change(
                table="import_rejections",
                statement="UPDATE import_rejections r SET value = '' WHERE",
                holds="r.value <> ''",
            ),
        ),
    ),
    Sweep(
        table="webhook_messages",
        keys={"message_id": "uuid"},
        holds=f"{_IN_MESSAGE} OR {_told('r.data')}",
        newer="r.at >= :since",
        changes=(
            Change(
                table="webhook_deliveries",
                statement="UPDATE webhook_deliveries d SET answer = '' FROM webhook_messages r"
                " WHERE r.message_id = d.message_id AND d.answer <> '' AND",
                holds=f"{_IN_MESSAGE} OR {_told('r.data')}",
            ),
            Change(
                table="webhook_messages",
                statement="UPDATE webhook_messages r SET personal = NULL,"
                f" data = without_texts(r.data, {_TEXTS}) WHERE",
                holds=f"r.personal IS NOT NULL AND ({_IN_MESSAGE}) OR {_told('r.data')}",
            ),
        ),
    ),
    _one(
        "event_log",
        {"event_id": "bigint"},
        f"{_told('r.params')} OR {_told('r.subject_name')}",
        "r.last_at >= :since",
        f"UPDATE event_log r SET params = without_texts(r.params, {_TEXTS}), subject_name ="
        f" CASE WHEN {_told('r.subject_name')} THEN '' ELSE r.subject_name END WHERE",
    ),
    # What agents sent and were answered: notes, fields, numbers.
    Sweep(
        table="floor_commands",
        keys={"command_id": "uuid"},
        holds=_IN_COMMAND,
        newer="r.created_at >= :since",
        changes=(
            Change(
                table="floor_commands",
                statement="UPDATE floor_commands r SET payload = '{}', answer = CASE"
                " WHEN r.answer IS NULL THEN NULL ELSE"
                " jsonb_build_object('ok', coalesce(r.answer -> 'ok', 'false')) END WHERE",
                holds=f"(r.handled_at IS NOT NULL OR r.withdrawn_at IS NOT NULL) AND"
                f" ({_IN_COMMAND})",
            ),
        ),
    ),
    # Whoever asks again learns that nobody knows: it is never done twice.
    _one(
        "idempotency_keys",
        {"key": "text"},
        f"r.answer IS NOT NULL AND ({_told('r.answer')}"
        " OR CAST(r.answer AS text) LIKE ANY (CAST(:contact_patterns AS text[])))",
        "r.created_at >= :since",
        "UPDATE idempotency_keys r SET status = 0, answer = NULL WHERE",
    ),
    _one(
        "data_checks",
        {"data_action_id": "uuid", "key": "text"},
        f"{_told('r.inputs')} OR {_told('r.outputs')} OR r.inputs ->> 'contact_id' = {_IDS}",
        "r.answered_at >= :since OR r.wanted_at IS NOT NULL",
        "DELETE FROM data_checks r WHERE",
    ),
    _one(
        "sandbox_messages",
        {"message_id": "uuid"},
        f"r.recipient = {_NUMBERS} OR {_told('r.text')}",
        "r.created_at >= :since",
        "DELETE FROM sandbox_messages r WHERE",
    ),
)
# Append-only for the program: `erase_kept` changes what these find.
KEPT_ROWS: Final[Mapping[str, TextClause]] = {
    "audit_log": text(f"""
    SELECT a.audit_id FROM audit_log a
    WHERE a.details NOT IN ('{{}}', '{{"erased": true}}')
      AND (a.subject_id = {_IDS} OR a.details ->> 'contact_id' = {_IDS}
           OR a.details ->> 'attempt_id' = {_IDS} OR {_told("a.details")})"""),
    # What the live pages were told of these calls, and of the agents who had them. Before the
    # events: where each floor's end.
    "floors": text("SELECT floor_id, position FROM floors"),
    "events": text(f"""
    WITH calls AS MATERIALIZED (
        SELECT e.floor_id, min(e.position) AS first, max(e.position) AS last
        FROM floors f JOIN events e ON e.floor_id = f.floor_id
            AND e.subject_id = ANY (CAST(:attempts AS uuid[]))
        GROUP BY e.floor_id, e.subject_id)
    SELECT DISTINCT e.floor_id, e.position FROM calls c JOIN events e ON e.floor_id = c.floor_id
        AND e.position BETWEEN c.first AND c.last + 50000
    WHERE {_told("e.data")}"""),
}
KEPT_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "audit_log": ("audit_id",),
    "floors": ("floor_id", "position"),
    "events": ("floor_id", "position"),
}
