-- What flows have recorded of calls and keep with them: a name, an address, a complaint.

CREATE TABLE flow_recordings (
    attempt_id      uuid NOT NULL REFERENCES attempts ON DELETE CASCADE,
    recording       text NOT NULL,                  -- its name within the call
    organisation_id uuid NOT NULL REFERENCES organisations,
    variable        text NOT NULL,                  -- of the flow, which says what was asked for
    path            text NOT NULL DEFAULT '',       -- '': it goes on, or never came
    seconds         double precision NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (attempt_id, recording)
);
CREATE INDEX flow_recordings_oldest ON flow_recordings (organisation_id, created_at);
ALTER TABLE flow_recordings ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON flow_recordings
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON flow_recordings TO kwabo_app;

-- It serves messages and what flows record alike.
ALTER FUNCTION voicemail_gone() RENAME TO recording_gone;
CREATE TRIGGER flow_recording_gone AFTER DELETE ON flow_recordings
    FOR EACH ROW EXECUTE FUNCTION recording_gone();
