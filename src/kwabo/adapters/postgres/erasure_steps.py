"""What is taken out of each table for one person, in this order.

A step's statement says by its row count out of how many rows something went. It may name the values
of `erasure._values_of`. A new table with something about a person gets a step here, or a place in
`erase_kept` when the program may not change it; `tests/api/test_erasure.py` misses it otherwise.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.sql.elements import TextClause

_CONTACTS = "ANY (CAST(:contacts AS uuid[]))"
_ATTEMPTS = "ANY (CAST(:attempts AS uuid[]))"
_NUMBERS = "ANY (CAST(:numbers AS text[]))"
_IDS = "ANY (CAST(:ids AS text[]))"
_TEXTS = "CAST(:texts AS text[])"


def _told(column: str) -> str:
    """A number of the person stands in this document."""
    return f"holds_text(CAST({column} AS text), {_TEXTS})"


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
        text(f"""
    DELETE FROM data_checks WHERE {_told("inputs")} OR {_told("outputs")}
        OR inputs ->> 'contact_id' = {_IDS}
        OR (data_action_id, key) IN (SELECT a, k FROM unnest(CAST(:question_actions AS uuid[]),
            CAST(:question_keys AS text[])) AS q (a, k))"""),
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
        text(f"""
    DELETE FROM dnc_entries e USING dnc_lists l
    WHERE l.dnc_list_id = e.dnc_list_id AND l.screening_authority IS NULL
      AND (l.key_column IS NULL AND NOT :keep AND e.value = {_NUMBERS}
           OR (l.key_column, e.value) IN (SELECT c, v FROM unnest(
               CAST(:list_columns AS text[]), CAST(:list_values AS text[])) AS q (c, v)))"""),
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
    # A report's cells: with the number or what the contact says, and the rest of such rows.
    (
        "import_rejections",
        text("""
    WITH told AS (
        SELECT DISTINCT import_id, line_number FROM import_rejections
        WHERE value <> '' AND (value = ANY (CAST(:values AS text[]))
            OR holds_text(regexp_replace(value, '\\D', '', 'g'), CAST(:endings AS text[])))
        UNION SELECT import_id, file_line FROM consents
        WHERE number = ANY (CAST(:numbers AS text[])) AND import_id IS NOT NULL)
    UPDATE import_rejections r SET value = '' FROM told t
    WHERE r.import_id = t.import_id AND r.line_number = t.line_number AND r.value <> ''"""),
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
        "webhook_deliveries",
        text(f"""
    UPDATE webhook_deliveries d SET answer = '' FROM webhook_messages m
    WHERE m.message_id = d.message_id AND d.answer <> '' AND (m.data ->> 'contact_id' = {_IDS}
        OR m.data ->> 'attempt_id' = {_IDS} OR {_told("m.personal")} OR {_told("m.data")})"""),
    ),
    (
        "webhook_messages",
        text(f"""
    UPDATE webhook_messages m SET personal = NULL, data = without_texts(data, {_TEXTS})
    WHERE (m.personal IS NOT NULL AND (m.data ->> 'contact_id' = {_IDS}
           OR m.data ->> 'attempt_id' = {_IDS} OR {_told("m.personal")})) OR {_told("m.data")}"""),
    ),
    (
        "event_log",
        text(f"""
    UPDATE event_log SET params = without_texts(params, {_TEXTS}),
        subject_name = CASE WHEN holds_text(subject_name, {_TEXTS}) THEN '' ELSE subject_name END
    WHERE {_told("params")} OR holds_text(subject_name, {_TEXTS})"""),
    ),
    # What agents sent and were answered: notes, fields, numbers.
    (
        "floor_commands",
        text(f"""
    UPDATE floor_commands SET payload = '{{}}',
        answer = CASE WHEN answer IS NULL THEN NULL ELSE
            jsonb_build_object('ok', coalesce(answer -> 'ok', 'false')) END
    WHERE (handled_at IS NOT NULL OR withdrawn_at IS NOT NULL)
      AND (payload ->> 'attempt_id' = {_IDS} OR payload ->> 'contact_id' = {_IDS}
           OR payload ->> 'callback_id' = {_IDS} OR {_told("payload")} OR {_told("answer")})"""),
    ),
    # Whoever asks again learns that nobody knows: it is never done twice.
    (
        "idempotency_keys",
        text(f"""
    UPDATE idempotency_keys SET status = 0, answer = NULL
    WHERE answer IS NOT NULL AND ({_told("answer")}
        OR holds_text(CAST(answer AS text), CAST(:contact_texts AS text[])))"""),
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
        "sandbox_messages",
        text(f"""
    DELETE FROM sandbox_messages
    WHERE recipient = {_NUMBERS} OR holds_text(text, {_TEXTS})"""),
    ),
    (
        "early_media_recordings",
        text(f"DELETE FROM early_media_recordings WHERE attempt_id = {_ATTEMPTS}"),
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
        CAST(:attempts AS uuid[]), CAST(:others AS uuid[]))
""")
