-- Numbers found by an index, orders that are begun anew at once, calls counted by the hour.

-- ── Contacts by their numbers ────────────────────────────────────────────────────────────────────

CREATE INDEX contacts_by_number ON contacts USING gin (numbers);

-- Under row-level security only operators that cannot leak use an index, and `&&` of arrays is not
-- among them: the owner looks, for the transaction's organisation alone.
CREATE FUNCTION contacts_with_numbers(list_id uuid, wanted text[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = public, pg_temp
    -- By the numbers in any case: a list that was imported a moment ago passes for one of few rows.
    SET enable_seqscan = off AS
$$ SELECT f.contact_id FROM (
       SELECT c.contact_id, c.contact_list_id, c.organisation_id FROM contacts c
       WHERE c.numbers && wanted OFFSET 0) f
   WHERE f.contact_list_id = list_id AND f.organisation_id = current_organisation() $$;

-- ── Orders that are begun anew ───────────────────────────────────────────────────────────────────
-- Only rows of the campaign's own version are its order. Those of older versions are rubbish that
-- the filler of orders removes.

ALTER TABLE campaigns ADD COLUMN order_version integer NOT NULL DEFAULT 0;
ALTER TABLE campaign_order ADD COLUMN order_version integer NOT NULL DEFAULT 0;
ALTER TABLE campaign_order ALTER COLUMN order_version DROP DEFAULT;
ALTER TABLE campaign_order DROP CONSTRAINT campaign_order_pkey;
ALTER TABLE campaign_order ADD PRIMARY KEY (campaign_id, order_version, contact_id);
DROP INDEX campaign_order_next;
CREATE INDEX campaign_order_next
    ON campaign_order (campaign_id, order_version, rank, added_in, position);

CREATE FUNCTION outdated_orders() RETURNS TABLE (campaign_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT k.campaign_id, k.organisation_id FROM campaigns k
   WHERE k.order_version > 0 AND EXISTS (
       SELECT FROM (SELECT FROM campaign_order o
           WHERE o.campaign_id = k.campaign_id AND o.order_version < k.order_version
           ORDER BY o.order_version LIMIT 1) one) $$;

-- ── Calls by the hour ────────────────────────────────────────────────────────────────────────────
-- What the abandon rate of thirty days is made of. Lines are only added, as in `tallies`, and upkeep
-- folds them together. A code of an agent may mean that a machine answered; which codes do can change,
-- so what such a code takes away from the calls of persons stands in lines of its own, below 0.

CREATE TABLE call_hours (
    organisation_id uuid NOT NULL,
    campaign_id     uuid NOT NULL,
    hour            timestamptz NOT NULL,           -- begin; a call counts from its answer, else from its end
    wrap_up_code_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000', -- that: all calls
    dialled         bigint NOT NULL,
    live            bigint NOT NULL,                -- answered by a person, or an end that nobody knows
    abandoned       bigint NOT NULL,                -- of these
    machines        bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0.0, autovacuum_vacuum_insert_threshold = 20000,
        autovacuum_analyze_scale_factor = 0.5, autovacuum_analyze_threshold = 5000);
CREATE INDEX call_hours_of_campaign ON call_hours (campaign_id, hour);
ALTER TABLE call_hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON call_hours USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON call_hours TO kwabo_app;

-- What an attempt counts: nothing before it is closed, nothing when it was never dialled.
CREATE FUNCTION hour_of_attempt(a attempts)
    RETURNS TABLE (hour timestamptz, dialled int, live int, abandoned int, machines int)
    LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT date_trunc('hour', coalesce(a.answered_at, a.closed_at), 'UTC'), 1, CAST(t.live AS int),
          CAST(t.live AND (a.abandoned OR a.result IS NOT DISTINCT FROM 'unknown') AS int),
          CAST(a.result IS NOT DISTINCT FROM 'machine' AS int)
   FROM (SELECT a.result IS NOT DISTINCT FROM 'unknown'
             OR a.answered_at IS NOT NULL AND a.result IS DISTINCT FROM 'machine' AS live) t
   WHERE a.state = 'closed' AND a.dialling_at IS NOT NULL
     AND coalesce(a.answered_at, a.closed_at) IS NOT NULL $$;

CREATE FUNCTION call_hours_of_attempts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO call_hours (organisation_id, campaign_id, hour, dialled, live, abandoned, machines)
        SELECT a.organisation_id, a.campaign_id, h.hour, sum(h.dialled), sum(h.live),
               sum(h.abandoned), sum(h.machines)
        FROM added a, hour_of_attempt(a) h GROUP BY 1, 2, 3;
    ELSE
        INSERT INTO call_hours (organisation_id, campaign_id, hour, dialled, live, abandoned, machines)
        SELECT a.organisation_id, a.campaign_id, h.hour, -sum(h.dialled), -sum(h.live),
               -sum(h.abandoned), -sum(h.machines)
        FROM gone a, hour_of_attempt(a) h GROUP BY 1, 2, 3;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER call_hours_added AFTER INSERT ON attempts REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION call_hours_of_attempts();
CREATE TRIGGER call_hours_gone AFTER DELETE ON attempts REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION call_hours_of_attempts();

-- The outcome may have been written before the call's end.
CREATE FUNCTION call_hour_of_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO call_hours (organisation_id, campaign_id, hour, dialled, live, abandoned, machines)
    SELECT NEW.organisation_id, NEW.campaign_id, h.* FROM hour_of_attempt(NEW) h;
    INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live,
                            abandoned, machines)
    SELECT NEW.organisation_id, NEW.campaign_id, h.hour, w.wrap_up_code_id, 0, -1, -h.abandoned, 0
    FROM hour_of_attempt(NEW) h, wrap_ups w
    WHERE h.live > 0 AND w.attempt_id = NEW.attempt_id AND w.wrap_up_code_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER call_hours_closed AFTER UPDATE ON attempts FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION call_hour_of_attempt();

-- An outcome goes before its attempt.
CREATE FUNCTION call_hours_of_wrap_ups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live,
                                abandoned, machines)
        SELECT a.organisation_id, a.campaign_id, h.hour, w.wrap_up_code_id, 0, -sum(h.live),
               -sum(h.abandoned), 0
        FROM added w JOIN attempts a ON a.attempt_id = w.attempt_id, hour_of_attempt(a) h
        WHERE w.wrap_up_code_id IS NOT NULL AND h.live > 0 GROUP BY 1, 2, 3, 4;
    ELSE
        INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live,
                                abandoned, machines)
        SELECT a.organisation_id, a.campaign_id, h.hour, w.wrap_up_code_id, 0, sum(h.live),
               sum(h.abandoned), 0
        FROM gone w JOIN attempts a ON a.attempt_id = w.attempt_id, hour_of_attempt(a) h
        WHERE w.wrap_up_code_id IS NOT NULL AND h.live > 0 GROUP BY 1, 2, 3, 4;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER call_hours_added AFTER INSERT ON wrap_ups REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION call_hours_of_wrap_ups();
CREATE TRIGGER call_hours_gone AFTER DELETE ON wrap_ups REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION call_hours_of_wrap_ups();

-- The hours as they are by now.
INSERT INTO call_hours (organisation_id, campaign_id, hour, dialled, live, abandoned, machines)
SELECT a.organisation_id, a.campaign_id, h.hour, sum(h.dialled), sum(h.live), sum(h.abandoned),
       sum(h.machines)
FROM attempts a, hour_of_attempt(a) h GROUP BY 1, 2, 3;
INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live, abandoned,
                        machines)
SELECT a.organisation_id, a.campaign_id, h.hour, w.wrap_up_code_id, 0, -sum(h.live),
       -sum(h.abandoned), 0
FROM wrap_ups w JOIN attempts a ON a.attempt_id = w.attempt_id, hour_of_attempt(a) h
WHERE w.wrap_up_code_id IS NOT NULL AND h.live > 0 GROUP BY 1, 2, 3, 4;
