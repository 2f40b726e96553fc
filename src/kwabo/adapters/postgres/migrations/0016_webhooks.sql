-- What deserves notice (the event log), and facts told to other systems (webhooks).
-- Both are filled by triggers, in the transaction of the fact and whatever path writes it.

-- ── The event log ────────────────────────────────────────────────────────────────────────────────

CREATE TABLE event_log (
    event_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    level           text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    category        text NOT NULL,
    code            text NOT NULL,                  -- its sentence: domain/event_log/catalogue.py
    subject_kind    text NOT NULL,                  -- campaign, trunk, import …
    subject_id      text NOT NULL,
    subject_name    text NOT NULL,                  -- of then
    campaign_id     uuid,
    contact_list_id uuid,
    trunk_id        uuid,
    params          jsonb NOT NULL DEFAULT '{}',    -- what the sentence names; of the newest time
    repeat_key      text NOT NULL,                  -- what counts as the same happening again
    repeat_hour     timestamptz NOT NULL,           -- repeats are counted within one hour
    times           bigint NOT NULL DEFAULT 1,
    first_at        timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    seen_at         timestamptz,                    -- a person has taken note; not of later repeats
    seen_by         uuid,
    UNIQUE (organisation_id, repeat_key, repeat_hour)
);
CREATE INDEX event_log_newest ON event_log (organisation_id, last_at DESC, event_id DESC);
CREATE INDEX event_log_unseen ON event_log (organisation_id, level)
    WHERE seen_at IS NULL AND level <> 'info';
CREATE INDEX event_log_of_campaign ON event_log (campaign_id, last_at DESC)
    WHERE campaign_id IS NOT NULL;

-- `repeats`: '' when each time deserves a line of its own, else what makes two times the same.
CREATE FUNCTION log_event(
    organisation uuid, level text, category text, code text, subject_kind text, subject_id text,
    subject_name text, campaign uuid, list uuid, trunk uuid, params jsonb, repeats text,
    at timestamptz
) RETURNS void LANGUAGE sql AS
$$ INSERT INTO event_log (organisation_id, level, category, code, subject_kind, subject_id,
       subject_name, campaign_id, contact_list_id, trunk_id, params, repeat_key, repeat_hour,
       first_at, last_at)
   VALUES (organisation, level, category, code, subject_kind, subject_id,
       coalesce(nullif(subject_name, ''), (SELECT t.name FROM trunks t WHERE t.trunk_id = trunk), ''),
       campaign, list, trunk, params,
       CASE WHEN repeats = '' THEN gen_random_uuid()::text ELSE code || ' ' || repeats END,
       date_trunc('hour', at), at, at)
   ON CONFLICT (organisation_id, repeat_key, repeat_hour) DO UPDATE SET
       times = event_log.times + 1, last_at = greatest(event_log.last_at, excluded.last_at),
       params = excluded.params, seen_at = NULL, seen_by = NULL $$;

CREATE FUNCTION log_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    at timestamptz := greatest(NEW.state_changed_at, transaction_timestamp());
    why record;
BEGIN
    IF NEW.state <> OLD.state AND NEW.state IN ('running', 'paused', 'stopped', 'complete') THEN
        PERFORM log_event(NEW.organisation_id, CASE NEW.state WHEN 'stopped' THEN 'warning' ELSE 'info' END,
            'CAMPAIGN',
            CASE NEW.state WHEN 'running' THEN 'CAMPAIGN_STARTED' WHEN 'paused' THEN 'CAMPAIGN_PAUSED'
                WHEN 'stopped' THEN 'CAMPAIGN_STOPPED' ELSE 'CAMPAIGN_COMPLETE' END,
            'campaign', NEW.campaign_id::text, NEW.name, NEW.campaign_id, NEW.contact_list_id,
            NEW.trunk_id, jsonb_build_object('from', OLD.state), '', at);
        IF NEW.state = 'complete' AND NOT EXISTS (
            SELECT FROM attempts a WHERE a.campaign_id = NEW.campaign_id) THEN
            PERFORM log_event(NEW.organisation_id, 'warning',
                CASE WHEN cardinality(NEW.contact_list_filter_ids) > 0 THEN 'CONTACT_LIST_FILTER'
                    ELSE 'CAMPAIGN' END,
                CASE WHEN cardinality(NEW.contact_list_filter_ids) > 0 THEN 'FILTER_MATCHED_NOBODY'
                    ELSE 'CAMPAIGN_CALLED_NOBODY' END,
                'campaign', NEW.campaign_id::text, NEW.name, NEW.campaign_id, NEW.contact_list_id,
                NEW.trunk_id, '{}', NEW.campaign_id::text, at);
        END IF;
    END IF;
    IF NEW.state_reason <> OLD.state_reason THEN
        SELECT * INTO why FROM (VALUES
            ('SWITCH_LOST', 'error', 'TRUNK', 'SWITCH_LOST'),
            ('NO_AGENTS', 'warning', 'CAMPAIGN', 'CAMPAIGN_WITHOUT_AGENTS'),
            ('CAMPAIGN_NOT_LAWFUL', 'error', 'COMPLIANCE', 'CAMPAIGN_NOT_LAWFUL'))
            AS reasons (reason, level, category, code) WHERE reason = NEW.state_reason;
        IF FOUND THEN
            PERFORM log_event(NEW.organisation_id, why.level, why.category, why.code,
                'campaign', NEW.campaign_id::text, NEW.name, NEW.campaign_id, NEW.contact_list_id,
                NEW.trunk_id, '{}', NEW.campaign_id::text, at);
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER log_campaign AFTER UPDATE OF state, state_reason ON campaigns FOR EACH ROW
    WHEN (NEW.state <> OLD.state OR NEW.state_reason <> OLD.state_reason)
    EXECUTE FUNCTION log_campaign();

-- Contacts that the fraud guard keeps from being called; of one claim the last is told.
CREATE FUNCTION log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE campaign campaigns%ROWTYPE;
BEGIN
    SELECT * INTO campaign FROM campaigns c WHERE c.campaign_id = NEW.campaign_id;
    PERFORM log_event(NEW.organisation_id, 'warning', 'CALL_RESTRICTION',
        CASE WHEN NEW.reason IN ('RATE_CAP', 'SPEND_CAP') THEN 'GUARD_' || NEW.reason
            ELSE 'GUARD_PLACE_REFUSED' END,
        'campaign', NEW.campaign_id::text, campaign.name, NEW.campaign_id, campaign.contact_list_id,
        campaign.trunk_id, jsonb_build_object('reason', NEW.reason),
        NEW.campaign_id || ' ' || NEW.reason, transaction_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER log_guard AFTER INSERT OR UPDATE OF reason ON campaign_contacts FOR EACH ROW
    WHEN (NEW.reason IN ('RATE_CAP', 'SPEND_CAP', 'PREFIX_DENIED', 'COUNTRY_NOT_ALLOWED',
                         'NUMBER_TYPE_NOT_ALLOWED'))
    EXECUTE FUNCTION log_guard();

CREATE FUNCTION log_callback() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    SELECT c.name INTO name FROM campaigns c WHERE c.campaign_id = NEW.campaign_id;
    PERFORM log_event(NEW.organisation_id, 'warning', 'CALLBACK',
        CASE NEW.state WHEN 'missed' THEN 'CALLBACKS_MISSED' ELSE 'CALLBACKS_EXPIRED' END,
        'campaign', NEW.campaign_id::text, name, NEW.campaign_id, NULL, NULL,
        jsonb_build_object('callback_id', NEW.callback_id), NEW.campaign_id::text,
        coalesce(NEW.changed_at, transaction_timestamp()));
    RETURN NULL;
END $$;
CREATE TRIGGER log_callback AFTER UPDATE OF state ON callbacks FOR EACH ROW
    WHEN (NEW.state IN ('missed', 'expired') AND OLD.state <> NEW.state)
    EXECUTE FUNCTION log_callback();

CREATE FUNCTION log_import() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_dnc boolean := NEW.dnc_list_id IS NOT NULL;
    name text;
    counts jsonb := jsonb_build_object('file', NEW.file_name, 'rows', NEW.rows_read,
        'added', NEW.rows_added, 'updated', NEW.rows_updated, 'rejected', NEW.rows_rejected,
        'error_code', coalesce(NEW.error_code, ''));
    at timestamptz := coalesce(NEW.ended_at, transaction_timestamp());
BEGIN
    SELECT l.name INTO name FROM contact_lists l WHERE l.contact_list_id = NEW.contact_list_id;
    IF is_dnc THEN
        SELECT l.name INTO name FROM dnc_lists l WHERE l.dnc_list_id = NEW.dnc_list_id;
    END IF;
    counts := counts || jsonb_build_object('list', coalesce(name, ''));
    IF NEW.state = 'failed' THEN
        PERFORM log_event(NEW.organisation_id, 'error',
            CASE WHEN is_dnc THEN 'DNC_LIST' ELSE 'IMPORT_ERROR' END,
            CASE WHEN is_dnc THEN 'DNC_UPLOAD_FAILED' ELSE 'IMPORT_FAILED' END,
            'import', NEW.import_id::text, NEW.file_name, NULL, NEW.contact_list_id, NULL, counts, '', at);
        RETURN NULL;
    END IF;
    PERFORM log_event(NEW.organisation_id, 'info', CASE WHEN is_dnc THEN 'DNC_LIST' ELSE 'CONTACT' END,
        CASE WHEN is_dnc THEN 'DNC_UPLOADED' ELSE 'LIST_FILLED' END,
        'import', NEW.import_id::text, NEW.file_name, NULL, NEW.contact_list_id, NULL, counts, '', at);
    IF NEW.rows_rejected >= 100 OR NEW.rows_rejected * 10 >= greatest(NEW.rows_read, 1) THEN
        PERFORM log_event(NEW.organisation_id, 'warning',
            CASE WHEN is_dnc THEN 'DNC_LIST' ELSE 'IMPORT_ERROR' END,
            CASE WHEN is_dnc THEN 'DNC_REJECTIONS' ELSE 'IMPORT_REJECTIONS' END,
            'import', NEW.import_id::text, NEW.file_name, NULL, NEW.contact_list_id, NULL, counts, '', at);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER log_import AFTER UPDATE OF state ON imports FOR EACH ROW
    WHEN (NEW.state IN ('complete', 'failed') AND OLD.state <> NEW.state)
    EXECUTE FUNCTION log_import();

CREATE FUNCTION log_import_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE schedule import_schedules%ROWTYPE;
BEGIN
    SELECT * INTO schedule FROM import_schedules s WHERE s.import_schedule_id = NEW.import_schedule_id;
    PERFORM log_event(NEW.organisation_id, 'error', 'IMPORT_ERROR', 'IMPORT_SCHEDULE_FAILED',
        'import_schedule', NEW.import_schedule_id::text, schedule.name, NULL, schedule.contact_list_id,
        NULL, jsonb_build_object('error_code', coalesce(NEW.error_code, '')),
        NEW.import_schedule_id::text, coalesce(NEW.ended_at, transaction_timestamp()));
    RETURN NULL;
END $$;
CREATE TRIGGER log_import_schedule AFTER UPDATE OF state ON import_schedule_runs FOR EACH ROW
    WHEN (NEW.state = 'failed' AND OLD.state <> 'failed') EXECUTE FUNCTION log_import_schedule();

CREATE FUNCTION log_column_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    SELECT l.name INTO name FROM contact_lists l WHERE l.contact_list_id = NEW.contact_list_id;
    PERFORM log_event(NEW.organisation_id, 'warning', 'CONTACT', 'COLUMN_CHANGE_FAILED', 'contact_list',
        NEW.contact_list_id::text, name, NULL, NEW.contact_list_id, NULL,
        jsonb_build_object('column', NEW.column_name), NEW.column_change_id::text,
        transaction_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER log_column_change AFTER UPDATE OF error ON column_changes FOR EACH ROW
    WHEN (NEW.error IS NOT NULL AND NEW.error IS DISTINCT FROM OLD.error)
    EXECUTE FUNCTION log_column_change();

CREATE FUNCTION log_firing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE name text; subject text; id text;
BEGIN
    IF NEW.source = 'campaign_rule' THEN
        SELECT r.name INTO name FROM campaign_rules r WHERE r.campaign_rule_id = NEW.source_id;
        subject := 'campaign_rule'; id := NEW.source_id::text;
    ELSIF NEW.sequence_id IS NOT NULL THEN
        SELECT s.name INTO name FROM campaign_sequences s WHERE s.sequence_id = NEW.sequence_id;
        subject := 'sequence'; id := NEW.sequence_id::text;
    ELSE
        SELECT c.name INTO name FROM campaigns c WHERE c.campaign_id = NEW.campaign_id;
        subject := 'campaign'; id := coalesce(NEW.campaign_id, NEW.source_id)::text;
    END IF;
    PERFORM log_event(NEW.organisation_id, CASE NEW.code WHEN '' THEN 'info' ELSE 'warning' END,
        upper(NEW.source), upper(NEW.source) || CASE NEW.code WHEN '' THEN '_FIRED' ELSE '_REFUSED' END,
        subject, id, name, NEW.campaign_id, NULL, NULL,
        jsonb_build_object('action', NEW.action, 'reason', NEW.code),
        CASE NEW.code WHEN '' THEN '' ELSE NEW.source_id || ' ' || NEW.code END, NEW.at);
    RETURN NULL;
END $$;
CREATE TRIGGER log_firing AFTER INSERT ON timetable_firings
    FOR EACH ROW EXECUTE FUNCTION log_firing();

-- What people change for the whole organisation; the audit log has everything.
CREATE FUNCTION log_audited() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person text; what text := split_part(NEW.action, '.', 1);
BEGIN
    SELECT u.display_name INTO person FROM users u WHERE u.user_id = NEW.actor_user_id;
    PERFORM log_event(NEW.organisation_id, 'info',
        CASE what WHEN 'import_template' THEN 'IMPORT_TEMPLATE' WHEN 'campaign' THEN 'CAMPAIGN'
            WHEN 'webhook' THEN 'WEBHOOK' ELSE 'ORGANIZATION_CONFIGURATION' END,
        CASE what WHEN 'campaign' THEN 'CAMPAIGN_RECYCLED' ELSE 'CONFIGURATION_CHANGED' END,
        what, NEW.subject_id, coalesce(NEW.details ->> 'name', ''),
        CASE what WHEN 'campaign' THEN NEW.subject_id::uuid END, NULL, NULL,
        jsonb_build_object('what', what, 'action', NEW.action, 'person', coalesce(person, ''),
            'number', coalesce(NEW.details -> 'recycled', '0')),
        CASE what WHEN 'campaign' THEN '' ELSE NEW.action || ' ' || NEW.subject_id || ' '
            || coalesce(NEW.actor_user_id::text, '') END, NEW.at);
    RETURN NULL;
END $$;
CREATE TRIGGER log_audited AFTER INSERT ON audit_log FOR EACH ROW
    WHEN (NEW.action = 'campaign.recycled' OR split_part(NEW.action, '.', 1) IN
          ('compliance', 'trunk', 'settings', 'queue', 'callable_time_set', 'attempt_limit',
           'dnc_list', 'rule_set', 'campaign_rule', 'import_template', 'webhook'))
    EXECUTE FUNCTION log_audited();

-- ── Webhooks ─────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE webhooks (
    webhook_id       uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    url              text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    description      text NOT NULL DEFAULT '',
    kinds            text[] NOT NULL,               -- domain/webhooks/catalogue.py
    campaign_ids     uuid[] NOT NULL DEFAULT '{}',  -- empty: all; facts about no campaign always
    personal_data    boolean NOT NULL DEFAULT false,-- false: ids only
    state            text NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off', 'paused')),
    secret           bytea NOT NULL,                -- sealed
    old_secret       bytea,                         -- signs beside the new one until old_secret_until
    old_secret_until timestamptz,
    failures         integer NOT NULL DEFAULT 0,    -- requests in a row
    failing_since    timestamptz,
    rests_until      timestamptz,                   -- nothing is sent before
    last_success_at  timestamptz,
    last_failure_at  timestamptz,
    last_error       text NOT NULL DEFAULT '',
    worker           text,                          -- who sends, under worker_until
    worker_until     timestamptz,
    version          integer NOT NULL DEFAULT 1,
    created_by       uuid,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);
CREATE INDEX ON webhooks (organisation_id);

CREATE TABLE webhook_messages (                     -- a fact that some webhook wanted
    message_id      uuid PRIMARY KEY,               -- the header webhook-id
    organisation_id uuid NOT NULL REFERENCES organisations,
    kind            text NOT NULL,
    campaign_id     uuid,
    at              timestamptz NOT NULL,
    data            jsonb NOT NULL,                 -- ids and facts
    personal        jsonb                           -- numbers, names, notes; null: nobody wanted them
);
CREATE INDEX webhook_messages_age ON webhook_messages (organisation_id, at);

CREATE TABLE webhook_deliveries (
    delivery_id     uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    webhook_id      uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    message_id      uuid NOT NULL REFERENCES webhook_messages ON DELETE CASCADE,
    position        bigint GENERATED ALWAYS AS IDENTITY,
    order_key       uuid,                           -- those with the same one go one after the other
    state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    tries           integer NOT NULL DEFAULT 0,     -- since it was last wanted
    replays         integer NOT NULL DEFAULT 0,
    next_at         timestamptz NOT NULL,
    wanted_at       timestamptz NOT NULL,           -- the fact's time, or the last replay's
    last_try_at     timestamptz,
    status          integer,                        -- of the last try
    error           text NOT NULL DEFAULT '',
    duration_ms     integer,
    answer          text NOT NULL DEFAULT '',       -- its first 2 KB
    UNIQUE (webhook_id, message_id)
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, position)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (webhook_id, order_key, position)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, position DESC);
CREATE INDEX ON webhook_deliveries (message_id);

CREATE FUNCTION webhooks_want(organisation uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM webhooks w WHERE w.organisation_id = organisation
                  AND w.state <> 'off' AND wanted = ANY (w.kinds)) $$;

CREATE FUNCTION tell_webhooks(
    organisation uuid, told text, campaign uuid, key uuid, at timestamptz, data jsonb, personal jsonb
) RETURNS void LANGUAGE sql AS
$$ WITH wanting AS (
       SELECT w.webhook_id, w.personal_data FROM webhooks w
       WHERE w.organisation_id = organisation AND w.state <> 'off' AND told = ANY (w.kinds)
         AND (campaign IS NULL OR w.campaign_ids = '{}' OR campaign = ANY (w.campaign_ids))
   ), written AS (
       INSERT INTO webhook_messages (message_id, organisation_id, kind, campaign_id, at, data, personal)
       SELECT gen_random_uuid(), organisation, told, campaign, at, data,
           CASE WHEN (SELECT bool_or(personal_data) FROM wanting) THEN personal END
       WHERE EXISTS (SELECT FROM wanting)
       RETURNING message_id
   )
   INSERT INTO webhook_deliveries (delivery_id, organisation_id, webhook_id, message_id, order_key,
       next_at, wanted_at)
   SELECT gen_random_uuid(), organisation, wanting.webhook_id, written.message_id, key,
       transaction_timestamp(), transaction_timestamp()
   FROM wanting, written $$;

CREATE FUNCTION tell_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhooks_want(NEW.organisation_id, 'attempt.ended') THEN
        PERFORM tell_webhooks(NEW.organisation_id, 'attempt.ended', NEW.campaign_id, NEW.contact_id,
            coalesce(NEW.closed_at, transaction_timestamp()),
            jsonb_build_object('attempt_id', NEW.attempt_id, 'campaign_id', NEW.campaign_id,
                'contact_id', NEW.contact_id, 'attempt_number', NEW.attempt_number, 'mode', NEW.mode,
                'trunk_id', NEW.trunk_id, 'agent_user_id', NEW.agent_user_id,
                'callback_id', NEW.callback_id, 'result', NEW.result, 'sip_code', NEW.sip_code,
                'hung_up_by', NEW.hung_up_by, 'abandoned', NEW.abandoned,
                'dialling_at', NEW.dialling_at, 'answered_at', NEW.answered_at,
                'connected_at', NEW.connected_at, 'closed_at', NEW.closed_at),
            jsonb_build_object('number', NEW.number, 'transferred_to', NEW.transferred_to));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_attempt AFTER UPDATE ON attempts FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION tell_attempt();

CREATE FUNCTION tell_wrap_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE attempt attempts%ROWTYPE; code wrap_up_codes%ROWTYPE;
BEGIN
    IF webhooks_want(NEW.organisation_id, 'wrap_up.saved') THEN
        SELECT * INTO attempt FROM attempts a WHERE a.attempt_id = NEW.attempt_id;
        SELECT * INTO code FROM wrap_up_codes w WHERE w.wrap_up_code_id = NEW.wrap_up_code_id;
        PERFORM tell_webhooks(NEW.organisation_id, 'wrap_up.saved', NEW.campaign_id, attempt.contact_id,
            NEW.created_at,
            jsonb_build_object('attempt_id', NEW.attempt_id, 'campaign_id', NEW.campaign_id,
                'contact_id', attempt.contact_id, 'wrap_up_code_id', NEW.wrap_up_code_id,
                'wrap_up_code_name', code.name, 'system_code', NEW.system_code,
                'user_id', NEW.user_id, 'after_call_seconds', NEW.after_call_seconds),
            jsonb_build_object('number', attempt.number, 'notes', NEW.notes, 'fields', NEW.fields));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_wrap_up AFTER INSERT ON wrap_ups FOR EACH ROW EXECUTE FUNCTION tell_wrap_up();

CREATE FUNCTION tell_callback() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told text := CASE NEW.state WHEN 'open' THEN 'callback.scheduled' WHEN 'done' THEN 'callback.done'
    WHEN 'cancelled' THEN 'callback.cancelled' ELSE 'callback.missed' END;
BEGIN
    IF webhooks_want(NEW.organisation_id, told) THEN
        PERFORM tell_webhooks(NEW.organisation_id, told, NEW.campaign_id, NEW.contact_id,
            coalesce(NEW.changed_at, transaction_timestamp()),
            jsonb_build_object('callback_id', NEW.callback_id, 'campaign_id', NEW.campaign_id,
                'contact_id', NEW.contact_id, 'attempt_id', NEW.attempt_id,
                'owner_user_id', NEW.owner_user_id, 'state', NEW.state, 'due_at', NEW.due_at,
                'first_due_at', NEW.first_due_at, 'reason_code',
                CASE WHEN NEW.reason ~ '^[A-Z_]+$' THEN NEW.reason ELSE '' END),
            jsonb_build_object('number', NEW.number, 'note', NEW.note));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_callback_made AFTER INSERT ON callbacks
    FOR EACH ROW EXECUTE FUNCTION tell_callback();
CREATE TRIGGER tell_callback_changed AFTER UPDATE ON callbacks FOR EACH ROW
    WHEN (NEW.state <> OLD.state OR NEW.due_at <> OLD.due_at
          OR NEW.owner_user_id IS DISTINCT FROM OLD.owner_user_id)
    EXECUTE FUNCTION tell_callback();

CREATE FUNCTION tell_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhooks_want(NEW.organisation_id, 'campaign.state_changed') THEN
        PERFORM tell_webhooks(NEW.organisation_id, 'campaign.state_changed', NEW.campaign_id,
            NEW.campaign_id, NEW.state_changed_at,
            jsonb_build_object('campaign_id', NEW.campaign_id, 'name', NEW.name, 'state', NEW.state,
                'previous_state', OLD.state, 'state_reason', NEW.state_reason), NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_campaign AFTER UPDATE OF state ON campaigns FOR EACH ROW
    WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION tell_campaign();

CREATE FUNCTION tell_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhooks_want(NEW.organisation_id, 'import.ended') THEN
        PERFORM tell_webhooks(NEW.organisation_id, 'import.ended', NULL, NEW.import_id,
            coalesce(NEW.ended_at, transaction_timestamp()),
            jsonb_build_object('import_id', NEW.import_id, 'contact_list_id', NEW.contact_list_id,
                'dnc_list_id', NEW.dnc_list_id, 'file_name', NEW.file_name, 'state', NEW.state,
                'rows_read', NEW.rows_read, 'rows_added', NEW.rows_added,
                'rows_updated', NEW.rows_updated, 'rows_rejected', NEW.rows_rejected,
                'error_code', NEW.error_code), NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_import AFTER UPDATE OF state ON imports FOR EACH ROW
    WHEN (NEW.state IN ('complete', 'failed', 'cancelled') AND OLD.state <> NEW.state)
    EXECUTE FUNCTION tell_import();

-- Imports, uploads and rewritten columns are not told row by row: they say so in their transaction.
CREATE FUNCTION in_bulk() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('kwabo.in_bulk', true), '') = 'on' $$;

CREATE FUNCTION tell_dnc_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE entry record;
BEGIN
    IF in_bulk() OR NOT EXISTS (SELECT FROM webhooks w WHERE w.state <> 'off'
                                AND 'dnc.entry_added' = ANY (w.kinds)) THEN
        RETURN NULL;
    END IF;
    FOR entry IN SELECT a.*, l.name FROM added a JOIN dnc_lists l USING (dnc_list_id) LOOP
        PERFORM tell_webhooks(entry.organisation_id, 'dnc.entry_added', NULL, NULL, entry.created_at,
            jsonb_build_object('dnc_list_id', entry.dnc_list_id, 'dnc_list_name', entry.name,
                'source', entry.source, 'user_id', entry.user_id, 'expires_at', entry.expires_at),
            jsonb_build_object('value', entry.value, 'reason', entry.reason));
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_dnc_entries AFTER INSERT ON dnc_entries
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tell_dnc_entries();

CREATE FUNCTION tell_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE contact record;
BEGIN
    IF in_bulk() OR NOT EXISTS (SELECT FROM webhooks w WHERE w.state <> 'off'
                                AND 'contact.changed' = ANY (w.kinds)) THEN
        RETURN NULL;
    END IF;
    FOR contact IN SELECT * FROM changed LOOP
        PERFORM tell_webhooks(contact.organisation_id, 'contact.changed', NULL, contact.contact_id,
            contact.updated_at,
            jsonb_build_object('contact_id', contact.contact_id,
                'contact_list_id', contact.contact_list_id, 'version', contact.version,
                'callable', contact.callable, 'uncallable_reason', contact.uncallable_reason),
            jsonb_build_object('external_key', contact.external_key, 'data', contact.data,
                'numbers', to_jsonb(contact.numbers)));
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_contacts_made AFTER INSERT ON contacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_contacts();
CREATE TRIGGER tell_contacts_changed AFTER UPDATE ON contacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_contacts();

CREATE FUNCTION tell_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhooks_want(NEW.organisation_id, 'event.error') THEN
        PERFORM tell_webhooks(NEW.organisation_id, 'event.error', NEW.campaign_id, NULL, NEW.last_at,
            jsonb_build_object('event_id', NEW.event_id, 'code', NEW.code, 'category', NEW.category,
                'subject_kind', NEW.subject_kind, 'subject_id', NEW.subject_id,
                'subject_name', NEW.subject_name, 'campaign_id', NEW.campaign_id,
                'contact_list_id', NEW.contact_list_id, 'trunk_id', NEW.trunk_id), NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_event AFTER INSERT ON event_log FOR EACH ROW
    WHEN (NEW.level = 'error') EXECUTE FUNCTION tell_event();

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['event_log', 'webhooks', 'webhook_messages', 'webhook_deliveries']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

-- Webhooks with something to send now that nobody is sending.
CREATE FUNCTION due_webhooks(at timestamptz) RETURNS TABLE (webhook_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT w.webhook_id, w.organisation_id FROM webhooks w
   WHERE w.state = 'on' AND (w.rests_until IS NULL OR w.rests_until <= at)
     AND (w.worker_until IS NULL OR w.worker_until < at)
     AND EXISTS (SELECT FROM webhook_deliveries d
                 WHERE d.webhook_id = w.webhook_id AND d.state = 'waiting' AND d.next_at <= at)
   ORDER BY w.webhook_id $$;
