-- What lists of a million ask for: counts kept beside the rows, indexes.

-- Whether a campaign is through with its list: asked at each look at it.
CREATE INDEX campaign_contacts_in_progress ON campaign_contacts (campaign_id)
    WHERE state = 'in_progress';

-- Pages of a list's contacts, and those of them that cannot be called.
CREATE INDEX contacts_by_position ON contacts (contact_list_id, position);
CREATE INDEX contacts_uncallable ON contacts (contact_list_id, position) WHERE NOT callable;

-- ── Tallies ──────────────────────────────────────────────────────────────────────────────────────
-- A count is the sum of its lines. Whoever writes rows adds lines in the same statement (triggers
-- below), so a count is that of the rows in every snapshot, also after a crash; and since lines are
-- only ever added, writers of one count never wait for each other. Upkeep folds lines together.

CREATE TABLE tallies (
    organisation_id uuid NOT NULL,
    subject_id      uuid NOT NULL,                  -- a contact list, a DNC list, a campaign
    kind            text COLLATE "C" NOT NULL,      -- contacts, entries, course, called, closed …
    key             text COLLATE "C" NOT NULL DEFAULT '',   -- a state, a result, milliseconds …
    amount          bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0.0, autovacuum_vacuum_insert_threshold = 20000,
        autovacuum_analyze_scale_factor = 0.5, autovacuum_analyze_threshold = 5000);
CREATE INDEX tallies_of_subject ON tallies (subject_id, kind, key) INCLUDE (amount);

-- Conversations whose outcome has not been written yet: a new owner of the floor owes them.
CREATE TABLE wrap_ups_owed (
    attempt_id      uuid PRIMARY KEY REFERENCES attempts ON DELETE CASCADE,
    organisation_id uuid NOT NULL,
    campaign_id     uuid NOT NULL
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['tallies', 'wrap_ups_owed'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

-- Each function answers for one table; `added` and `gone` are the rows of the statement.
CREATE FUNCTION tally_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO tallies (organisation_id, subject_id, kind, amount)
        SELECT organisation_id, contact_list_id, 'contacts', count(*) FROM added GROUP BY 1, 2;
    ELSE
        INSERT INTO tallies (organisation_id, subject_id, kind, amount)
        SELECT organisation_id, contact_list_id, 'contacts', -count(*) FROM gone GROUP BY 1, 2;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_added AFTER INSERT ON contacts REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION tally_contacts();
CREATE TRIGGER tally_gone AFTER DELETE ON contacts REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION tally_contacts();

CREATE FUNCTION tally_dnc_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO tallies (organisation_id, subject_id, kind, amount)
        SELECT organisation_id, dnc_list_id, 'entries', count(*) FROM added GROUP BY 1, 2;
    ELSE
        INSERT INTO tallies (organisation_id, subject_id, kind, amount)
        SELECT organisation_id, dnc_list_id, 'entries', -count(*) FROM gone GROUP BY 1, 2;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_added AFTER INSERT ON dnc_entries REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION tally_dnc_entries();
CREATE TRIGGER tally_gone AFTER DELETE ON dnc_entries REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION tally_dnc_entries();

-- course: how many are in each state. called: how many were dialled at least once.
CREATE FUNCTION tally_courses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT c.organisation_id, c.campaign_id, t.kind, t.key, count(*)
        FROM added c, LATERAL (VALUES ('course', c.state, true), ('called', '', c.attempts > 0))
            AS t (kind, key, counts)
        WHERE t.counts GROUP BY 1, 2, 3, 4;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT c.organisation_id, c.campaign_id, t.kind, t.key, -count(*)
        FROM gone c, LATERAL (VALUES ('course', c.state, true), ('called', '', c.attempts > 0))
            AS t (kind, key, counts)
        WHERE t.counts GROUP BY 1, 2, 3, 4;
    ELSE
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT c.organisation_id, c.campaign_id, t.kind, t.key, sum(c.sign)
        FROM (SELECT organisation_id, campaign_id, state, attempts, 1 AS sign FROM added
              UNION ALL SELECT organisation_id, campaign_id, state, attempts, -1 FROM gone) c,
             LATERAL (VALUES ('course', c.state, true), ('called', '', c.attempts > 0))
            AS t (kind, key, counts)
        WHERE t.counts GROUP BY 1, 2, 3, 4 HAVING sum(c.sign) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_added AFTER INSERT ON campaign_contacts REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION tally_courses();
CREATE TRIGGER tally_changed AFTER UPDATE ON campaign_contacts
    REFERENCING NEW TABLE AS added OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION tally_courses();
CREATE TRIGGER tally_gone AFTER DELETE ON campaign_contacts REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION tally_courses();

-- Of an attempt: closed (by result), dialled (those closed), answered, abandoned (by a person), and
-- the milliseconds from a person's answer to the agent.
CREATE FUNCTION lines_of_attempt(a attempts) RETURNS TABLE (kind text, key text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT t.kind, t.key FROM (VALUES
       ('closed', a.result, a.state = 'closed'),
       ('dialled', '', a.state = 'closed' AND a.dialling_at IS NOT NULL),
       ('answered', '', a.result = 'person' AND a.answered_at IS NOT NULL),
       ('abandoned', '', a.result = 'person' AND a.abandoned),
       ('wait', CAST(round(1000 * extract(epoch FROM a.connected_at - a.answered_at)) AS text),
        a.connected_at IS NOT NULL AND a.answered_at IS NOT NULL))
       AS t (kind, key, counts)
   WHERE t.counts $$;

CREATE FUNCTION tally_attempts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT a.organisation_id, a.campaign_id, t.kind, t.key, count(*)
        FROM added a, lines_of_attempt(a) t GROUP BY 1, 2, 3, 4;
        INSERT INTO wrap_ups_owed (attempt_id, organisation_id, campaign_id)
        SELECT attempt_id, organisation_id, campaign_id FROM added WHERE result = 'person';
    ELSE
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT a.organisation_id, a.campaign_id, t.kind, t.key, -count(*)
        FROM gone a, lines_of_attempt(a) t GROUP BY 1, 2, 3, 4;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_added AFTER INSERT ON attempts REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION tally_attempts();
CREATE TRIGGER tally_gone AFTER DELETE ON attempts REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION tally_attempts();

-- By row: few of an attempt's changes count, and a closed one does not change any more.
CREATE FUNCTION tally_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
    SELECT NEW.organisation_id, NEW.campaign_id, t.kind, t.key, 1
    FROM (SELECT n.kind, n.key FROM lines_of_attempt(NEW) n
          EXCEPT SELECT o.kind, o.key FROM lines_of_attempt(OLD) o) t;
    IF NEW.result = 'person' THEN
        INSERT INTO wrap_ups_owed (attempt_id, organisation_id, campaign_id)
        SELECT NEW.attempt_id, NEW.organisation_id, NEW.campaign_id
        WHERE NOT EXISTS (SELECT FROM wrap_ups w WHERE w.attempt_id = NEW.attempt_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_changed AFTER UPDATE ON attempts FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed'
          OR NEW.connected_at IS NOT NULL AND OLD.connected_at IS NULL) EXECUTE FUNCTION tally_attempt();

-- By the code's id, or by the system's own word for it.
CREATE FUNCTION tally_wrap_ups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT organisation_id, campaign_id,
               CASE WHEN wrap_up_code_id IS NULL THEN 'system_code' ELSE 'wrap_up_code' END,
               coalesce(CAST(wrap_up_code_id AS text), system_code), count(*)
        FROM added GROUP BY 1, 2, 3, 4;
        DELETE FROM wrap_ups_owed o USING added w WHERE o.attempt_id = w.attempt_id;
    ELSE
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT organisation_id, campaign_id,
               CASE WHEN wrap_up_code_id IS NULL THEN 'system_code' ELSE 'wrap_up_code' END,
               coalesce(CAST(wrap_up_code_id AS text), system_code), -count(*)
        FROM gone GROUP BY 1, 2, 3, 4;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_added AFTER INSERT ON wrap_ups REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION tally_wrap_ups();
CREATE TRIGGER tally_gone AFTER DELETE ON wrap_ups REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION tally_wrap_ups();

-- The counts as they are by now.
INSERT INTO tallies (organisation_id, subject_id, kind, amount)
SELECT organisation_id, contact_list_id, 'contacts', count(*) FROM contacts GROUP BY 1, 2
UNION ALL SELECT organisation_id, dnc_list_id, 'entries', count(*) FROM dnc_entries GROUP BY 1, 2;
INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
SELECT organisation_id, campaign_id, 'course', state, count(*) FROM campaign_contacts GROUP BY 1, 2, 4
UNION ALL SELECT organisation_id, campaign_id, 'called', '', count(*) FROM campaign_contacts
    WHERE attempts > 0 GROUP BY 1, 2
UNION ALL SELECT a.organisation_id, a.campaign_id, t.kind, t.key, count(*)
    FROM attempts a, lines_of_attempt(a) t GROUP BY 1, 2, 3, 4
UNION ALL SELECT organisation_id, campaign_id,
        CASE WHEN wrap_up_code_id IS NULL THEN 'system_code' ELSE 'wrap_up_code' END,
        coalesce(CAST(wrap_up_code_id AS text), system_code), count(*)
    FROM wrap_ups GROUP BY 1, 2, 3, 4;
INSERT INTO wrap_ups_owed (attempt_id, organisation_id, campaign_id)
SELECT a.attempt_id, a.organisation_id, a.campaign_id FROM attempts a
WHERE a.result = 'person' AND NOT EXISTS (SELECT FROM wrap_ups w WHERE w.attempt_id = a.attempt_id);

-- ── Orders filled before a campaign starts ───────────────────────────────────────────────────────

CREATE FUNCTION unfilled_orders() RETURNS TABLE (campaign_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT k.campaign_id, k.organisation_id FROM campaigns k
   WHERE k.sort <> '[]' AND NOT k.order_complete AND k.state NOT IN ('running', 'pausing')
     AND EXISTS (SELECT FROM (SELECT FROM contacts c WHERE c.contact_list_id = k.contact_list_id
             AND (c.added_in, c.position) > (k.scan_added_in, k.scan_position)
             ORDER BY c.added_in, c.position LIMIT 1) next)
   ORDER BY k.updated_at DESC $$;
