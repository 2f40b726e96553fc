-- What a scheduled import's template takes nothing of, said in the run's report.
ALTER TABLE import_schedule_files ADD COLUMN columns_left_out text[] NOT NULL DEFAULT '{}';

-- What was written in the last quarter of an hour, for an erasure.
CREATE INDEX floor_commands_newest ON floor_commands (organisation_id, created_at);
CREATE INDEX idempotency_keys_age ON idempotency_keys (organisation_id, created_at);
CREATE INDEX data_checks_newest ON data_checks (organisation_id, answered_at);

-- As before, but that of the audit log and the events it looks only at rows which were found while
-- nobody waited, and at those written since: nobody waits while a long log is read.
DROP FUNCTION erase_kept(uuid[], text[], uuid[], uuid[]);
CREATE FUNCTION erase_kept(contacts_erased uuid[], numbers text[], attempts_of uuid[],
                           subjects uuid[], audit_found bigint[], audit_since timestamptz,
                           event_floors uuid[], event_positions bigint[],
                           floors_then uuid[], positions_then bigint[])
RETURNS TABLE (place text, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    org uuid := current_organisation();
    texts text[] := ARRAY(SELECT ltrim(n, '+') FROM unnest(numbers) n);
    ids text[] := ARRAY(SELECT CAST(s AS text) FROM unnest(contacts_erased || attempts_of || subjects) s);
    gone bigint;
    more bigint;
BEGIN
    IF org IS NULL
       OR EXISTS (SELECT FROM unnest(numbers) n WHERE n !~ '^\+[0-9]{6,15}$' OR is_held(n))
       OR EXISTS (SELECT FROM legal_holds h WHERE h.organisation_id = org AND h.ended_at IS NULL
                  AND h.number IS NULL)
       OR EXISTS (SELECT FROM contacts c WHERE c.contact_id = ANY (contacts_erased)
                  AND (c.organisation_id <> org OR c.uncallable_reason IS DISTINCT FROM 'ERASED'))
       OR EXISTS (SELECT FROM attempts a WHERE a.attempt_id = ANY (attempts_of)
                  AND (a.organisation_id <> org OR a.state <> 'closed'
                       OR a.contact_id <> ALL (contacts_erased) AND a.number <> ALL (numbers)))
    THEN
        RAISE EXCEPTION 'this may not be erased' USING ERRCODE = 'insufficient_privilege';
    END IF;

    UPDATE wrap_ups w SET notes = '', fields = '{}'
    WHERE w.organisation_id = org AND w.attempt_id = ANY (attempts_of)
      AND (w.notes <> '' OR w.fields <> '{}');
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN QUERY SELECT 'wrap_ups', gone;

    UPDATE rule_firings r SET number = '' WHERE r.organisation_id = org AND r.number <> ''
        AND (r.contact_id = ANY (contacts_erased) OR r.attempt_id = ANY (attempts_of));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN QUERY SELECT 'rule_firings', gone;

    DELETE FROM consents c WHERE c.organisation_id = org
        AND (c.number = ANY (numbers) OR c.contact_id = ANY (contacts_erased));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN QUERY SELECT 'consents', gone;

    UPDATE events e SET data = without_texts(e.data, texts)
    FROM unnest(event_floors, event_positions) AS t (floor_id, position), floors f
    WHERE f.organisation_id = org AND f.floor_id = t.floor_id
      AND e.floor_id = t.floor_id AND e.position = t.position
      AND holds_text(CAST(e.data AS text), texts);
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE events e SET data = without_texts(e.data, texts)
    FROM floors f LEFT JOIN unnest(floors_then, positions_then) AS t (floor_id, position)
        ON t.floor_id = f.floor_id
    WHERE f.organisation_id = org AND e.floor_id = f.floor_id
      AND e.position > coalesce(t.position, 0) AND holds_text(CAST(e.data AS text), texts);
    GET DIAGNOSTICS more = ROW_COUNT;
    gone := gone + more;
    RETURN QUERY SELECT 'events', gone;

    UPDATE audit_log a SET details = CASE
            WHEN a.subject_id = ANY (ids) OR a.details ->> 'contact_id' = ANY (ids)
                OR a.details ->> 'attempt_id' = ANY (ids) THEN '{"erased": true}'
            ELSE without_texts(a.details, texts) END
    WHERE a.organisation_id = org AND (a.audit_id = ANY (audit_found) OR a.at >= audit_since)
      AND a.details NOT IN ('{}', '{"erased": true}')
      AND (a.subject_id = ANY (ids) OR a.details ->> 'contact_id' = ANY (ids)
           OR a.details ->> 'attempt_id' = ANY (ids)
           OR holds_text(CAST(a.details AS text), texts));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN QUERY SELECT 'audit_log', gone;

    -- Calls last: by their numbers and contacts the guard above knows them.
    UPDATE attempts a SET number = '', transferred_to = NULL
    WHERE a.organisation_id = org AND a.attempt_id = ANY (attempts_of)
      AND (a.number <> '' OR a.transferred_to IS NOT NULL);
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE attempts a SET transferred_to = NULL
    WHERE a.organisation_id = org AND a.transferred_to = ANY (numbers);
    RETURN QUERY SELECT 'attempts', gone;
END $$;
REVOKE ALL ON FUNCTION erase_kept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_kept TO kwabo_app;
