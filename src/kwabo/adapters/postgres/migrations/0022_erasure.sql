-- Erasure of one person.

CREATE TABLE erasures (                                 -- that somebody was erased, never who it was
    erasure_id       uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    person_id        uuid NOT NULL,                     -- leads to nothing any more
    user_id          uuid,
    reason           text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500),
    keep_do_not_call boolean NOT NULL,
    counts           jsonb NOT NULL,                    -- table → rows
    files            integer NOT NULL,
    erased_at        timestamptz NOT NULL,
    digest           text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$')   -- of the receipt; also in the audit log
);
CREATE INDEX erasures_newest ON erasures (organisation_id, erased_at DESC, erasure_id DESC);
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON erasures
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT ON erasures TO kwabo_app;

-- Where a number stands in rows that are not found by contact or call.
CREATE INDEX attempts_transferred ON attempts (organisation_id, transferred_to)
    WHERE transferred_to IS NOT NULL;
CREATE INDEX call_charges_by_number ON call_charges (organisation_id, number);

-- As before, but that the owner may take the numbers off a closed attempt.
CREATE OR REPLACE FUNCTION attempts_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' THEN
        IF current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID)
           AND NEW.number IN (OLD.number, '') AND (NEW.transferred_to IS NULL
               OR NEW.transferred_to = OLD.transferred_to)
           AND to_jsonb(NEW) - ARRAY['number', 'transferred_to']
               = to_jsonb(OLD) - ARRAY['number', 'transferred_to'] THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'attempt % is closed and cannot change', OLD.attempt_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF attempt_state_rank(NEW.state) < attempt_state_rank(OLD.state) THEN
        RAISE EXCEPTION 'attempt % cannot go from % back to %', OLD.attempt_id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.fencing < OLD.fencing THEN
        RAISE EXCEPTION 'attempt % belongs to a newer owner of the floor', OLD.attempt_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION holds_text(wanted text, texts text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT EXISTS (SELECT FROM unnest(texts) t WHERE strpos(wanted, t) > 0) $$;

-- A document whose strings and keys hold none of the texts; numbers of rows and codes stay.
CREATE FUNCTION without_texts(document jsonb, texts text[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    CASE jsonb_typeof(document)
    WHEN 'string' THEN
        RETURN CASE WHEN holds_text(document #>> '{}', texts) THEN '""' ELSE document END;
    WHEN 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(without_texts(e.value, texts) ORDER BY e.ordinality)
            FROM jsonb_array_elements(document) WITH ORDINALITY e), '[]');
    WHEN 'object' THEN
        RETURN coalesce((SELECT jsonb_object_agg(e.key, without_texts(e.value, texts))
            FROM jsonb_each(document) e WHERE NOT holds_text(e.key, texts)), '{}');
    ELSE
        RETURN document;
    END CASE;
END $$;

-- Takes a person out of what is append-only for the program: its texts go, rows and codes stay. Only
-- of contacts that have been erased already, never of what is held.
CREATE FUNCTION erase_kept(contacts_erased uuid[], numbers text[], attempts_of uuid[],
                           subjects uuid[])
RETURNS TABLE (place text, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    org uuid := current_organisation();
    texts text[] := ARRAY(SELECT ltrim(n, '+') FROM unnest(numbers) n);
    ids text[] := ARRAY(SELECT CAST(s AS text) FROM unnest(contacts_erased || attempts_of || subjects) s);
    window_of record;
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

    -- What the live pages were told of these calls, and of the agents who had them.
    UPDATE events e SET data = without_texts(e.data, texts) FROM floors f
    WHERE f.organisation_id = org AND e.floor_id = f.floor_id AND e.subject_id = ANY (attempts_of)
      AND holds_text(CAST(e.data AS text), texts);
    GET DIAGNOSTICS gone = ROW_COUNT;
    FOR window_of IN
        SELECT e.floor_id, min(e.position) AS first, max(e.position) AS last
        FROM floors f JOIN events e ON e.floor_id = f.floor_id AND e.subject_id = ANY (attempts_of)
        WHERE f.organisation_id = org GROUP BY e.floor_id, e.subject_id
    LOOP
        UPDATE events e SET data = without_texts(e.data, texts)
        WHERE e.floor_id = window_of.floor_id
          AND e.position BETWEEN window_of.first AND window_of.last + 50000
          AND holds_text(CAST(e.data AS text), texts);
        GET DIAGNOSTICS more = ROW_COUNT;
        gone := gone + more;
    END LOOP;
    RETURN QUERY SELECT 'events', gone;

    UPDATE audit_log a SET details = CASE
            WHEN a.subject_id = ANY (ids) OR a.details ->> 'contact_id' = ANY (ids)
                OR a.details ->> 'attempt_id' = ANY (ids) THEN '{"erased": true}'
            ELSE without_texts(a.details, texts) END
    WHERE a.organisation_id = org AND a.details NOT IN ('{}', '{"erased": true}')
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
GRANT EXECUTE ON FUNCTION erase_kept, holds_text, without_texts TO kwabo_app;
