-- Callbacks, owned records, precise dialling.

ALTER TABLE callbacks DROP CONSTRAINT callbacks_state_check;
ALTER TABLE callbacks ADD CONSTRAINT callbacks_state_check
    CHECK (state IN ('open', 'done', 'missed', 'expired', 'cancelled'));
ALTER TABLE callbacks
    ADD COLUMN latest_at timestamptz,           -- not after it; null: the campaign's hours after due_at
    ADD COLUMN first_due_at timestamptz,        -- as promised, when due_at has moved since
    ADD COLUMN reason text NOT NULL DEFAULT '', -- why it moved or ended: a rule's code, or a person's words
    ADD COLUMN changed_at timestamptz,          -- of state, time or owner; null: as promised
    ADD COLUMN changed_by uuid;                 -- null: the system
CREATE INDEX callbacks_by_state ON callbacks (organisation_id, state, due_at, callback_id);
CREATE INDEX callbacks_of_owner ON callbacks (owner_user_id, due_at) WHERE state = 'open';

ALTER TABLE campaigns
    ADD COLUMN callback_owned_hours integer NOT NULL DEFAULT 24         -- its owner's for so long after the due time
        CHECK (callback_owned_hours BETWEEN 1 AND 168),
    ADD COLUMN callback_after_owned text NOT NULL DEFAULT 'anyone'      -- what follows
        CHECK (callback_after_owned IN ('anyone', 'missed')),
    ADD COLUMN callback_takeover text NOT NULL DEFAULT 'anyone'         -- who takes it from an owner who is away
        CHECK (callback_takeover IN ('anyone', 'deputy', 'by_hand')),
    ADD COLUMN callback_takeover_minutes integer NOT NULL DEFAULT 15    -- how long after the due time
        CHECK (callback_takeover_minutes BETWEEN 0 AND 1440),
    ADD COLUMN callback_deputy_user_id uuid,
    ADD COLUMN callback_latest_hours integer NOT NULL DEFAULT 168       -- not made later than this after the due time
        CHECK (callback_latest_hours BETWEEN 1 AND 720),
    ADD COLUMN callback_reminder_minutes integer NOT NULL DEFAULT 5     -- before the due time; 0: none
        CHECK (callback_reminder_minutes BETWEEN 0 AND 120),
    ADD COLUMN callback_own_delivery text NOT NULL DEFAULT 'dial'       -- to its owner, where the dialler decides
        CHECK (callback_own_delivery IN ('dial', 'preview')),
    ADD COLUMN callback_anyone_delivery text NOT NULL DEFAULT 'dial'    -- to anyone
        CHECK (callback_anyone_delivery IN ('dial', 'preview')),
    ADD COLUMN preview_column text NOT NULL DEFAULT '',                 -- contacts with one of these values
    ADD COLUMN preview_values text[] NOT NULL DEFAULT '{}',             -- are always previewed
    ADD COLUMN agent_owned_column text NOT NULL DEFAULT '',             -- login or id of a contact's agent
    ADD COLUMN owner_absent text NOT NULL DEFAULT 'wait'                -- a record whose owner does not come
        CHECK (owner_absent IN ('wait', 'anyone')),
    ADD COLUMN owner_absent_hours integer NOT NULL DEFAULT 24           -- for anyone: after so long
        CHECK (owner_absent_hours BETWEEN 1 AND 720);
