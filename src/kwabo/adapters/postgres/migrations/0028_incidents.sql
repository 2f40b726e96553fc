-- Opening hours for flows with their emergency switch, incidents and who is to be told of their end,
-- and the sandbox to which messages go while no real channel is connected.

CREATE TABLE schedule_groups (
    schedule_group_id    uuid PRIMARY KEY,
    organisation_id      uuid NOT NULL REFERENCES organisations,
    name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    callable_time_set_id uuid NOT NULL REFERENCES callable_time_sets,
    time_zone            text NOT NULL,             -- IANA: by whose clock it opens
    version              integer NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);
CREATE INDEX schedule_groups_of_set ON schedule_groups (callable_time_set_id);

CREATE TABLE emergencies (
    emergency_id      uuid PRIMARY KEY,
    organisation_id   uuid NOT NULL REFERENCES organisations,
    schedule_group_id uuid REFERENCES schedule_groups ON DELETE CASCADE, -- null: all groups
    reason            text NOT NULL,
    started_at        timestamptz NOT NULL,
    started_by        uuid,
    until             timestamptz NOT NULL,         -- by itself, if nobody ends it before
    ended_at          timestamptz,
    ended_by          uuid
);
CREATE UNIQUE INDEX emergencies_on ON emergencies
    (organisation_id, coalesce(schedule_group_id, organisation_id)) WHERE ended_at IS NULL;

CREATE TABLE incidents (
    incident_id     uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL,                  -- for supervisors
    service         text NOT NULL DEFAULT '',       -- '': any
    communes        text[] NOT NULL DEFAULT '{}',   -- no commune and no cell: everywhere
    cells           text[] NOT NULL DEFAULT '{}',
    prompt          text NOT NULL DEFAULT '',       -- key of a prompt; '': it has words
    texts           jsonb NOT NULL DEFAULT '{}',    -- language → words
    over_texts      jsonb NOT NULL DEFAULT '{}',    -- of the notice; a language without has our words
    starts_at       timestamptz NOT NULL,
    expected_end    timestamptz,
    state           text NOT NULL DEFAULT 'declared' CHECK (state IN ('declared', 'over')),
    over_at         timestamptz,
    heard           bigint NOT NULL DEFAULT 0,      -- calls to which it was given
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX incidents_declared ON incidents (organisation_id) WHERE state = 'declared';
CREATE INDEX incidents_newest ON incidents (organisation_id, created_at DESC, incident_id DESC);

CREATE TABLE incident_settings (
    organisation_id uuid PRIMARY KEY REFERENCES organisations,
    commune_columns text[] NOT NULL,
    cell_columns    text[] NOT NULL,
    version         integer NOT NULL DEFAULT 1,
    updated_at      timestamptz NOT NULL
);

CREATE TABLE incident_notices (                     -- who asked to be told of the end
    incident_id     uuid NOT NULL REFERENCES incidents ON DELETE CASCADE,
    number          text NOT NULL,                  -- E.164
    organisation_id uuid NOT NULL REFERENCES organisations,
    message_id      uuid NOT NULL UNIQUE,
    channel         text NOT NULL,
    language        text NOT NULL DEFAULT '',
    state           text NOT NULL DEFAULT 'asked'
                    CHECK (state IN ('asked', 'waiting', 'sent', 'failed')),
    reason          text NOT NULL DEFAULT '',       -- code, of one that failed
    tries           integer NOT NULL DEFAULT 0,
    next_at         timestamptz,                    -- of one that waits
    asked_at        timestamptz NOT NULL,
    sent_at         timestamptz,
    PRIMARY KEY (incident_id, number)
);
CREATE INDEX incident_notices_due ON incident_notices (next_at) WHERE state = 'waiting';
CREATE INDEX incident_notices_of_number ON incident_notices (organisation_id, number);

CREATE TABLE sandbox_messages (                     -- as a telephone would show them
    message_id      uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    channel         text NOT NULL,
    recipient       text NOT NULL,
    language        text NOT NULL,
    text            text NOT NULL,
    created_at      timestamptz NOT NULL
);
CREATE INDEX sandbox_messages_newest
    ON sandbox_messages (organisation_id, created_at DESC, message_id DESC);
CREATE INDEX sandbox_messages_of_recipient ON sandbox_messages (organisation_id, recipient);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['schedule_groups', 'emergencies', 'incidents', 'incident_settings',
                             'incident_notices', 'sandbox_messages']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

-- Organisations with messages to be sent: senders ask outside every organisation.
CREATE FUNCTION organisations_with_messages(at timestamptz) RETURNS TABLE (organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT n.organisation_id FROM incident_notices n WHERE n.state = 'waiting' AND n.next_at <= at
   UNION
   SELECT w.organisation_id FROM wanted_messages w WHERE w.state = 'waiting' AND w.next_at <= at $$;
REVOKE ALL ON FUNCTION organisations_with_messages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organisations_with_messages TO kwabo_app;
