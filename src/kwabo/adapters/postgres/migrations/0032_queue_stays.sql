-- Each stay of a call in a queue: what the figures of queues are counted from.

CREATE TABLE queue_stays (
    stay_id         uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    queue_id        uuid NOT NULL REFERENCES queues ON DELETE CASCADE,
    attempt_id      uuid NOT NULL REFERENCES attempts ON DELETE CASCADE,
    entered_at      timestamptz NOT NULL,
    priority        integer NOT NULL,               -- what the flow gave, or a person since
    left_at         timestamptz,                    -- null: it waits
    outcome         text CHECK (outcome IN ('answered', 'abandoned', 'overflow', 'moved', 'closed',
                                            'timeout', 'callback', 'voicemail', 'elsewhere')),
    CHECK ((left_at IS NULL) = (outcome IS NULL))
);
-- A period is found by these; visibility is still looked up in the table.
CREATE INDEX queue_stays_entered ON queue_stays (queue_id, entered_at)
    INCLUDE (organisation_id, left_at, outcome);
CREATE INDEX queue_stays_left ON queue_stays (queue_id, left_at)
    INCLUDE (organisation_id, entered_at);
CREATE INDEX queue_stays_of_attempt ON queue_stays (attempt_id);
ALTER TABLE queue_stays ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON queue_stays
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON queue_stays TO kwabo_app;
