-- Data actions of rules, and what outcomes mean.

CREATE TABLE data_actions (                         -- questions to other programs by HTTP
    data_action_id  uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    document        jsonb NOT NULL,                 -- domain/data_actions/settings.py; never a secret
    failures        integer NOT NULL DEFAULT 0,     -- in a row: the circuit breaker
    open_until      timestamptz,                    -- nothing is sent before
    last_answer_at  timestamptz,
    last_failure_at timestamptz,
    last_failure    text NOT NULL DEFAULT '',       -- code
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE data_checks (                          -- answers that rules compare
    data_action_id  uuid NOT NULL REFERENCES data_actions ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    key             text NOT NULL,                  -- hash of the inputs: domain/data_actions/asking.py
    inputs          jsonb NOT NULL DEFAULT '{}',    -- only until the answer is there
    outputs         jsonb NOT NULL DEFAULT '{}',    -- of the last answer
    answered_at     timestamptz,
    failure         text NOT NULL DEFAULT '',       -- code of the newest question's failure
    failed_at       timestamptz,
    failures        integer NOT NULL DEFAULT 0,     -- in a row
    wanted_at       timestamptz,                    -- since when it is to be asked; null: it is not
    awaited_at      timestamptz,                    -- since when a contact waits for it
    ask_after       timestamptz,                    -- not asked before: it failed
    taken_until     timestamptz,                    -- somebody asks at this moment
    PRIMARY KEY (data_action_id, key)
);
CREATE INDEX data_checks_wanted ON data_checks (data_action_id, wanted_at) WHERE wanted_at IS NOT NULL;

CREATE TABLE data_deliveries (                      -- what rules tell other programs, at least once
    delivery_id     uuid PRIMARY KEY,               -- sent as Idempotency-Key
    organisation_id uuid NOT NULL REFERENCES organisations,
    data_action_id  uuid NOT NULL REFERENCES data_actions ON DELETE CASCADE,
    campaign_id     uuid NOT NULL,
    contact_id      uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    attempt_id      uuid,
    number          text NOT NULL,
    result          text NOT NULL DEFAULT '',       -- '': before a call
    wrap_up_code_id uuid,
    write           jsonb NOT NULL DEFAULT '{}',    -- output of the answer -> column of the contact
    rule_set_name   text NOT NULL,
    rule_name       text NOT NULL,
    state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'given_up')),
    inputs          jsonb,                          -- from the first try on, until it is done
    tries           integer NOT NULL DEFAULT 0,
    next_at         timestamptz,                    -- waiting only
    taken_until     timestamptz,                    -- somebody tries at this moment
    last_at         timestamptz,
    status          integer,                        -- HTTP, of the last try
    failure         text NOT NULL DEFAULT '',       -- code of the last try
    written         text[] NOT NULL DEFAULT '{}',   -- columns that were changed
    created_at      timestamptz NOT NULL,
    CHECK ((state = 'waiting') = (next_at IS NOT NULL))
);
CREATE INDEX data_deliveries_waiting ON data_deliveries (data_action_id, next_at)
    WHERE state = 'waiting';
CREATE INDEX data_deliveries_newest ON data_deliveries (data_action_id, created_at DESC, delivery_id);
CREATE INDEX data_deliveries_of_contact ON data_deliveries (contact_id);

CREATE TABLE wrap_up_mappings (                     -- what outcomes mean: domain/campaigns/outcome_flags.py
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid REFERENCES campaigns ON DELETE CASCADE, -- null: the organisation's
    document        jsonb NOT NULL,                 -- outcome -> flags; the organisation's default
    version         integer NOT NULL DEFAULT 1,
    user_id         uuid,                           -- who changed it last
    updated_at      timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (organisation_id, campaign_id)
);
ALTER TABLE wrap_up_codes ADD COLUMN mapped boolean NOT NULL DEFAULT true; -- false: `flags` are the default's

-- What an outcome means in a campaign: the campaign's own mapping, else the organisation's. The outcome
-- is a wrap-up code, else a system code or a result.
CREATE FUNCTION outcome_flags(in_campaign uuid, code uuid, system text) RETURNS text[]
    LANGUAGE sql STABLE AS
$$ SELECT coalesce(
    (SELECT ARRAY(SELECT jsonb_array_elements_text(m.document -> 'outcomes' -> o.name))
       FROM wrap_up_mappings m, coalesce(code::text, system) AS o (name)
      WHERE m.campaign_id = in_campaign AND m.document -> 'outcomes' ? o.name),
    (SELECT c.flags FROM wrap_up_codes c WHERE c.wrap_up_code_id = code),
    (SELECT ARRAY(SELECT jsonb_array_elements_text(m.document -> 'outcomes' -> system))
       FROM wrap_up_mappings m
      WHERE code IS NULL AND m.campaign_id IS NULL AND m.document -> 'outcomes' ? system),
    CASE WHEN code IS NULL AND system IN ('invalid', 'sit') THEN '{number_uncallable}'
         ELSE '{}' END::text[]) $$;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['data_actions', 'data_checks', 'data_deliveries', 'wrap_up_mappings']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
