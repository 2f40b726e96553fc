-- Call analysis: prompts, reactions to what answers, and how calls end by trunk, range and hour.

CREATE TABLE prompts (
    prompt_id       uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    path            text NOT NULL,                  -- WAV: 8 kHz, mono, 16 bits
    seconds         double precision NOT NULL CHECK (seconds > 0),
    bytes           integer NOT NULL CHECK (bytes > 0),
    file_name       text NOT NULL DEFAULT '',       -- as it was uploaded
    created_by      uuid,
    created_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE response_sets (
    response_set_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    document        jsonb NOT NULL,                 -- domain/call_analysis/response_set.py
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);
ALTER TABLE campaigns ADD COLUMN response_set_id uuid REFERENCES response_sets;

ALTER TABLE trunks
    ADD COLUMN network_answers jsonb NOT NULL DEFAULT '[]',     -- domain/call_analysis/network.py
    ADD COLUMN early_media_seconds integer NOT NULL DEFAULT 0   -- recorded of each call; 0: off
        CHECK (early_media_seconds BETWEEN 0 AND 30),
    ADD COLUMN early_media_keep_days integer NOT NULL DEFAULT 0 -- 0: only classified
        CHECK (early_media_keep_days BETWEEN 0 AND 90);

ALTER TABLE attempts
    ADD COLUMN number_range text NOT NULL DEFAULT '',           -- domain/call_analysis/ranges.py
    ADD COLUMN call_analysis jsonb NOT NULL DEFAULT '{}';       -- domain/call_analysis/record.py

CREATE TABLE early_media_recordings (               -- what a network played before any answer
    attempt_id      uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    path            text NOT NULL,
    seconds         double precision NOT NULL,
    created_at      timestamptz NOT NULL,
    delete_at       timestamptz NOT NULL
);
CREATE INDEX early_media_recordings_due ON early_media_recordings (delete_at);

-- Counted as calls end, so that a page over a year of calls reads thousands of rows, not millions.
CREATE TABLE call_result_hours (
    organisation_id  uuid NOT NULL REFERENCES organisations,
    hour             timestamptz NOT NULL,          -- in which the calls were dialled
    campaign_id      uuid NOT NULL,
    trunk_id         uuid NOT NULL,
    number_range     text NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    answered         integer NOT NULL DEFAULT 0,    -- by whoever or whatever
    connected        integer NOT NULL DEFAULT 0,    -- to an agent
    persons          integer NOT NULL DEFAULT 0,
    machines         integer NOT NULL DEFAULT 0,
    faxes            integer NOT NULL DEFAULT 0,
    busy             integer NOT NULL DEFAULT 0,
    no_answer        integer NOT NULL DEFAULT 0,
    invalid          integer NOT NULL DEFAULT 0,
    sit              integer NOT NULL DEFAULT 0,
    refused          integer NOT NULL DEFAULT 0,    -- rejected, congestion, failed
    other            integer NOT NULL DEFAULT 0,    -- cancelled, unknown
    messages         integer NOT NULL DEFAULT 0,    -- begun to machines
    messages_whole   integer NOT NULL DEFAULT 0,    -- of these, played to their end
    ring_seconds     double precision NOT NULL DEFAULT 0,
    analysed         integer NOT NULL DEFAULT 0,
    analysis_seconds double precision NOT NULL DEFAULT 0,
    persons_judged   integer NOT NULL DEFAULT 0,    -- not called a machine; an agent gave the outcome
    persons_denied   integer NOT NULL DEFAULT 0,    -- of these, the agent said: a machine
    machines_judged  integer NOT NULL DEFAULT 0,    -- called a machine; an agent gave the outcome
    machines_denied  integer NOT NULL DEFAULT 0,    -- of these, the agent said: no machine
    PRIMARY KEY (organisation_id, hour, campaign_id, trunk_id, number_range)
);
CREATE INDEX call_result_hours_of_campaign ON call_result_hours (campaign_id, hour);

CREATE FUNCTION count_call_result() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    verdict text := coalesce(NEW.call_analysis ->> 'result', '');
    machine boolean := NEW.result = 'machine' OR verdict = 'machine';
    fax boolean := NEW.result = 'fax' OR verdict = 'fax';
    listened double precision := (NEW.call_analysis ->> 'seconds')::double precision;
    rang double precision := greatest(0, extract(epoch FROM
        coalesce(NEW.answered_at, NEW.closed_at) - coalesce(NEW.ringing_at, NEW.dialling_at)));
BEGIN
    INSERT INTO call_result_hours AS h (organisation_id, hour, campaign_id, trunk_id, number_range,
        attempts, answered, connected, persons, machines, faxes, busy, no_answer, invalid, sit,
        refused, other, messages, messages_whole, ring_seconds, analysed, analysis_seconds)
    VALUES (NEW.organisation_id, date_trunc('hour', NEW.dialling_at, 'UTC'), NEW.campaign_id,
        NEW.trunk_id, NEW.number_range, 1, (NEW.answered_at IS NOT NULL)::int,
        (NEW.connected_at IS NOT NULL)::int,
        (NEW.result = 'person' AND NOT machine AND NOT fax)::int, machine::int, fax::int,
        (NEW.result = 'busy')::int, (NEW.result = 'no_answer')::int, (NEW.result = 'invalid')::int,
        (NEW.result = 'sit')::int, (NEW.result IN ('rejected', 'congestion', 'failed'))::int,
        (NEW.result IN ('cancelled', 'unknown', 'skipped'))::int,
        (machine AND NEW.message_started_at IS NOT NULL)::int,
        coalesce((NEW.call_analysis ->> 'message_whole')::boolean, false)::int,
        CASE WHEN NEW.ringing_at IS NULL AND NEW.answered_at IS NULL THEN 0 ELSE rang END,
        (listened IS NOT NULL)::int, coalesce(listened, 0))
    ON CONFLICT (organisation_id, hour, campaign_id, trunk_id, number_range) DO UPDATE SET
        attempts = h.attempts + 1,
        answered = h.answered + excluded.answered, connected = h.connected + excluded.connected,
        persons = h.persons + excluded.persons, machines = h.machines + excluded.machines,
        faxes = h.faxes + excluded.faxes, busy = h.busy + excluded.busy,
        no_answer = h.no_answer + excluded.no_answer, invalid = h.invalid + excluded.invalid,
        sit = h.sit + excluded.sit, refused = h.refused + excluded.refused,
        other = h.other + excluded.other, messages = h.messages + excluded.messages,
        messages_whole = h.messages_whole + excluded.messages_whole,
        ring_seconds = h.ring_seconds + excluded.ring_seconds,
        analysed = h.analysed + excluded.analysed,
        analysis_seconds = h.analysis_seconds + excluded.analysis_seconds;
    RETURN NULL;
END $$;
CREATE TRIGGER call_result_counted AFTER UPDATE ON attempts FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed' AND NEW.dialling_at IS NOT NULL)
    EXECUTE FUNCTION count_call_result();

CREATE FUNCTION count_agents_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO call_result_hours AS h (organisation_id, hour, campaign_id, trunk_id, number_range,
        persons_judged, persons_denied, machines_judged, machines_denied)
    SELECT a.organisation_id, date_trunc('hour', a.dialling_at, 'UTC'), a.campaign_id, a.trunk_id,
        a.number_range, (NOT v.machine)::int, (NOT v.machine AND v.said)::int,
        v.machine::int, (v.machine AND NOT v.said)::int
    FROM attempts a JOIN wrap_up_codes c ON c.wrap_up_code_id = NEW.wrap_up_code_id
    CROSS JOIN LATERAL (SELECT a.call_analysis ->> 'result' = 'machine' AS machine,
                               'machine' = ANY (c.flags) AS said) v
    WHERE a.attempt_id = NEW.attempt_id AND a.dialling_at IS NOT NULL
      AND a.connected_at IS NOT NULL AND a.call_analysis ? 'result'
    ON CONFLICT (organisation_id, hour, campaign_id, trunk_id, number_range) DO UPDATE SET
        persons_judged = h.persons_judged + excluded.persons_judged,
        persons_denied = h.persons_denied + excluded.persons_denied,
        machines_judged = h.machines_judged + excluded.machines_judged,
        machines_denied = h.machines_denied + excluded.machines_denied;
    RETURN NULL;
END $$;
CREATE TRIGGER agents_word_counted AFTER INSERT ON wrap_ups FOR EACH ROW
    WHEN (NEW.wrap_up_code_id IS NOT NULL AND NEW.user_id IS NOT NULL)
    EXECUTE FUNCTION count_agents_word();

-- Calls from before; of their ranges only Benin's are known.
INSERT INTO call_result_hours (organisation_id, hour, campaign_id, trunk_id, number_range, attempts,
    answered, connected, persons, machines, faxes, busy, no_answer, invalid, sit, refused, other,
    ring_seconds)
SELECT organisation_id, date_trunc('hour', dialling_at, 'UTC'), campaign_id, trunk_id,
    CASE WHEN number ~ '^\+22901[0-9]{8}$' THEN left(number, 8) ELSE '' END, count(*),
    count(answered_at), count(connected_at), count(*) FILTER (WHERE result = 'person'),
    count(*) FILTER (WHERE result = 'machine'), count(*) FILTER (WHERE result = 'fax'),
    count(*) FILTER (WHERE result = 'busy'), count(*) FILTER (WHERE result = 'no_answer'),
    count(*) FILTER (WHERE result = 'invalid'), count(*) FILTER (WHERE result = 'sit'),
    count(*) FILTER (WHERE result IN ('rejected', 'congestion', 'failed')),
    count(*) FILTER (WHERE result IN ('cancelled', 'unknown', 'skipped')),
    coalesce(sum(greatest(0, extract(epoch FROM coalesce(answered_at, closed_at) - ringing_at))), 0)
FROM attempts WHERE state = 'closed' AND dialling_at IS NOT NULL
GROUP BY 1, 2, 3, 4, 5;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['prompts', 'response_sets', 'early_media_recordings',
                             'call_result_hours']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
