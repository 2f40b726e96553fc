-- Power and predictive dialling: what a campaign is set to, and proof of the message that people heard.

ALTER TABLE campaigns DROP CONSTRAINT campaigns_mode_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_mode_check
    CHECK (mode IN ('preview', 'progressive', 'power', 'predictive'));
ALTER TABLE campaigns
    ADD COLUMN calls_per_agent numeric NOT NULL DEFAULT 1.5             -- power: calls for each agent who is free
        CHECK (calls_per_agent BETWEEN 1 AND 15),
    ADD COLUMN calls_per_agent_ceiling numeric NOT NULL DEFAULT 15      -- predictive: never more in the air than this
        CHECK (calls_per_agent_ceiling BETWEEN 1 AND 50),
    ADD COLUMN abandon_target numeric NOT NULL DEFAULT 0.03             -- share of calls that a person answered
        CHECK (abandon_target BETWEEN 0.001 AND 0.2),
    ADD COLUMN abandon_window text NOT NULL DEFAULT 'day'               -- over which the target must hold
        CHECK (abandon_window IN ('day', '30_days')),
    ADD COLUMN weight integer NOT NULL DEFAULT 1                        -- share between campaigns of one priority
        CHECK (weight BETWEEN 1 AND 100),
    ADD COLUMN agents_kept_free integer NOT NULL DEFAULT 0              -- for callers from outside
        CHECK (agents_kept_free BETWEEN 0 AND 100);

ALTER TABLE attempts
    ADD COLUMN message_media text,              -- played to a person whom no agent could take
    ADD COLUMN message_started_at timestamptz,
    ADD COLUMN message_ended_at timestamptz;

-- What pacing reads of a campaign when a floor is loaded: its last attempts, by their end.
CREATE INDEX attempts_by_campaign_closing ON attempts (campaign_id, closed_at) WHERE state = 'closed';
