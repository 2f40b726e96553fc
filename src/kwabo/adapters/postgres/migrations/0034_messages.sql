-- A notice of an incident's end that falls due is a message like any other: one queue, one sender.
-- `incident_notices` keeps who has asked.

ALTER TABLE wanted_messages
    ADD COLUMN incident_id uuid REFERENCES incidents ON DELETE CASCADE; -- whose end it tells; no template
CREATE INDEX wanted_messages_of_incident ON wanted_messages (incident_id, state)
    WHERE incident_id IS NOT NULL;
CREATE INDEX wanted_messages_newest
    ON wanted_messages (organisation_id, state, created_at DESC, message_id DESC);

INSERT INTO wanted_messages (message_id, organisation_id, incident_id, channel, template, recipient,
    language, state, reason, tries, next_at, sent_at, created_at)
SELECT n.message_id, n.organisation_id, n.incident_id, n.channel, '', n.number, n.language, n.state,
    n.reason, n.tries, n.next_at, n.sent_at, greatest(i.over_at, n.asked_at)
FROM incident_notices n JOIN incidents i USING (incident_id) WHERE n.state <> 'asked';

ALTER TABLE incident_notices DROP COLUMN state, DROP COLUMN reason, DROP COLUMN tries,
    DROP COLUMN next_at, DROP COLUMN sent_at;

-- Organisations with messages to be sent: senders ask outside every organisation.
CREATE OR REPLACE FUNCTION organisations_with_messages(at timestamptz)
    RETURNS TABLE (organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT DISTINCT w.organisation_id FROM wanted_messages w
   WHERE w.state = 'waiting' AND w.next_at <= at $$;
