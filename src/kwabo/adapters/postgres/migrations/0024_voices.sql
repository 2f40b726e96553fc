-- Prompts in several languages and media, with review; the languages that an organisation uses.

CREATE TABLE organisation_languages (
    organisation_id     uuid NOT NULL REFERENCES organisations,
    language            text NOT NULL,              -- domain/languages/languages.toml
    position            integer NOT NULL,           -- in the order in which they are offered
    numbers             text NOT NULL DEFAULT 'fallback' CHECK (numbers IN ('own', 'fallback')),
    numbers_approved_by uuid,                       -- the speaker of it who has heard its numbers
    numbers_approved_at timestamptz,
    PRIMARY KEY (organisation_id, language)
);

CREATE TABLE prompt_settings (
    organisation_id uuid PRIMARY KEY REFERENCES organisations,
    second_person   boolean NOT NULL DEFAULT false  -- nobody approves what is their own
);

ALTER TABLE prompts
    ADD COLUMN key text,                            -- by which flows name it
    ADD COLUMN description text NOT NULL DEFAULT '',
    ADD COLUMN fragment boolean NOT NULL DEFAULT false; -- a piece of numbers and dates
UPDATE prompts SET key = 'prompt.' || replace(prompt_id::text, '-', '');
ALTER TABLE prompts ALTER COLUMN key SET NOT NULL,
    ADD CONSTRAINT prompts_key_format CHECK (key ~ '^[a-z0-9][a-z0-9._-]{0,79}$'),
    ADD CONSTRAINT prompts_organisation_id_key_key UNIQUE (organisation_id, key);

CREATE TABLE prompt_variants (                      -- each version of what is said, never changed
    variant_id      uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    prompt_id       uuid NOT NULL REFERENCES prompts ON DELETE CASCADE,
    language        text NOT NULL,
    medium          text NOT NULL CHECK (medium IN ('recorded', 'speech', 'text')),
    version         integer NOT NULL CHECK (version > 0),
    state           text NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'retired')),
    words           text NOT NULL DEFAULT '',       -- what is said in it
    path            text,                           -- WAV: 8 kHz, mono, 16 bits
    seconds         double precision,
    bytes           integer,
    file_name       text NOT NULL DEFAULT '',       -- as it was uploaded
    loudness        double precision,               -- dB below full scale, of what is loud
    warnings        text[] NOT NULL DEFAULT '{}',   -- domain/speech/levels.py
    note            text NOT NULL DEFAULT '',       -- why it was sent back
    created_by      uuid,
    created_at      timestamptz NOT NULL,
    submitted_by    uuid,
    submitted_at    timestamptz,
    decided_by      uuid,
    decided_at      timestamptz,
    UNIQUE (prompt_id, language, medium, version),
    CHECK ((medium = 'recorded') = (path IS NOT NULL)),
    CHECK (medium = 'recorded' OR words <> '')
);
CREATE UNIQUE INDEX prompt_variants_playing ON prompt_variants (prompt_id, language, medium)
    WHERE state = 'approved';
CREATE INDEX prompt_variants_review ON prompt_variants (organisation_id, submitted_at)
    WHERE state = 'in_review';

-- What was uploaded before was played at once: it is approved, in its organisation's language.
INSERT INTO prompt_variants (variant_id, organisation_id, prompt_id, language, medium, version, state,
                             path, seconds, bytes, file_name, created_by, created_at, decided_at)
SELECT p.prompt_id, p.organisation_id, p.prompt_id, o.language, 'recorded', 1, 'approved',
       p.path, p.seconds, p.bytes, p.file_name, p.created_by, p.created_at, p.created_at
FROM prompts p JOIN organisations o USING (organisation_id);
ALTER TABLE prompts DROP COLUMN path, DROP COLUMN seconds, DROP COLUMN bytes, DROP COLUMN file_name;

-- Who could make prompts still can; their programs too.
UPDATE users SET permissions = permissions || ARRAY['prompts.read', 'prompts.write', 'prompts.approve']
WHERE 'campaigns.write' = ANY (permissions);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['organisation_languages', 'prompt_settings', 'prompt_variants']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
