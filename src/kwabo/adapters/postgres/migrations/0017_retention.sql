-- Consents from columns, opt-outs during a message, screening lists, retention.

ALTER TABLE consents
    ADD COLUMN import_id uuid,                          -- the import whose row said so; it may be gone
    ADD COLUMN file_name text NOT NULL DEFAULT '',
    ADD COLUMN file_line bigint;
ALTER TABLE imports
    ADD COLUMN consents_added bigint NOT NULL DEFAULT 0;
