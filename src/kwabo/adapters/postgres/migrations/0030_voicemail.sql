-- Messages that callers have left: who cares for one, what was done about it, and what it says.

ALTER TABLE voicemails
    ADD COLUMN owner_user_id     uuid REFERENCES users ON DELETE SET NULL,  -- null: anyone's
    ADD COLUMN done_at           timestamptz,                     -- null: somebody has to do it yet
    ADD COLUMN done_by           uuid,
    ADD COLUMN note              text NOT NULL DEFAULT '',        -- what was done about it
    ADD COLUMN played_at         timestamptz,                     -- the last listening that was noted
    ADD COLUMN played_by         uuid,
    ADD COLUMN callback_id       uuid,                            -- by which its caller is called back
    ADD COLUMN transcription     text NOT NULL DEFAULT 'waiting'
        CHECK (transcription IN ('waiting', 'done', 'failed')),
    ADD COLUMN transcription_tries integer NOT NULL DEFAULT 0,
    ADD COLUMN transcription_next_at timestamptz;                 -- null: at once
CREATE INDEX voicemails_newest ON voicemails (organisation_id, created_at, voicemail_id);
CREATE INDEX voicemails_undone ON voicemails (organisation_id, queue_id) WHERE done_at IS NULL;
CREATE INDEX voicemails_to_transcribe ON voicemails (created_at)
    WHERE transcription = 'waiting' AND path <> '';
UPDATE voicemails SET transcription = 'done' WHERE path = '';

-- Files whose rows are gone, by whatever way; upkeep removes them. A path tells of nobody.
CREATE TABLE unneeded_recordings (
    path            text PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    created_at      timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE unneeded_recordings ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON unneeded_recordings
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON unneeded_recordings TO kwabo_app;

CREATE FUNCTION voicemail_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.path <> '' THEN
        INSERT INTO unneeded_recordings (path, organisation_id)
        VALUES (OLD.path, OLD.organisation_id) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER voicemail_gone AFTER DELETE ON voicemails
    FOR EACH ROW EXECUTE FUNCTION voicemail_gone();
