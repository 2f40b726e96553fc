-- Consents from columns, opt-outs during a message, screening lists, retention.

ALTER TABLE consents
    ADD COLUMN import_id uuid,                          -- the import whose row said so; it may be gone
    ADD COLUMN file_name text NOT NULL DEFAULT '',
    ADD COLUMN file_line bigint;
ALTER TABLE imports
    ADD COLUMN consents_added bigint NOT NULL DEFAULT 0;

ALTER TABLE compliance_settings
    ADD COLUMN opt_out boolean NOT NULL DEFAULT false,  -- by a key during the message, also where no law demands it
    ADD COLUMN opt_out_key text NOT NULL DEFAULT '9' CHECK (opt_out_key ~ '^[0-9*#]$'),
    ADD COLUMN message_media text NOT NULL DEFAULT '',  -- to people whom no agent can take; '': the program's own
    ADD COLUMN confirmation_media text NOT NULL DEFAULT 'sound:auth-thankyou';
ALTER TABLE attempts ADD COLUMN opted_out_at timestamptz;  -- the key was pressed during the message
ALTER TABLE dnc_entries
    ADD COLUMN attempt_id uuid,                         -- the call in which the person opted out by a key
    DROP CONSTRAINT dnc_entries_source_check,
    ADD CONSTRAINT dnc_entries_source_check
        CHECK (source IN ('user', 'agent', 'upload', 'api', 'rule', 'key'));

ALTER TABLE dnc_lists
    ADD COLUMN screening_authority text,                -- set: the list of an authority (TPS …), kept by its files alone
    ADD COLUMN screening_days integer CHECK (screening_days BETWEEN 1 AND 3650),  -- how old its content may be
    ADD COLUMN screened_at timestamptz;                 -- when its last whole upload was complete

-- Contacts that a DNC entry or a mark alone has finished: looked up when that is taken away.
CREATE INDEX campaign_contacts_barred ON campaign_contacts (contact_id)
    WHERE state = 'finished' AND reason IN ('DNC_LISTED', 'NO_CALLABLE_NUMBER', 'CONTACT_UNCALLABLE');

CREATE TABLE dnc_replacements (                         -- values of an upload that will replace a list's content
    import_id       uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    value           text NOT NULL,
    PRIMARY KEY (import_id, value)
);
ALTER TABLE imports ADD COLUMN rows_removed bigint NOT NULL DEFAULT 0;  -- entries that a replacing upload took away
ALTER TABLE dnc_replacements ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON dnc_replacements
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON dnc_replacements TO kwabo_app;

CREATE TABLE retention_settings (                       -- no row: the program's defaults
    organisation_id uuid PRIMARY KEY REFERENCES organisations,
    days            jsonb NOT NULL DEFAULT '{}',        -- class of data → days, null: for ever
    version         integer NOT NULL DEFAULT 1,
    updated_at      timestamptz NOT NULL
);
CREATE TABLE legal_holds (                              -- what nothing may be erased of while they stand
    legal_hold_id   uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    number          text,                               -- E.164; null: of the whole organisation
    reason          text NOT NULL,
    user_id         uuid,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    ended_by        uuid
);
CREATE INDEX legal_holds_open ON legal_holds (organisation_id, number) WHERE ended_at IS NULL;
CREATE TABLE retention_runs (
    retention_run_id uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    user_id          uuid,                              -- null: by itself
    started_at       timestamptz NOT NULL,
    ended_at         timestamptz,
    removed          jsonb NOT NULL DEFAULT '{}',       -- class of data → rows
    problem          text NOT NULL DEFAULT ''           -- code; '': none
);
CREATE INDEX retention_runs_of ON retention_runs (organisation_id, started_at DESC);
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['retention_settings', 'legal_holds', 'retention_runs'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

CREATE FUNCTION is_held(wanted text) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM legal_holds h WHERE h.organisation_id = current_organisation()
     AND h.ended_at IS NULL AND (h.number IS NULL OR h.number = wanted)) $$;

-- Removes, or counts, at most so many rows of a class that are older than an instant. As the owner,
-- since the program itself may not delete from what is append-only; of this organisation alone, and
-- never what is younger than a day, so that the right to call it is no right to cover traces.
CREATE FUNCTION forget_rows(class text, before timestamptz, at_most integer, dry boolean)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    org uuid := current_organisation();
    oldest_kept uuid;                                   -- ids begin with their milliseconds
    ids uuid[];
    places bigint[];
    numbers text[];
    gone bigint;
BEGIN
    IF org IS NULL OR before > clock_timestamp() - interval '1 day' THEN
        RETURN 0;
    END IF;
    IF EXISTS (SELECT FROM legal_holds h WHERE h.organisation_id = org AND h.ended_at IS NULL
               AND h.number IS NULL) THEN
        RETURN 0;
    END IF;
    oldest_kept := CAST(rpad(lpad(to_hex(CAST(floor(extract(epoch FROM before) * 1000) AS bigint)),
                                  12, '0'), 32, '0') AS uuid);
    CASE class
    WHEN 'call_records' THEN
        ids := ARRAY(SELECT a.attempt_id FROM attempts a
            WHERE a.organisation_id = org AND a.attempt_id < oldest_kept AND a.state = 'closed'
              AND a.closed_at < before AND NOT is_held(a.number)
              AND NOT EXISTS (SELECT FROM agent_presence p WHERE p.attempt_id = a.attempt_id)
              AND NOT EXISTS (SELECT FROM callbacks c WHERE c.attempt_id = a.attempt_id
                              AND c.state = 'open')
            ORDER BY a.attempt_id LIMIT at_most);
        gone := cardinality(ids);
        IF NOT dry AND gone > 0 THEN
            DELETE FROM script_answers WHERE attempt_id = ANY (ids);
            DELETE FROM rule_firings WHERE attempt_id = ANY (ids);
            DELETE FROM call_charges WHERE attempt_id = ANY (ids) AND settled_at IS NOT NULL;
            DELETE FROM wrap_ups WHERE attempt_id = ANY (ids);
            DELETE FROM attempts WHERE attempt_id = ANY (ids);
            -- The totals of campaigns stay: the lines that this transaction has taken off go.
            DELETE FROM tallies y WHERE y.organisation_id = org AND y.amount < 0
                AND y.xmin = CAST(pg_current_xact_id() AS xid);
        END IF;
    WHEN 'callbacks' THEN
        ids := ARRAY(SELECT c.callback_id FROM callbacks c WHERE c.organisation_id = org
            AND c.state <> 'open' AND coalesce(c.changed_at, c.due_at) < before
            AND NOT is_held(c.number) LIMIT at_most);
        gone := cardinality(ids);
        IF NOT dry THEN
            DELETE FROM callbacks WHERE callback_id = ANY (ids);
        END IF;
    WHEN 'events' THEN
        -- Of agents and campaigns the newest event says how they are; calls have ended.
        places := ARRAY(SELECT e.position FROM events e WHERE e.organisation_id = org
            AND e.at < before AND (e.kind LIKE 'attempt.%' OR e.subject_id IS NULL
                OR EXISTS (SELECT FROM events n WHERE n.floor_id = e.floor_id
                           AND n.subject_id = e.subject_id AND n.position > e.position))
            ORDER BY e.floor_id, e.position LIMIT at_most);
        gone := cardinality(places);
        IF NOT dry THEN
            DELETE FROM events e USING floors f WHERE f.organisation_id = org
                AND e.floor_id = f.floor_id AND e.position = ANY (places) AND e.at < before;
        END IF;
    WHEN 'floor_commands' THEN
        ids := ARRAY(SELECT c.command_id FROM floor_commands c WHERE c.organisation_id = org
            AND c.command_id < oldest_kept AND c.created_at < before
            AND (c.handled_at IS NOT NULL OR c.withdrawn_at IS NOT NULL)
            ORDER BY c.command_id LIMIT at_most);
        gone := cardinality(ids);
        IF NOT dry THEN
            DELETE FROM floor_commands WHERE command_id = ANY (ids);
        END IF;
    WHEN 'audit' THEN
        places := ARRAY(SELECT a.audit_id FROM audit_log a WHERE a.organisation_id = org
            AND a.at < before ORDER BY a.audit_id LIMIT at_most);
        gone := cardinality(places);
        IF NOT dry THEN
            DELETE FROM audit_log WHERE organisation_id = org AND audit_id = ANY (places);
        END IF;
    WHEN 'consents' THEN
        -- All lines of a number or none: without its withdrawal an older consent would stand again.
        numbers := ARRAY(SELECT c.number FROM consents c WHERE c.organisation_id = org
            AND NOT is_held(c.number)
            GROUP BY c.number HAVING max(c.created_at) < before
                AND max(c.valid_until) IS NOT DISTINCT FROM NULL OR max(c.created_at) < before
                AND max(c.valid_until) < before
            LIMIT greatest(1, at_most / 10));
        SELECT count(*) INTO gone FROM consents c
            WHERE c.organisation_id = org AND c.number = ANY (numbers);
        IF NOT dry THEN
            DELETE FROM consents c WHERE c.organisation_id = org AND c.number = ANY (numbers);
        END IF;
    WHEN 'contacts' THEN
        ids := ARRAY(SELECT c.contact_id FROM contacts c WHERE c.organisation_id = org
            AND c.updated_at < before AND NOT EXISTS (SELECT FROM legal_holds h
                WHERE h.organisation_id = org AND h.ended_at IS NULL AND h.number = ANY (c.numbers))
            AND NOT EXISTS (SELECT FROM attempts a WHERE a.contact_id = c.contact_id
                AND (a.state <> 'closed' OR a.closed_at >= before))
            AND NOT EXISTS (SELECT FROM callbacks b WHERE b.contact_id = c.contact_id
                AND b.state = 'open')
            AND NOT EXISTS (SELECT FROM campaigns k WHERE k.contact_list_id = c.contact_list_id
                AND k.state IN ('running', 'pausing'))
            LIMIT at_most FOR UPDATE SKIP LOCKED);
        gone := cardinality(ids);
        IF NOT dry THEN
            DELETE FROM contacts WHERE contact_id = ANY (ids);
        END IF;
    WHEN 'dnc_checks' THEN
        WITH old AS MATERIALIZED (SELECT k.dnc_list_id, k.number FROM dnc_checks k
            WHERE k.organisation_id = org AND k.checked_at < before AND k.wanted_at IS NULL
            LIMIT at_most FOR UPDATE SKIP LOCKED),
        deleted AS (DELETE FROM dnc_checks k USING old o WHERE NOT dry
            AND k.dnc_list_id = o.dnc_list_id AND k.number = o.number)
        SELECT count(*) INTO gone FROM old;
    WHEN 'imports' THEN
        ids := ARRAY(SELECT i.import_id FROM imports i WHERE i.organisation_id = org
            AND i.state NOT IN ('waiting', 'running')
            AND coalesce(i.ended_at, i.created_at) < before
            ORDER BY i.created_at, i.import_id LIMIT least(at_most, 20));
        gone := cardinality(ids);
        IF NOT dry THEN
            DELETE FROM imports WHERE import_id = ANY (ids);
        END IF;
    WHEN 'what_ifs' THEN
        ids := ARRAY(SELECT w.what_if_id FROM what_ifs w WHERE w.organisation_id = org
            AND w.state NOT IN ('waiting', 'running') AND w.created_at < before LIMIT at_most);
        gone := cardinality(ids);
        IF NOT dry THEN
            DELETE FROM what_ifs WHERE what_if_id = ANY (ids);
        END IF;
    WHEN 'call_usage' THEN
        WITH old AS MATERIALIZED (SELECT u.country, u.per, u.starts_at FROM call_usage u
            WHERE u.organisation_id = org AND u.starts_at < before LIMIT at_most),
        deleted AS (DELETE FROM call_usage u USING old o WHERE NOT dry AND u.organisation_id = org
            AND u.country = o.country AND u.per = o.per AND u.starts_at = o.starts_at)
        SELECT count(*) INTO gone FROM old;
    WHEN 'call_charges' THEN
        places := ARRAY(SELECT c.charge_id FROM call_charges c WHERE c.organisation_id = org
            AND c.settled_at < before AND NOT is_held(c.number) LIMIT at_most);
        gone := cardinality(places);
        IF NOT dry THEN
            DELETE FROM call_charges WHERE charge_id = ANY (places);
        END IF;
    END CASE;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION forget_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_rows, is_held TO kwabo_app;
