-- Prompts that are recorded by telephone: who keys the code records the prompts of its list.

CREATE TABLE recording_sessions (
    session_id      uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    language        text NOT NULL,                  -- in which the prompts are recorded
    sealed_code     bytea,                          -- null: good no more
    made_by         uuid NOT NULL,
    made_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    "end"           text CHECK ("end" IN ('done', 'cancelled', 'expired')),
    attempt_id      uuid,                           -- the call that records, or did last
    called_at       timestamptz,
    CHECK (("end" IS NULL) = (ended_at IS NULL)),
    CHECK ("end" IS NULL OR sealed_code IS NULL)
);
CREATE INDEX recording_sessions_newest ON recording_sessions (organisation_id, made_at DESC);
CREATE INDEX recording_sessions_living ON recording_sessions (organisation_id) WHERE ended_at IS NULL;

CREATE TABLE recording_session_prompts (
    session_id      uuid NOT NULL REFERENCES recording_sessions ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    position        integer NOT NULL CHECK (position > 0),
    key             text NOT NULL,                  -- of the prompt or the fragment
    name            text NOT NULL,
    fragment        boolean NOT NULL,
    words           text NOT NULL,                  -- to be read aloud; '': nobody has written them
    variant_id      uuid,                           -- the draft that was recorded, if it is still there
    take            text,                           -- the recording it was made of; null: none yet
    PRIMARY KEY (session_id, position),
    UNIQUE (session_id, key)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['recording_sessions', 'recording_session_prompts']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
