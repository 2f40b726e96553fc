-- When campaigns run by themselves: schedules, sequences, and what they did.

CREATE TABLE campaign_sequences (
    sequence_id      uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    campaign_ids     uuid[] NOT NULL,               -- in their order
    repeats          boolean NOT NULL DEFAULT false,
    state            text NOT NULL DEFAULT 'off' CHECK (state IN ('off', 'running', 'complete')),
    position         integer NOT NULL DEFAULT 0,    -- whose turn it is, from 0
    round            integer NOT NULL DEFAULT 1,
    begun            boolean NOT NULL DEFAULT false,-- the campaign at `position` was started
    called           boolean NOT NULL DEFAULT false,-- some campaign was started in this round
    command_id       uuid,                          -- the floor's command that started it
    code             text NOT NULL DEFAULT '',      -- for what it waits
    due_at           timestamptz,                   -- when to look again; running only
    state_changed_at timestamptz NOT NULL,
    version          integer NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);
CREATE INDEX campaign_sequences_due ON campaign_sequences (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE campaign_schedules (
    schedule_id     uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid UNIQUE REFERENCES campaigns ON DELETE CASCADE,
    sequence_id     uuid UNIQUE REFERENCES campaign_sequences ON DELETE CASCADE,
    active          boolean NOT NULL DEFAULT true,
    document        jsonb NOT NULL,                 -- time zone, hours of the week, exceptions
    applied         text NOT NULL DEFAULT '' CHECK (applied IN ('', 'on', 'off')), -- last done
    code            text NOT NULL DEFAULT '',       -- why it could not be done
    due_at          timestamptz,                    -- when something is to be done; active only
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CHECK ((campaign_id IS NULL) <> (sequence_id IS NULL))
);
CREATE INDEX campaign_schedules_due ON campaign_schedules (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE timetable_firings (                    -- what happened by itself, and why
    firing_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    at              timestamptz NOT NULL,
    source          text NOT NULL CHECK (source IN ('schedule', 'sequence', 'campaign_rule')),
    source_id       uuid NOT NULL,
    campaign_id     uuid,
    sequence_id     uuid,
    action          text NOT NULL,
    code            text NOT NULL DEFAULT '',       -- '': done; else why not
    details         jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX timetable_firings_newest ON timetable_firings (organisation_id, firing_id DESC);
CREATE INDEX timetable_firings_of ON timetable_firings (source_id, firing_id DESC);

CREATE TABLE campaign_rules (                       -- asked every ten seconds while active
    campaign_rule_id uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    active           boolean NOT NULL DEFAULT true,
    document         jsonb NOT NULL,                -- domain/campaigns/campaign_rules.py
    held             boolean NOT NULL DEFAULT false,-- it held when it was last asked
    fired_on         date,                          -- the day, in its zone, on which it last fired
    due_at           timestamptz,                   -- active only
    version          integer NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);
CREATE INDEX campaign_rules_due ON campaign_rules (due_at) WHERE due_at IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['campaign_sequences', 'campaign_schedules', 'campaign_rules',
                             'timetable_firings']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
REVOKE UPDATE, DELETE ON timetable_firings FROM kwabo_app;

CREATE FUNCTION due_timetables(at timestamptz) RETURNS TABLE (organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT s.organisation_id FROM campaign_schedules s WHERE s.due_at <= at
   UNION SELECT q.organisation_id FROM campaign_sequences q WHERE q.due_at <= at
   UNION SELECT r.organisation_id FROM campaign_rules r WHERE r.due_at <= at $$;

-- Rule sets: what is done before a call and at its wrap-up, by the contact's and the call's values.

CREATE TABLE rule_sets (
    rule_set_id     uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind            text NOT NULL CHECK (kind IN ('pre_call', 'wrap_up')),
    document        jsonb NOT NULL,                 -- the rules: domain/campaigns/rule_sets/document.py
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE campaign_rule_sets (
    campaign_id     uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    rule_set_id     uuid NOT NULL REFERENCES rule_sets,
    organisation_id uuid NOT NULL REFERENCES organisations,
    position        integer NOT NULL,               -- they are asked in this order
    PRIMARY KEY (campaign_id, rule_set_id)
);
CREATE INDEX ON campaign_rule_sets (rule_set_id);

CREATE TABLE rule_firings (                         -- a rule that fired; the names are those of then
    rule_firing_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    at              timestamptz NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('pre_call', 'wrap_up')),
    campaign_id     uuid NOT NULL,
    contact_id      uuid NOT NULL,
    attempt_id      uuid,                           -- null: it kept the call from being made
    rule_set_id     uuid NOT NULL,
    rule_set_name   text NOT NULL,
    rule            integer NOT NULL,               -- its place in the set, from 1
    name            text NOT NULL,
    number          text NOT NULL,
    actions         text[] NOT NULL
);
CREATE INDEX rule_firings_of_attempt ON rule_firings (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX rule_firings_of_contact ON rule_firings (contact_id, rule_firing_id DESC);
CREATE INDEX rule_firings_of_campaign ON rule_firings (campaign_id, rule_firing_id DESC);

ALTER TABLE attempts ADD COLUMN skills text[] NOT NULL DEFAULT '{}';  -- that its agent should have
ALTER TABLE dnc_entries DROP CONSTRAINT dnc_entries_source_check;
ALTER TABLE dnc_entries ADD CONSTRAINT dnc_entries_source_check
    CHECK (source IN ('user', 'agent', 'upload', 'api', 'rule'));

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['rule_sets', 'campaign_rule_sets', 'rule_firings']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
REVOKE UPDATE, DELETE ON rule_firings FROM kwabo_app;
