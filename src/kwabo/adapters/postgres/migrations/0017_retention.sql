-- Consents from columns, opt-outs during a message, screening lists, retention.

ALTER TABLE consents
    ADD COLUMN import_id uuid,                          -- the import whose row said so; it may be gone
    ADD COLUMN file_name text NOT NULL DEFAULT '',
    ADD COLUMN file_line bigint;
ALTER TABLE imports
    ADD COLUMN consents_added bigint NOT NULL DEFAULT 0;

ALTER TABLE compliance_settings
    ADD COLUMN opt_out boolean NOT NULL DEFAULT false,  -- by a key during the message, also where no law demands it
    ADD COLUMN opt_out_key text NOT NULL DEFAULT '9' CHECK (opt_out_key ~ '^[0-9*#]$'),
    ADD COLUMN message_media text NOT NULL DEFAULT '',  -- to people whom no agent can take; '': the program's own
    ADD COLUMN confirmation_media text NOT NULL DEFAULT 'sound:auth-thankyou';
ALTER TABLE attempts ADD COLUMN opted_out_at timestamptz;  -- the key was pressed during the message
ALTER TABLE dnc_entries
    ADD COLUMN attempt_id uuid,                         -- the call in which the person opted out by a key
    DROP CONSTRAINT dnc_entries_source_check,
    ADD CONSTRAINT dnc_entries_source_check
        CHECK (source IN ('user', 'agent', 'upload', 'api', 'rule', 'key'));

ALTER TABLE dnc_lists
    ADD COLUMN screening_authority text,                -- set: the list of an authority (TPS …), kept by its files alone
    ADD COLUMN screening_days integer CHECK (screening_days BETWEEN 1 AND 3650),  -- how old its content may be
    ADD COLUMN screened_at timestamptz;                 -- when its last whole upload was complete

-- Contacts that a DNC entry or a mark alone has finished: looked up when that is taken away.
CREATE INDEX campaign_contacts_barred ON campaign_contacts (contact_id)
    WHERE state = 'finished' AND reason IN ('DNC_LISTED', 'NO_CALLABLE_NUMBER', 'CONTACT_UNCALLABLE');

CREATE TABLE dnc_replacements (                         -- values of an upload that will replace a list's content
    import_id       uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    value           text NOT NULL,
    PRIMARY KEY (import_id, value)
);
ALTER TABLE imports ADD COLUMN rows_removed bigint NOT NULL DEFAULT 0;  -- entries that a replacing upload took away
ALTER TABLE dnc_replacements ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON dnc_replacements
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON dnc_replacements TO kwabo_app;
