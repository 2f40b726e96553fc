-- First schema. One SQL dialect: PostgreSQL 15 or newer.
-- Every table that holds an organisation's data has organisation_id and a row-level policy on it.
-- The application connects as a role that is neither owner nor superuser (kwabo_app), and names the
-- organisation of each transaction with set_config('kwabo.organisation_id', <uuid>, true).

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION current_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('kwabo.organisation_id', true), '')::uuid $$;

-- ── Organisations, people, access ────────────────────────────────────────────────────────────────

CREATE TABLE organisations (
    organisation_id uuid PRIMARY KEY,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    slug            text NOT NULL UNIQUE,
    region          text NOT NULL DEFAULT 'BJ' CHECK (region ~ '^[A-Z]{2}$'),
    time_zone       text NOT NULL DEFAULT 'Africa/Porto-Novo',
    language        text NOT NULL DEFAULT 'fr',
    created_at      timestamptz NOT NULL
);

CREATE TABLE users (
    user_id         uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    login           text NOT NULL CHECK (login = lower(login) AND length(login) BETWEEN 1 AND 200),
    display_name    text NOT NULL,
    password_hash   text NOT NULL,
    role            text NOT NULL CHECK (role IN ('administrator', 'supervisor', 'agent')),
    permissions     text[] NOT NULL DEFAULT '{}',   -- granted beyond the role
    language        text NOT NULL DEFAULT 'fr',
    active          boolean NOT NULL DEFAULT true,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (login),
    UNIQUE (organisation_id, user_id)
);

CREATE TABLE sessions (
    token_hash      bytea PRIMARY KEY,              -- SHA-256 of the cookie's value
    organisation_id uuid NOT NULL REFERENCES organisations,
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    csrf_token      text NOT NULL,
    user_agent      text NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL
);
CREATE INDEX ON sessions (user_id);

CREATE TABLE api_tokens (
    api_token_id    uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name            text NOT NULL,
    token_hash      bytea NOT NULL UNIQUE,
    scopes          text[] NOT NULL,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    last_used_at    timestamptz,
    revoked_at      timestamptz
);

CREATE TABLE login_failures (                       -- throttling; keyed by login or by address
    key       text NOT NULL,
    failed_at timestamptz NOT NULL
);
CREATE INDEX ON login_failures (key, failed_at);

CREATE TABLE audit_log (
    audit_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    at              timestamptz NOT NULL,
    actor_user_id   uuid,
    action          text NOT NULL,                  -- 'user.created', 'campaign.started' …
    subject_kind    text NOT NULL,
    subject_id      text NOT NULL,
    details         jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ON audit_log (organisation_id, at DESC);

CREATE TABLE idempotency_keys (                     -- REST commands asked twice with the same key
    organisation_id uuid NOT NULL REFERENCES organisations,
    key             text NOT NULL,
    request_hash    bytea NOT NULL,
    status          integer NOT NULL,
    answer          jsonb,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, key)
);

-- ── Lists and contacts ───────────────────────────────────────────────────────────────────────────

CREATE TABLE contact_lists (
    contact_list_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    region          text NOT NULL CHECK (region ~ '^[A-Z]{2}$'),   -- for national numbers
    time_zone       text NOT NULL,                  -- when a contact has none of its own
    key_columns     text[] NOT NULL DEFAULT '{}',   -- columns whose values make the duplicate key
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name),
    UNIQUE (contact_list_id, organisation_id)
);

CREATE TABLE contact_list_columns (
    contact_list_id uuid NOT NULL REFERENCES contact_lists ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL,                  -- as in the file's header; the key in contacts.data
    label           text NOT NULL,                  -- shown to people; for phones 'mobile', 'work' …
    kind            text NOT NULL
                    CHECK (kind IN ('text', 'number', 'date', 'phone', 'time_zone', 'language')),
    position        integer NOT NULL,
    PRIMARY KEY (contact_list_id, name)
);

CREATE TABLE contacts (
    contact_id         uuid PRIMARY KEY,
    organisation_id    uuid NOT NULL,               -- the list's
    contact_list_id    uuid NOT NULL,
    -- Dialling order. A reader that has read all of (added_in, position) below the oldest running
    -- transaction misses nothing that commits later: positions alone become visible out of order.
    added_in           bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    position           bigint GENERATED ALWAYS AS IDENTITY,
    external_key       text,                        -- from the list's key columns; null: no key
    data               jsonb NOT NULL DEFAULT '{}', -- column name → value as text
    numbers            text[] NOT NULL DEFAULT '{}',-- E.164, in the order of the phone columns
    number_labels      text[] NOT NULL DEFAULT '{}',
    uncallable_numbers text[] NOT NULL DEFAULT '{}',
    time_zone          text,                        -- IANA name, null: the list's
    language           text,
    callable           boolean NOT NULL DEFAULT true,
    uncallable_reason  text,
    version            integer NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    CHECK (cardinality(numbers) = cardinality(number_labels)),
    FOREIGN KEY (contact_list_id, organisation_id)
        REFERENCES contact_lists (contact_list_id, organisation_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX contacts_key ON contacts (contact_list_id, external_key)
    WHERE external_key IS NOT NULL;
CREATE INDEX contacts_order ON contacts (contact_list_id, added_in, position);

CREATE TABLE imports (
    import_id       uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    contact_list_id uuid REFERENCES contact_lists ON DELETE CASCADE,
    user_id         uuid,
    file_name       text NOT NULL,
    file_path       text NOT NULL,                  -- where the uploaded bytes lie
    file_bytes      bigint NOT NULL,
    state           text NOT NULL CHECK (state IN
                    ('uploaded', 'waiting', 'running', 'complete', 'failed', 'cancelled')),
    encoding        text NOT NULL,
    delimiter       text NOT NULL,
    mapping         jsonb NOT NULL DEFAULT '{}',
    on_duplicate    text NOT NULL DEFAULT 'update' CHECK (on_duplicate IN ('update', 'skip')),
    bytes_done      bigint NOT NULL DEFAULT 0,      -- where a restart goes on (a row's first byte)
    lines_done      bigint NOT NULL DEFAULT 0,
    rows_read       bigint NOT NULL DEFAULT 0,
    rows_added      bigint NOT NULL DEFAULT 0,
    rows_updated    bigint NOT NULL DEFAULT 0,
    rows_duplicate  bigint NOT NULL DEFAULT 0,
    rows_rejected   bigint NOT NULL DEFAULT 0,
    error_code      text,
    error           text,
    worker          text,                           -- who runs it, under worker_until
    worker_until    timestamptz,
    created_at      timestamptz NOT NULL,
    started_at      timestamptz,
    ended_at        timestamptz
);
CREATE INDEX ON imports (organisation_id, created_at DESC);

CREATE TABLE import_rejections (
    import_id       uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    place           bigint GENERATED ALWAYS AS IDENTITY,    -- order of the report
    organisation_id uuid NOT NULL REFERENCES organisations,
    line_number     bigint NOT NULL,                -- first line of the row in the file, from 1
    column_name     text NOT NULL DEFAULT '',
    value           text NOT NULL DEFAULT '',
    code            text NOT NULL,                  -- the sentence to it: domain/contacts/problems.py
    row_kept        boolean NOT NULL DEFAULT false, -- true: a warning, the contact was taken
    PRIMARY KEY (import_id, place)
);

-- ── Do not call ──────────────────────────────────────────────────────────────────────────────────

CREATE TABLE dnc_lists (
    dnc_list_id     uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE dnc_entries (
    dnc_list_id     uuid NOT NULL REFERENCES dnc_lists ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    number          text NOT NULL,                  -- E.164
    reason          text NOT NULL DEFAULT '',
    source          text NOT NULL DEFAULT 'user' CHECK (source IN ('user', 'agent', 'upload', 'api')),
    user_id         uuid,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz,
    PRIMARY KEY (dnc_list_id, number)
);

-- ── What campaigns need ──────────────────────────────────────────────────────────────────────────

CREATE TABLE queues (
    queue_id        uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE queue_members (
    queue_id        uuid NOT NULL REFERENCES queues ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (queue_id, user_id)
);

CREATE TABLE trunks (
    trunk_id         uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    name             text NOT NULL,
    endpoint         text NOT NULL CHECK (endpoint ~ '^[A-Za-z0-9_-]{1,60}$'),  -- the switch's name of it
    lines            integer NOT NULL DEFAULT 30 CHECK (lines BETWEEN 1 AND 10000),
    calls_per_second numeric NOT NULL DEFAULT 10 CHECK (calls_per_second > 0),
    caller_ids       text[] NOT NULL DEFAULT '{}',  -- E.164 numbers that may be shown
    attempt_header   text,                          -- SIP header that carries the attempt id, if any
    created_at       timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE wrap_up_codes (
    wrap_up_code_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL,                  -- French, or the organisation's language
    name_en         text NOT NULL DEFAULT '',
    flags           text[] NOT NULL DEFAULT '{}',   -- right_party success failure neutral do_not_call
                                                    -- number_uncallable contact_uncallable callback
    required_fields text[] NOT NULL DEFAULT '{}',   -- 'notes' or names of list columns
    position        integer NOT NULL DEFAULT 0,
    active          boolean NOT NULL DEFAULT true,
    created_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE pause_reasons (
    pause_reason_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    name            text NOT NULL,
    name_en         text NOT NULL DEFAULT '',
    position        integer NOT NULL DEFAULT 0,
    active          boolean NOT NULL DEFAULT true,
    UNIQUE (organisation_id, name)
);

-- ── Campaigns ────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE campaigns (
    campaign_id               uuid PRIMARY KEY,
    organisation_id           uuid NOT NULL REFERENCES organisations,
    name                      text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    contact_list_id           uuid NOT NULL REFERENCES contact_lists,
    mode                      text NOT NULL CHECK (mode IN ('preview', 'progressive')),
    priority                  integer NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5), -- 5 first
    queue_id                  uuid NOT NULL REFERENCES queues,
    trunk_id                  uuid NOT NULL REFERENCES trunks,
    caller_id                 text NOT NULL,
    caller_name               text NOT NULL DEFAULT '',
    callable_weekdays         integer[] NOT NULL DEFAULT '{1,2,3,4,5,6}',     -- 1 Monday … 7 Sunday
    callable_from             time NOT NULL DEFAULT '08:00',
    callable_until            time NOT NULL DEFAULT '20:00',                  -- exclusive
    dnc_list_id               uuid REFERENCES dnc_lists,
    max_attempts              integer NOT NULL DEFAULT 4 CHECK (max_attempts BETWEEN 1 AND 100),
    recall_seconds            jsonb NOT NULL DEFAULT '{}',  -- result → seconds until the next attempt; null: none
    minimum_gap_seconds       integer NOT NULL DEFAULT 300 CHECK (minimum_gap_seconds >= 0),
    no_answer_timeout_seconds integer NOT NULL DEFAULT 30 CHECK (no_answer_timeout_seconds BETWEEN 5 AND 120),
    after_call_limit_seconds  integer NOT NULL DEFAULT 60 CHECK (after_call_limit_seconds BETWEEN 5 AND 3600),
    call_analysis             boolean NOT NULL DEFAULT false,
    preview_delivery          text NOT NULL DEFAULT 'push' CHECK (preview_delivery IN ('push', 'fetch')),
    preview_timeout_seconds   integer NOT NULL DEFAULT 0,   -- 0: never dials by itself
    preview_skip_allowed      boolean NOT NULL DEFAULT true,
    script                    text NOT NULL DEFAULT '',     -- Markdown with {{column}} placeholders
    wrap_up_code_ids          uuid[] NOT NULL DEFAULT '{}', -- empty: all active codes
    state                     text NOT NULL DEFAULT 'ready' CHECK (state IN
                              ('ready', 'running', 'pausing', 'paused', 'stopped', 'complete')),
    state_reason              text NOT NULL DEFAULT '',     -- reason code, '' when there is none
    state_changed_at          timestamptz NOT NULL,
    scan_added_in             bigint NOT NULL DEFAULT 0,    -- contacts up to (scan_added_in, scan_position)
    scan_position             bigint NOT NULL DEFAULT 0,    -- have a campaign_contacts row
    version                   integer NOT NULL DEFAULT 1,
    created_at                timestamptz NOT NULL,
    updated_at                timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

-- A contact's course in a campaign; made when the campaign first looks at the contact.
CREATE TABLE campaign_contacts (
    campaign_id     uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    contact_id      uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    state           text NOT NULL CHECK (state IN ('open', 'in_progress', 'finished')),
    attempts        integer NOT NULL DEFAULT 0,     -- dialled ones
    last_attempt_at timestamptz,
    last_result     text,
    next_attempt_at timestamptz,                    -- open only
    reason          text NOT NULL DEFAULT '',       -- why it waits or is finished: a reason code
    PRIMARY KEY (campaign_id, contact_id)
);
CREATE INDEX campaign_contacts_due ON campaign_contacts (campaign_id, next_attempt_at)
    WHERE state = 'open';
CREATE INDEX ON campaign_contacts (contact_id);

-- ── Attempts ─────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE attempts (
    attempt_id         uuid PRIMARY KEY,            -- also the id of the channel on the switch
    organisation_id    uuid NOT NULL REFERENCES organisations,
    campaign_id        uuid NOT NULL REFERENCES campaigns,
    contact_id         uuid NOT NULL,               -- outlives a deleted contact
    attempt_number     integer NOT NULL,            -- 1, 2 … of this contact in this campaign
    number             text NOT NULL,
    mode               text NOT NULL,
    caller_id          text NOT NULL,
    trunk_id           uuid NOT NULL,
    agent_user_id      uuid,
    callback_id        uuid,
    state              text NOT NULL CHECK (state IN
                       ('offered', 'reserved', 'dialling', 'ringing', 'answered', 'connected', 'closed')),
    result             text,                        -- set exactly when closed
    sip_code           integer,
    cause              integer,                     -- Q.850
    hung_up_by         text,                        -- customer agent system
    abandoned          boolean NOT NULL DEFAULT false,  -- answered, and no agent came
    transferred_to     text,                        -- the agent left the call to this number
    because            jsonb NOT NULL DEFAULT '[]', -- codes of the rules that were asked, in order
    fencing            bigint NOT NULL,
    offered_at         timestamptz,
    reserved_at        timestamptz,
    dialling_at        timestamptz,
    ringing_at         timestamptz,
    answered_at        timestamptz,
    connected_at       timestamptz,
    closed_at          timestamptz,
    CHECK ((state = 'closed') = (result IS NOT NULL)),
    UNIQUE (campaign_id, contact_id, attempt_number)
);
CREATE UNIQUE INDEX attempts_one_live_per_contact ON attempts (contact_id) WHERE state <> 'closed';
CREATE UNIQUE INDEX attempts_one_live_per_agent ON attempts (agent_user_id)
    WHERE state <> 'closed' AND agent_user_id IS NOT NULL AND transferred_to IS NULL;
CREATE INDEX ON attempts (organisation_id) WHERE state <> 'closed';
CREATE INDEX attempts_by_campaign ON attempts (campaign_id, attempt_id);
CREATE INDEX attempts_by_contact ON attempts (contact_id, attempt_id);
CREATE INDEX attempts_by_closing ON attempts (organisation_id, closed_at);
CREATE INDEX attempts_by_number ON attempts (organisation_id, number, dialling_at);

CREATE FUNCTION attempt_state_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT array_position(
    ARRAY['offered','reserved','dialling','ringing','answered','connected','closed'], state) $$;

CREATE FUNCTION attempts_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' THEN
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
CREATE TRIGGER attempts_only_forward BEFORE UPDATE ON attempts
    FOR EACH ROW EXECUTE FUNCTION attempts_only_forward();

CREATE TABLE wrap_ups (                             -- exactly one for each attempt that a person answered
    attempt_id      uuid PRIMARY KEY REFERENCES attempts,
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid NOT NULL,
    wrap_up_code_id uuid REFERENCES wrap_up_codes,  -- null: made by the system
    system_code     text,                           -- 'NOT_GIVEN', 'ABANDONED' … when the system made it
    user_id         uuid,
    notes           text NOT NULL DEFAULT '',
    fields          jsonb NOT NULL DEFAULT '{}',
    after_call_seconds numeric,
    created_at      timestamptz NOT NULL,
    CHECK ((wrap_up_code_id IS NULL) <> (system_code IS NULL))
);

CREATE TABLE callbacks (
    callback_id     uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid NOT NULL REFERENCES campaigns,
    contact_id      uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    attempt_id      uuid,                           -- the call in which it was promised
    owner_user_id   uuid,                           -- null: anyone's
    number          text NOT NULL,
    due_at          timestamptz NOT NULL,
    note            text NOT NULL DEFAULT '',
    state           text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX callbacks_one_open ON callbacks (campaign_id, contact_id) WHERE state = 'open';
CREATE INDEX callbacks_due ON callbacks (organisation_id, due_at) WHERE state = 'open';

-- ── The floor ────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE floors (                               -- one for each organisation's site
    floor_id        uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    owner           text,                           -- name of the engine process
    fencing         bigint NOT NULL DEFAULT 0,
    lease_until     timestamptz,
    position        bigint NOT NULL DEFAULT 0       -- of the newest event
);

CREATE TABLE agent_presence (                       -- what a new owner of the floor needs of an agent
    user_id         uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    status          text NOT NULL CHECK (status IN
                    ('signed_out', 'connecting', 'paused', 'ready', 'reserved', 'previewing', 'on_call',
                     'after_call', 'lost')),
    pause_reason_id uuid,
    since           timestamptz NOT NULL,
    leg_kind        text NOT NULL DEFAULT 'webrtc' CHECK (leg_kind IN ('webrtc', 'address')),
    leg_address     text,                           -- for 'address': number or SIP user at the trunk
    leg_channel_id  text,
    legs            integer NOT NULL DEFAULT 0,     -- how many there were; makes the next channel id
    sign_ins        integer NOT NULL DEFAULT 0,     -- how many there were; changes the SIP password
    attempt_id      uuid,                           -- the attempt the agent is held for, speaks on or must wrap up
    after_call_until timestamptz,
    pause_after     boolean NOT NULL DEFAULT false  -- pause asked for during a call
);

CREATE TABLE events (
    floor_id        uuid NOT NULL,
    position        bigint NOT NULL,
    organisation_id uuid NOT NULL,
    at              timestamptz NOT NULL,
    kind            text NOT NULL,                  -- 'attempt.answered', 'agent.status_changed' …
    subject_id      uuid,
    data            jsonb NOT NULL,
    PRIMARY KEY (floor_id, position)
);
CREATE INDEX events_by_subject ON events (floor_id, subject_id, position DESC); -- an entity's newest

CREATE TABLE floor_commands (                       -- from any process to the owner of a floor
    command_id      uuid PRIMARY KEY,
    floor_id        uuid NOT NULL REFERENCES floors ON DELETE CASCADE,
    organisation_id uuid NOT NULL,
    user_id         uuid,                           -- on whose behalf
    kind            text NOT NULL,
    payload         jsonb NOT NULL,
    created_at      timestamptz NOT NULL,
    handled_at      timestamptz,
    withdrawn_at    timestamptz,                    -- the sender stopped waiting
    answer          jsonb                           -- {"ok": true, …} or {"ok": false, "code": …}
);
CREATE INDEX floor_commands_waiting ON floor_commands (floor_id, created_at)
    WHERE handled_at IS NULL AND withdrawn_at IS NULL;

-- ── Row-level security ───────────────────────────────────────────────────────────────────────────

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['organisations','users','sessions','api_tokens','audit_log','idempotency_keys',
        'contact_lists','contact_list_columns','contacts','imports','import_rejections','dnc_lists',
        'dnc_entries','queues','queue_members','trunks','wrap_up_codes','pause_reasons','campaigns',
        'campaign_contacts','attempts','wrap_ups','callbacks','floors','agent_presence','events',
        'floor_commands']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        -- As a sub-select the function runs once for a statement, not once for each row.
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
    END LOOP;
END $$;

-- Look-ups that come before the organisation is known. They run as the owner and return little.
CREATE FUNCTION find_login(wanted text)
    RETURNS TABLE (organisation_id uuid, user_id uuid, password_hash text, active boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT u.organisation_id, u.user_id, u.password_hash, u.active FROM users u WHERE u.login = lower(wanted) $$;

CREATE FUNCTION find_session(wanted bytea)
    RETURNS TABLE (organisation_id uuid, user_id uuid, csrf_token text, created_at timestamptz, last_seen_at timestamptz,
                   expires_at timestamptz, display_name text, role text, permissions text[], language text, active boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT s.organisation_id, s.user_id, s.csrf_token, s.created_at, s.last_seen_at, s.expires_at,
          u.display_name, u.role, u.permissions, u.language, u.active
   FROM sessions s JOIN users u USING (user_id) WHERE s.token_hash = wanted $$;

CREATE FUNCTION find_api_token(wanted bytea)
    RETURNS TABLE (organisation_id uuid, user_id uuid, api_token_id uuid, scopes text[], expires_at timestamptz,
                   last_used_at timestamptz, revoked_at timestamptz, display_name text, role text, permissions text[],
                   language text, active boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT t.organisation_id, t.user_id, t.api_token_id, t.scopes, t.expires_at, t.last_used_at, t.revoked_at,
          u.display_name, u.role, u.permissions, u.language, u.active
   FROM api_tokens t JOIN users u USING (user_id) WHERE t.token_hash = wanted $$;

CREATE FUNCTION find_organisation(wanted text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT o.organisation_id FROM organisations o WHERE o.slug = wanted $$;

CREATE FUNCTION all_floors()
    RETURNS TABLE (floor_id uuid, organisation_id uuid, owner text, lease_until timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT f.floor_id, f.organisation_id, f.owner, f.lease_until FROM floors f ORDER BY f.floor_id $$;

CREATE FUNCTION waiting_imports()
    RETURNS TABLE (import_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT i.import_id, i.organisation_id FROM imports i
   WHERE i.state IN ('waiting', 'running') AND (i.worker_until IS NULL OR i.worker_until < clock_timestamp())
   ORDER BY i.created_at $$;

-- ── Rights of the application's role ─────────────────────────────────────────────────────────────

GRANT USAGE ON SCHEMA public TO kwabo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO kwabo_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO kwabo_app;
DO $$ BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO kwabo_app', current_database());
END $$;
REVOKE UPDATE, DELETE ON audit_log, events, wrap_ups FROM kwabo_app;
