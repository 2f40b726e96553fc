-- Do-not-call lists: several for a campaign, organisation-wide ones, by number or by a contact's
-- column, for a channel; files that become entries; external providers and what they answered.

ALTER TABLE dnc_entries RENAME COLUMN number TO value;  -- E.164, or the column's value in the form of domain/dnc_lists/values.py

ALTER TABLE dnc_lists
    ADD COLUMN kind text NOT NULL DEFAULT 'internal' CHECK (kind IN ('internal', 'provider')),
    ADD COLUMN key_column text,                             -- null: by number; else by this column of contacts
    ADD COLUMN channel text NOT NULL DEFAULT 'any'          -- 'any' and 'voice' stand against calls
        CHECK (channel IN ('any', 'voice', 'sms', 'whatsapp', 'email', 'messenger')),
    ADD COLUMN organisation_wide boolean NOT NULL DEFAULT false,  -- for every campaign, named by it or not
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT dnc_lists_provider_by_number CHECK (kind = 'internal' OR key_column IS NULL);

ALTER TABLE campaigns ADD COLUMN dnc_list_ids uuid[] NOT NULL DEFAULT '{}';  -- beside the organisation-wide ones
UPDATE campaigns SET dnc_list_ids = ARRAY[dnc_list_id] WHERE dnc_list_id IS NOT NULL;
ALTER TABLE campaigns DROP COLUMN dnc_list_id;

-- An upload to a DNC list is an import with another target; its `mapping` says how the file is read.
ALTER TABLE imports
    ADD COLUMN dnc_list_id uuid REFERENCES dnc_lists ON DELETE CASCADE,
    ADD CONSTRAINT imports_one_target CHECK (contact_list_id IS NULL OR dnc_list_id IS NULL);
CREATE INDEX imports_of_dnc_list ON imports (dnc_list_id, created_at DESC) WHERE dnc_list_id IS NOT NULL;

CREATE TABLE dnc_providers (                        -- of a list with kind 'provider': whom to ask, and how
    dnc_list_id         uuid PRIMARY KEY REFERENCES dnc_lists ON DELETE CASCADE,
    organisation_id     uuid NOT NULL REFERENCES organisations,
    method              text NOT NULL CHECK (method IN ('GET', 'POST')),
    url                 text NOT NULL,              -- with {number} or {digits}
    body                text NOT NULL DEFAULT '',   -- of a POST, with the same placeholders
    header_name         text NOT NULL DEFAULT '',   -- '': none
    header_value        text NOT NULL DEFAULT '',   -- with {secret}
    secret_name         text NOT NULL DEFAULT '',   -- of a file that the operator keeps; never the secret
    answer_path         text NOT NULL DEFAULT '',
    listed_values       text[] NOT NULL,
    not_listed_values   text[] NOT NULL,
    timeout_seconds     integer NOT NULL DEFAULT 3 CHECK (timeout_seconds BETWEEN 1 AND 30),
    requests_per_second integer NOT NULL DEFAULT 10 CHECK (requests_per_second BETWEEN 1 AND 200),
    max_age_seconds     integer NOT NULL DEFAULT 2419200 CHECK (max_age_seconds BETWEEN 60 AND 31622400),
    when_silent         text NOT NULL DEFAULT 'hold' CHECK (when_silent IN ('hold', 'allow')),
    last_answer_at      timestamptz,
    last_silence_at     timestamptz,
    last_silence        text NOT NULL DEFAULT ''    -- code of the last request that had no answer
);

CREATE TABLE dnc_checks (                           -- what a provider answered about a number
    dnc_list_id     uuid NOT NULL REFERENCES dnc_lists ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    number          text NOT NULL,                  -- E.164
    listed          boolean,                        -- the last answer; null: none yet
    checked_at      timestamptz,                    -- when that answer came
    silences        integer NOT NULL DEFAULT 0,     -- requests without an answer since
    wanted_at       timestamptz,                    -- since when a call waits for an answer; null: none does
    ask_after       timestamptz,                    -- not asked before: somebody asks already, or it was silent
    PRIMARY KEY (dnc_list_id, number),
    CHECK ((listed IS NULL) = (checked_at IS NULL))
);
CREATE INDEX dnc_checks_wanted ON dnc_checks (dnc_list_id, wanted_at) WHERE wanted_at IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['dnc_providers', 'dnc_checks'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
    END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON dnc_providers, dnc_checks TO kwabo_app;
