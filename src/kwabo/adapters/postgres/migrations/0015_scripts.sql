-- Paged scripts: drafts, published versions, and what agents answered.

CREATE TABLE scripts (
    script_id         uuid PRIMARY KEY,
    organisation_id   uuid NOT NULL REFERENCES organisations,
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    contact_list_id   uuid REFERENCES contact_lists ON DELETE SET NULL, -- whose columns the editor offers
    draft             jsonb NOT NULL,               -- domain/scripts/document.py
    published_version integer,                      -- null: never published
    version           integer NOT NULL DEFAULT 1,   -- of name, list and draft
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE script_versions (                      -- what was published; append-only for kwabo_app
    script_id       uuid NOT NULL REFERENCES scripts ON DELETE CASCADE,
    version         integer NOT NULL CHECK (version > 0),
    organisation_id uuid NOT NULL REFERENCES organisations,
    document        jsonb NOT NULL,
    note            text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    restored_from   integer,                        -- a roll back: the version whose document this is
    user_id         uuid,
    published_at    timestamptz NOT NULL,
    PRIMARY KEY (script_id, version)
);

ALTER TABLE campaigns ADD COLUMN script_id uuid REFERENCES scripts; -- null: the Markdown in `script`
CREATE INDEX campaigns_of_script ON campaigns (script_id) WHERE script_id IS NOT NULL;

CREATE TABLE script_answers (                       -- one for each attempt whose card showed a script
    attempt_id      uuid PRIMARY KEY REFERENCES attempts,
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid NOT NULL REFERENCES campaigns,
    contact_id      uuid NOT NULL,                  -- outlives a deleted contact
    script_id       uuid NOT NULL,
    script_version  integer NOT NULL,               -- that the call began with
    page            text NOT NULL DEFAULT '',       -- where the agent is
    visited         text[] NOT NULL DEFAULT '{}',   -- pages that were shown
    answers         jsonb NOT NULL DEFAULT '{}',    -- field → value
    pii_answers     jsonb NOT NULL DEFAULT '{}',    -- those of fields marked as personal data
    revision        bigint NOT NULL DEFAULT 0,      -- of the newest save
    user_id         uuid,                           -- who saved last
    started_at      timestamptz NOT NULL,
    saved_at        timestamptz,                    -- null: nothing was answered
    FOREIGN KEY (script_id, script_version) REFERENCES script_versions (script_id, version)
);
CREATE INDEX script_answers_of_campaign ON script_answers (campaign_id, attempt_id DESC)
    WHERE saved_at IS NOT NULL;
CREATE INDEX script_answers_of_contact ON script_answers (contact_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['scripts', 'script_versions', 'script_answers']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
REVOKE UPDATE, DELETE ON script_versions FROM kwabo_app;
