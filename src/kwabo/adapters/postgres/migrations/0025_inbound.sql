-- Calls that come in. Such a call is an attempt of a campaign whose mode is `inbound`: the caller is
-- a contact of the campaign's list, and is made one when nobody there has the number.

CREATE TABLE inbound_numbers (
    inbound_number_id uuid PRIMARY KEY,
    organisation_id   uuid NOT NULL REFERENCES organisations,
    number            text NOT NULL,                -- E.164, as the carriers call it
    label             text NOT NULL DEFAULT '',
    flow_id           uuid NOT NULL REFERENCES flows, -- its newest published version answers
    campaign_id       uuid NOT NULL REFERENCES campaigns,
    active            boolean NOT NULL DEFAULT true,
    version           integer NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    UNIQUE (organisation_id, number)
);
CREATE INDEX inbound_numbers_of_campaign ON inbound_numbers (campaign_id);
CREATE INDEX inbound_numbers_of_flow ON inbound_numbers (flow_id);
ALTER TABLE inbound_numbers ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON inbound_numbers
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON inbound_numbers TO kwabo_app;

ALTER TABLE campaigns DROP CONSTRAINT campaigns_mode_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_mode_check
    CHECK (mode IN ('preview', 'progressive', 'power', 'predictive', 'agentless', 'inbound'));

ALTER TABLE attempts
    ADD COLUMN channel_id    text,                      -- at the switch; null: the attempt's id
    ADD COLUMN called_number text NOT NULL DEFAULT '',  -- of a call from outside: the one it dialled
    ADD COLUMN arrived_at    timestamptz,               -- of a call from outside
    ADD COLUMN language      text NOT NULL DEFAULT '',  -- chosen in the call, or remembered
    ADD COLUMN flow          jsonb NOT NULL DEFAULT '{}',-- version, place and way of its flow
    ADD COLUMN queue_id      uuid,                      -- in which a flow has put it
    ADD COLUMN queued_at     timestamptz,
    DROP CONSTRAINT attempts_state_check;
ALTER TABLE attempts ADD CONSTRAINT attempts_state_check CHECK (state IN
    ('offered', 'reserved', 'dialling', 'ringing', 'arrived', 'answered', 'connected', 'closed'));
CREATE UNIQUE INDEX attempts_by_channel ON attempts (channel_id)
    WHERE channel_id IS NOT NULL AND state <> 'closed';

CREATE OR REPLACE FUNCTION attempt_state_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT array_position(
    ARRAY['offered','reserved','dialling','ringing','arrived','answered','connected','closed'],
    state) $$;

-- Whoever calls us may be called at that moment, or call from a number that others use too: only
-- our own calls exclude each other.
DROP INDEX attempts_one_live_per_contact;
DROP INDEX attempts_one_live_per_person;
DROP INDEX attempts_one_live_per_number;
CREATE UNIQUE INDEX attempts_one_live_per_contact ON attempts (contact_id)
    WHERE state <> 'closed' AND mode <> 'inbound';
CREATE UNIQUE INDEX attempts_one_live_per_person ON attempts (person_id)
    WHERE state <> 'closed' AND person_id IS NOT NULL AND mode <> 'inbound';
CREATE UNIQUE INDEX attempts_one_live_per_number ON attempts (organisation_id, number)
    WHERE state <> 'closed' AND mode <> 'inbound';
CREATE INDEX attempts_live_of_number ON attempts (organisation_id, number) WHERE state <> 'closed';

CREATE TABLE voicemails (
    voicemail_id    uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    attempt_id      uuid NOT NULL REFERENCES attempts ON DELETE CASCADE,
    contact_id      uuid NOT NULL,
    queue_id        uuid REFERENCES queues ON DELETE SET NULL,
    path            text NOT NULL,                  -- of the recording; '': in writing
    seconds         double precision NOT NULL,
    number          text NOT NULL,                  -- to call back; '': not known
    text            text NOT NULL DEFAULT '',       -- in writing, or what was understood
    heard_at        timestamptz,                    -- null: by nobody yet
    heard_by        uuid,
    created_at      timestamptz NOT NULL
);
CREATE INDEX voicemails_new ON voicemails (organisation_id, created_at) WHERE heard_at IS NULL;
CREATE INDEX voicemails_of_attempt ON voicemails (attempt_id);

-- Messages that calls have asked for; the channel that sends them takes them from here.
CREATE TABLE wanted_messages (
    message_id      uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    attempt_id      uuid REFERENCES attempts ON DELETE CASCADE,
    contact_id      uuid,
    channel         text NOT NULL,                  -- sms whatsapp messenger email
    template        text NOT NULL,                  -- key of a prompt, in its variant for text
    recipient       text NOT NULL,
    language        text NOT NULL,
    filled_in       jsonb NOT NULL DEFAULT '{}',    -- the template's values
    state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    reason          text NOT NULL DEFAULT '',       -- code, of one that failed
    tries           integer NOT NULL DEFAULT 0,
    next_at         timestamptz,                    -- of one that waits
    sent_at         timestamptz,
    created_at      timestamptz NOT NULL
);
CREATE INDEX wanted_messages_due ON wanted_messages (next_at) WHERE state = 'waiting';
CREATE INDEX wanted_messages_of_attempt ON wanted_messages (attempt_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['voicemails', 'wanted_messages']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION users_of_flow(wanted uuid) RETURNS TABLE (kind text, name text)
    LANGUAGE sql STABLE AS
$$ SELECT 'flow', f.name FROM flows f
   WHERE f.uses @> ARRAY['flow:' || wanted] AND f.flow_id <> wanted
   UNION ALL
   SELECT 'inbound_number', n.number FROM inbound_numbers n WHERE n.flow_id = wanted $$;

-- As before, but that the owner may also take off a closed attempt what was said in its flow.
CREATE OR REPLACE FUNCTION attempts_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' THEN
        IF current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID)
           AND NEW.number IN (OLD.number, '') AND (NEW.transferred_to IS NULL
               OR NEW.transferred_to = OLD.transferred_to) AND NEW.flow IN (OLD.flow, '{}')
           AND to_jsonb(NEW) - ARRAY['number', 'transferred_to', 'flow']
               = to_jsonb(OLD) - ARRAY['number', 'transferred_to', 'flow'] THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'attempt % is closed and cannot change', OLD.attempt_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF attempt_state_rank(NEW.state) < attempt_state_rank(OLD.state) THEN
        RAISE EXCEPTION 'attempt % cannot go from % back to %', OLD.attempt_id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.fencing < OLD.fencing THEN
        RAISE EXCEPTION 'attempt % belongs to a newer owner of the floor', OLD.attempt_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- What was said in the flows of these calls; asked for once their contacts are erased.
CREATE FUNCTION erase_flows(contacts_erased uuid[], attempts_of uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ UPDATE attempts a SET flow = '{}'
   WHERE a.organisation_id = current_organisation() AND a.attempt_id = ANY (attempts_of)
     AND a.state = 'closed' AND a.flow <> '{}' AND a.contact_id = ANY (contacts_erased)
     AND EXISTS (SELECT FROM contacts c WHERE c.contact_id = a.contact_id
                 AND c.organisation_id = a.organisation_id AND c.uncallable_reason = 'ERASED') $$;
REVOKE ALL ON FUNCTION erase_flows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_flows TO kwabo_app;
