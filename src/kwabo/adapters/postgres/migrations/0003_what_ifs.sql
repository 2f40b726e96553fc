-- What-ifs: a day of a campaign simulated with other settings, or a recorded day played again.

CREATE TABLE what_ifs (
    what_if_id      uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    user_id         uuid,
    kind            text NOT NULL CHECK (kind IN ('tomorrow', 'replay')),
    settings        jsonb NOT NULL,                 -- as asked for
    state           text NOT NULL CHECK (state IN
                    ('waiting', 'running', 'complete', 'failed', 'cancelled')),
    progress        double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    tries           integer NOT NULL DEFAULT 0,     -- how often a worker has begun it
    result          jsonb,
    error_code      text,
    error           text,
    worker          text,                           -- who computes it, under worker_until
    worker_until    timestamptz,
    created_at      timestamptz NOT NULL,
    started_at      timestamptz,
    ended_at        timestamptz,
    CHECK ((state = 'complete') = (result IS NOT NULL))
);
CREATE INDEX what_ifs_of_campaign ON what_ifs (campaign_id, created_at DESC);
CREATE INDEX what_ifs_waiting ON what_ifs (created_at) WHERE state IN ('waiting', 'running');

ALTER TABLE what_ifs ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON what_ifs
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));

CREATE FUNCTION waiting_what_ifs()
    RETURNS TABLE (what_if_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT w.what_if_id, w.organisation_id FROM what_ifs w
   WHERE w.state IN ('waiting', 'running') AND (w.worker_until IS NULL OR w.worker_until < clock_timestamp())
   ORDER BY w.created_at $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON what_ifs TO kwabo_app;
