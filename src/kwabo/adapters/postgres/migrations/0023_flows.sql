-- Flows: what a call or a written conversation goes through. Drafts, and what was published.

CREATE TABLE flows (
    flow_id           uuid PRIMARY KEY,
    organisation_id   uuid NOT NULL REFERENCES organisations,
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    draft             jsonb NOT NULL,               -- domain/flows/document.py
    tests             jsonb NOT NULL DEFAULT '[]',  -- domain/flows/rehearsal.py; of the draft
    uses              text[] NOT NULL DEFAULT '{}', -- 'noun:id' of what draft and newest version name
    published_version integer,                      -- null: never published
    version           integer NOT NULL DEFAULT 1,   -- of name, draft and tests
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE flow_versions (                        -- append-only for kwabo_app
    flow_id         uuid NOT NULL REFERENCES flows ON DELETE CASCADE,
    version         integer NOT NULL CHECK (version > 0),
    organisation_id uuid NOT NULL REFERENCES organisations,
    document        jsonb NOT NULL,
    tests           jsonb NOT NULL DEFAULT '[]',
    note            text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    restored_from   integer,                        -- a roll back: the version whose document this is
    user_id         uuid,
    published_at    timestamptz NOT NULL,
    PRIMARY KEY (flow_id, version)
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['flows', 'flow_versions']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
REVOKE UPDATE, DELETE ON flow_versions FROM kwabo_app;

-- Who needs a flow: other flows. Whatever else comes to name flows adds itself to this function.
CREATE FUNCTION users_of_flow(wanted uuid) RETURNS TABLE (kind text, name text)
    LANGUAGE sql STABLE AS
$$ SELECT 'flow', f.name FROM flows f
   WHERE f.uses @> ARRAY['flow:' || wanted] AND f.flow_id <> wanted $$;
