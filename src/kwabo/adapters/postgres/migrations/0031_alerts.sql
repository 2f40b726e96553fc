-- Agents who are asked whether they take a caller; messages whose recording is still to come.

ALTER TABLE agent_presence
    DROP CONSTRAINT agent_presence_status_check,
    ADD CONSTRAINT agent_presence_status_check CHECK (status IN
        ('signed_out', 'connecting', 'paused', 'ready', 'reserved', 'previewing', 'alerting',
         'on_call', 'after_call', 'lost')),
    ADD COLUMN pause_cause text NOT NULL DEFAULT ''     -- the floor itself has paused the agent
        CHECK (pause_cause IN ('', 'not_answered'));

-- Each time an agent's desk rang for a caller, once that is over.
CREATE TABLE alerts (
    alert_id        uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    attempt_id      uuid NOT NULL REFERENCES attempts ON DELETE CASCADE,
    queue_id        uuid REFERENCES queues ON DELETE SET NULL,
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    alerted_at      timestamptz NOT NULL,
    ended_at        timestamptz NOT NULL,
    outcome         text NOT NULL CHECK (outcome IN
                    ('taken', 'refused', 'not_answered', 'caller_left', 'agent_lost')),
    reason          text NOT NULL DEFAULT ''            -- of a refusal
        CHECK (reason IN ('', 'busy', 'not_mine', 'technical', 'other'))
);
CREATE INDEX alerts_newest ON alerts (organisation_id, alerted_at);
CREATE INDEX alerts_of_attempt ON alerts (attempt_id);
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON alerts
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON alerts TO kwabo_app;

-- A caller has hung up at the end of a message, and the switch has not handed it over yet.
CREATE TABLE awaited_voicemails (
    voicemail_id    uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    attempt_id      uuid NOT NULL REFERENCES attempts ON DELETE CASCADE,
    queue_id        uuid REFERENCES queues ON DELETE SET NULL,
    recording       text NOT NULL,                      -- its name at the switch
    created_at      timestamptz NOT NULL
);
CREATE INDEX awaited_voicemails_of_attempt ON awaited_voicemails (attempt_id);
ALTER TABLE awaited_voicemails ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON awaited_voicemails
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON awaited_voicemails TO kwabo_app;
