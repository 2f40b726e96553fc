-- Skills, who has them, and how queues find agents (domain/routing).

CREATE TABLE skills (
    skill_id        uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    created_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE agent_skills (
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    skill_id        uuid NOT NULL REFERENCES skills ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    level           smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
    PRIMARY KEY (user_id, skill_id)
);
CREATE INDEX agent_skills_skill ON agent_skills (skill_id);

CREATE TABLE agent_languages (
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    language        text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    organisation_id uuid NOT NULL REFERENCES organisations,
    level           smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
    PRIMARY KEY (user_id, language)
);

CREATE TABLE queue_terms (                           -- a queue without a row has the defaults
    queue_id        uuid PRIMARY KEY REFERENCES queues ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    terms           jsonb NOT NULL,                  -- domain/routing/settings.py
    version         integer NOT NULL,
    updated_at      timestamptz NOT NULL
);

ALTER TABLE queue_members
    ADD COLUMN ring smallint NOT NULL DEFAULT 1 CHECK (ring BETWEEN 1 AND 6),
    ADD COLUMN rank smallint NOT NULL DEFAULT 1 CHECK (rank BETWEEN 1 AND 9);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['skills', 'agent_skills', 'agent_languages', 'queue_terms'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
