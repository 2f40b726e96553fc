"""What is taken out of each table for one person, in this order.

A step's statement says by its row count out of how many rows something went. It may name the values
of `erasure._values_of`. A new table with something about a person gets a step here, in
`erasure_sweeps.py` when no index leads to its rows, or a place in `erase_kept` when the program may
not change it; `tests/api/test_erasure.py` misses it otherwise. Claims wait while these steps go on.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.sql.elements import TextClause

_CONTACTS = "ANY (CAST(:contacts AS uuid[]))"
_ATTEMPTS = "ANY (CAST(:attempts AS uuid[]))"
_NUMBERS = "ANY (CAST(:numbers AS text[]))"
_IDS = "ANY (CAST(:ids AS text[]))"


# The contact stays as an empty row, so that counts of lists and campaigns stay what they were.
FIRST: tuple[tuple[str, TextClause], ...] = (
    (
        "contacts",
        text(f"""
    UPDATE contacts SET data = '{{}}', numbers = '{{}}', number_labels = '{{}}',
        uncallable_numbers = '{{}}', uncallable_number_reasons = '{{}}', external_key = NULL,
        time_zone = NULL, language = NULL, callable = false, uncallable_reason = 'ERASED',
        version = version + 1, updated_at = :at
    WHERE contact_id = {_CONTACTS}"""),
    ),
    # Values by which orders of campaigns place it.
    (
        "campaign_order",
        text(f"UPDATE campaign_order SET rank = '' WHERE contact_id = {_CONTACTS} AND rank <> ''"),
    ),
    (
        "callbacks",
        text(f"""
    UPDATE callbacks SET number = '', note = '',
        reason = CASE WHEN state = 'open' THEN 'ERASED' WHEN reason ~ '^[A-Z_]*$' THEN reason
                      ELSE '' END,
        changed_at = CASE WHEN state = 'open' THEN :at ELSE changed_at END,
        state = CASE WHEN state = 'open' THEN 'cancelled' ELSE state END
    WHERE contact_id = {_CONTACTS} OR callback_id = ANY (CAST(:others AS uuid[]))"""),
    ),
    (
        "script_answers",
        text(f"""
    UPDATE script_answers SET answers = '{{}}', pii_answers = '{{}}'
    WHERE (attempt_id = {_ATTEMPTS} OR contact_id = {_CONTACTS})
      AND (answers <> '{{}}' OR pii_answers <> '{{}}')"""),
    ),
    (
        "data_deliveries",
        text(f"""
    UPDATE data_deliveries SET number = '', inputs = NULL, next_at = NULL, taken_until = NULL,
        failure = CASE WHEN state = 'waiting' THEN 'ERASED' ELSE failure END,
        state = CASE WHEN state = 'waiting' THEN 'given_up' ELSE state END
    WHERE contact_id = {_CONTACTS} OR attempt_id = {_ATTEMPTS}"""),
    ),
    (
        "data_checks",
        text("""
    DELETE FROM data_checks WHERE (data_action_id, key) IN (SELECT a, k FROM unnest(
        CAST(:question_actions AS uuid[]), CAST(:question_keys AS text[])) AS q (a, k))"""),
    ),
    (
        "call_charges",
        text(f"""
    UPDATE call_charges SET number = '' WHERE organisation_id = current_organisation()
        AND number = {_NUMBERS}"""),
    ),
    (
        "dnc_checks",
        text(f"DELETE FROM dnc_checks WHERE number = {_NUMBERS}"),
    ),
    # An authority's list stays as its file says; entries by column are never kept.
    (
        "dnc_entries",
        text("""
    DELETE FROM dnc_entries e USING (
        SELECT l.dnc_list_id, n AS value FROM dnc_lists l, unnest(CAST(:numbers AS text[])) n
        WHERE l.screening_authority IS NULL AND l.key_column IS NULL AND NOT :keep
        UNION
        SELECT l.dnc_list_id, q.v FROM dnc_lists l JOIN unnest(
            CAST(:list_columns AS text[]), CAST(:list_values AS text[])) AS q (c, v)
            ON q.c = l.key_column
        WHERE l.screening_authority IS NULL) t
    WHERE e.dnc_list_id = t.dnc_list_id AND e.value = t.value"""),
    ),
    (
        "dnc_entries",
        text(f"""
    UPDATE dnc_entries e SET reason = '', attempt_id = NULL FROM dnc_lists l
    WHERE l.dnc_list_id = e.dnc_list_id AND l.screening_authority IS NULL AND e.value = {_NUMBERS}
      AND (e.reason <> '' OR e.attempt_id IS NOT NULL)"""),
    ),
    (
        "dnc_replacements",
        text(f"""
    DELETE FROM dnc_replacements r USING imports i, dnc_lists l
    WHERE i.import_id = r.import_id AND l.dnc_list_id = i.dnc_list_id
      AND l.screening_authority IS NULL AND NOT :keep AND r.value = {_NUMBERS}"""),
    ),
    (
        "legal_holds",
        text(f"""
    UPDATE legal_holds SET number = '', reason = ''
    WHERE ended_at IS NOT NULL AND number = {_NUMBERS}"""),
    ),
    (
        "imports",
        text("""
    UPDATE imports SET state = 'cancelled', error_code = 'FILE_GONE', file_bytes = 0
    WHERE import_id = ANY (CAST(:uploads AS uuid[]))"""),
    ),
    # Of the check of a change of columns: samples of values.
    (
        "column_changes",
        text(f"""
    UPDATE column_changes c SET report = jsonb_set(c.report, '{{samples}}', coalesce((
        SELECT jsonb_agg(s) FROM jsonb_array_elements(c.report -> 'samples') s
        WHERE NOT coalesce(s ->> 'contact_id' = {_IDS}, false)), '[]'))
    WHERE EXISTS (SELECT FROM jsonb_array_elements(c.report -> 'samples') s
                  WHERE s ->> 'contact_id' = {_IDS})"""),
    ),
    (
        "voicemails",
        text(f"DELETE FROM voicemails WHERE attempt_id = {_ATTEMPTS} OR number = {_NUMBERS}"),
    ),
    (
        "wanted_messages",
        text(f"""
    DELETE FROM wanted_messages WHERE attempt_id = {_ATTEMPTS} OR contact_id = {_CONTACTS}
        OR recipient = {_NUMBERS}"""),
    ),
    (
        "incident_notices",
        text(f"DELETE FROM incident_notices WHERE number = {_NUMBERS}"),
    ),
    (
        "early_media_recordings",
        text(f"DELETE FROM early_media_recordings WHERE attempt_id = {_ATTEMPTS}"),
    ),
    (
        "flow_recordings",
        text(f"DELETE FROM flow_recordings WHERE attempt_id = {_ATTEMPTS}"),
    ),
)

# After the triggers of `contacts` have had their say.
LAST: tuple[tuple[str, TextClause], ...] = (
    (
        "persons_apart",
        text(
            "DELETE FROM persons_apart WHERE person_id = :person_id OR other_person_id = :person_id"
        ),
    ),
    (
        "person_merges",
        text(f"""
    DELETE FROM person_merges WHERE kept_person_id = :person_id OR merged_person_id = :person_id
        OR contact_id = {_CONTACTS} OR addresses && CAST(:numbers AS text[])"""),
    ),
    (
        "person_addresses",
        text(f"DELETE FROM person_addresses WHERE kind = 'phone' AND address = {_NUMBERS}"),
    ),
)
FLOWS = text("""
    SELECT erase_flows(CAST(:contacts AS uuid[]), CAST(:attempts AS uuid[]))
""")
KEPT = text("""
    SELECT place, amount FROM erase_kept(CAST(:contacts AS uuid[]), CAST(:numbers AS text[]),
        CAST(:attempts AS uuid[]), CAST(:others AS uuid[]), CAST(:audit_log_audit_id AS bigint[]),
        :since, CAST(:events_floor_id AS uuid[]), CAST(:events_position AS bigint[]),
        CAST(:floors_floor_id AS uuid[]), CAST(:floors_position AS bigint[]))
""")
