-- Call results by quarter of an hour: the clocks of some zones differ from UTC by half hours or quarters.

ALTER TABLE call_result_hours RENAME TO call_result_quarters;
ALTER TABLE call_result_quarters RENAME COLUMN hour TO begins_at;
ALTER INDEX call_result_hours_pkey RENAME TO call_result_quarters_pkey;
ALTER INDEX call_result_hours_of_campaign RENAME TO call_result_quarters_of_campaign;
-- Rows from before begin at full hours of UTC and hold the whole hour: the attempts that could tell more
-- may have been removed since.

-- The begin of the quarter of an hour in which a call was dialled.
CREATE FUNCTION call_result_quarter(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE
    RETURN date_bin('15 minutes', at, '2000-01-01 00:00:00+00');

CREATE OR REPLACE FUNCTION count_call_result() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    verdict text := coalesce(NEW.call_analysis ->> 'result', '');
    machine boolean := NEW.result = 'machine' OR verdict = 'machine';
    fax boolean := NEW.result = 'fax' OR verdict = 'fax';
    listened double precision := (NEW.call_analysis ->> 'seconds')::double precision;
    rang double precision := greatest(0, extract(epoch FROM
        coalesce(NEW.answered_at, NEW.closed_at) - coalesce(NEW.ringing_at, NEW.dialling_at)));
BEGIN
    INSERT INTO call_result_quarters AS q (organisation_id, begins_at, campaign_id, trunk_id, number_range,
        attempts, answered, connected, persons, machines, faxes, busy, no_answer, invalid, sit,
        refused, other, messages, messages_whole, ring_seconds, analysed, analysis_seconds)
    VALUES (NEW.organisation_id, call_result_quarter(NEW.dialling_at), NEW.campaign_id,
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
    ON CONFLICT (organisation_id, begins_at, campaign_id, trunk_id, number_range) DO UPDATE SET
        attempts = q.attempts + 1,
        answered = q.answered + excluded.answered, connected = q.connected + excluded.connected,
        persons = q.persons + excluded.persons, machines = q.machines + excluded.machines,
        faxes = q.faxes + excluded.faxes, busy = q.busy + excluded.busy,
        no_answer = q.no_answer + excluded.no_answer, invalid = q.invalid + excluded.invalid,
        sit = q.sit + excluded.sit, refused = q.refused + excluded.refused,
        other = q.other + excluded.other, messages = q.messages + excluded.messages,
        messages_whole = q.messages_whole + excluded.messages_whole,
        ring_seconds = q.ring_seconds + excluded.ring_seconds,
        analysed = q.analysed + excluded.analysed,
        analysis_seconds = q.analysis_seconds + excluded.analysis_seconds;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION count_agents_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO call_result_quarters AS q (organisation_id, begins_at, campaign_id, trunk_id, number_range,
        persons_judged, persons_denied, machines_judged, machines_denied)
    SELECT a.organisation_id, call_result_quarter(a.dialling_at), a.campaign_id, a.trunk_id,
        a.number_range, (NOT v.machine)::int, (NOT v.machine AND v.said)::int,
        v.machine::int, (v.machine AND NOT v.said)::int
    FROM attempts a JOIN wrap_up_codes c ON c.wrap_up_code_id = NEW.wrap_up_code_id
    CROSS JOIN LATERAL (SELECT a.call_analysis ->> 'result' = 'machine' AS machine,
                               'machine' = ANY (c.flags) AS said) v
    WHERE a.attempt_id = NEW.attempt_id AND a.dialling_at IS NOT NULL
      AND a.connected_at IS NOT NULL AND a.call_analysis ? 'result'
    ON CONFLICT (organisation_id, begins_at, campaign_id, trunk_id, number_range) DO UPDATE SET
        persons_judged = q.persons_judged + excluded.persons_judged,
        persons_denied = q.persons_denied + excluded.persons_denied,
        machines_judged = q.machines_judged + excluded.machines_judged,
        machines_denied = q.machines_denied + excluded.machines_denied;
    RETURN NULL;
END $$;
