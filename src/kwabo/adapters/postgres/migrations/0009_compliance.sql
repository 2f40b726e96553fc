-- Presets, consent, caller ids, toll fraud.

ALTER TABLE campaigns
    ADD COLUMN compliance_preset text,                                  -- null: the organisation's
    ADD COLUMN consent_purpose text NOT NULL DEFAULT 'prospecting',
    ADD COLUMN consent_required boolean NOT NULL DEFAULT false,         -- stricter than the preset
    ADD COLUMN contract_calls boolean NOT NULL DEFAULT false,           -- within an ongoing contract
    ADD COLUMN sector text NOT NULL DEFAULT '';

ALTER TABLE attempts
    ADD COLUMN preset_id text NOT NULL DEFAULT 'none',  -- by which law the call was allowed
    ADD COLUMN preset_version text NOT NULL DEFAULT '',
    ADD COLUMN consent_id uuid;                         -- the line of the ledger, where it was needed

CREATE TABLE compliance_settings (                      -- no row: the defaults
    organisation_id  uuid PRIMARY KEY REFERENCES organisations,
    preset           text NOT NULL DEFAULT 'none',      -- for campaigns that name none
    countries        text[],                            -- ISO 3166; null: the organisation's region
    number_kinds     text[] NOT NULL DEFAULT '{fixed_line,mobile,toll_free,other}',
    denied_prefixes  text[] NOT NULL DEFAULT '{}',      -- beyond those of the program
    caps             jsonb NOT NULL DEFAULT '[]',       -- [{country, per, most}]; country '' is everywhere
    tariffs          jsonb NOT NULL DEFAULT '{}',       -- prefix → price of a minute, as text
    spend_per_day    numeric CHECK (spend_per_day >= 0),
    spend_per_month  numeric CHECK (spend_per_month >= 0),
    reserved_minutes integer NOT NULL DEFAULT 5 CHECK (reserved_minutes BETWEEN 1 AND 240),
    version          integer NOT NULL DEFAULT 1,
    updated_at       timestamptz NOT NULL
);

CREATE TABLE call_usage (                               -- of the caps; only where there are any
    organisation_id uuid NOT NULL REFERENCES organisations,
    country         text NOT NULL,                      -- '' for all
    per             text NOT NULL CHECK (per IN ('minute', 'hour', 'day', 'month')),
    starts_at       timestamptz NOT NULL,
    calls           integer NOT NULL DEFAULT 0,
    spent           numeric NOT NULL DEFAULT 0,         -- what is reserved included
    PRIMARY KEY (organisation_id, country, per, starts_at)
);

CREATE TABLE call_charges (                             -- money taken from the budget for one call
    charge_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    attempt_id      uuid NOT NULL,                      -- the call, or in whose conversation it was made
    third_party     boolean NOT NULL,
    number          text NOT NULL,
    per_minute      numeric NOT NULL,
    reserved        numeric NOT NULL,
    reserved_at     timestamptz NOT NULL,
    day_starts_at   timestamptz NOT NULL,
    month_starts_at timestamptz NOT NULL,
    settled         numeric,
    settled_at      timestamptz
);
CREATE INDEX call_charges_open ON call_charges (attempt_id) WHERE settled_at IS NULL;

CREATE TABLE consents (                                 -- the ledger: lines are added, never changed
    consent_id      uuid PRIMARY KEY,
    place           bigint GENERATED ALWAYS AS IDENTITY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    kind            text NOT NULL CHECK (kind IN ('given', 'withdrawn', 'void')),
    number          text NOT NULL,                      -- E.164
    contact_id      uuid,                               -- outlives a deleted contact
    purpose         text NOT NULL,                      -- '*': all
    channel         text NOT NULL,                      -- '*': all
    at              timestamptz NOT NULL,               -- when it was given or withdrawn
    how             text NOT NULL DEFAULT '',           -- web form, paper, call …
    proof           text NOT NULL DEFAULT '',           -- the words agreed to, where it is kept
    reference       text NOT NULL DEFAULT '',           -- the proof's own number or address
    file_sha256     text NOT NULL DEFAULT '' CHECK (file_sha256 ~ '^([0-9a-f]{64})?$'),
    valid_until     timestamptz,
    voids           uuid,                               -- the line that this one declares wrong
    source          text NOT NULL CHECK (source IN ('user', 'agent', 'import', 'api')),
    user_id         uuid,
    created_at      timestamptz NOT NULL,
    CHECK ((kind = 'void') = (voids IS NOT NULL))
);
CREATE INDEX consents_by_number ON consents (organisation_id, number, place DESC);
CREATE INDEX consents_by_contact ON consents (contact_id) WHERE contact_id IS NOT NULL;

-- How many calls were dialled since an instant: from which the counters of a new cap begin.
CREATE INDEX attempts_by_dialling ON attempts (organisation_id, dialling_at)
    WHERE dialling_at IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['compliance_settings','call_usage','call_charges','consents'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
REVOKE UPDATE, DELETE ON consents FROM kwabo_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO kwabo_app;

-- Contacts that law or guard has finished: looked up when a consent is given or a setting changes.
CREATE INDEX campaign_contacts_refused ON campaign_contacts (contact_id)
    WHERE state = 'finished' AND reason IN ('CONSENT_MISSING', 'CONSENT_WITHDRAWN',
        'CONSENT_EXPIRED', 'PREFIX_DENIED', 'COUNTRY_NOT_ALLOWED', 'NUMBER_TYPE_NOT_ALLOWED',
        'SPEND_CAP', 'OUTSIDE_LAWFUL_HOURS');
