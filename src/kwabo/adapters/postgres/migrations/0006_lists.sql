-- Lists in use: changes of their columns, workbooks, import templates, scheduled imports, health.

ALTER TABLE imports
    ADD COLUMN workbook_path text,                  -- the uploaded workbook; file_path is its sheet as CSV
    ADD COLUMN sheet text,                          -- the sheet that was chosen
    ADD COLUMN sheets text[] NOT NULL DEFAULT '{}', -- all of the workbook's
    ADD COLUMN reading jsonb NOT NULL DEFAULT '{}', -- what a template adds: see domain/contacts/import_reading.py
    ADD COLUMN import_template_id uuid,             -- the template it was prepared with
    ADD COLUMN numbers_converted bigint NOT NULL DEFAULT 0;     -- written in Benin's old eight digits

-- ── Import templates ─────────────────────────────────────────────────────────────────────────────

CREATE TABLE import_templates (
    import_template_id uuid PRIMARY KEY,
    organisation_id    uuid NOT NULL REFERENCES organisations,
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    reading            jsonb NOT NULL,              -- encoding, delimiter, sheet, lines to skip, positions
    columns            jsonb NOT NULL,              -- the mapping, with what is replaced in each column
    on_duplicate       text NOT NULL DEFAULT 'update' CHECK (on_duplicate IN ('update', 'skip')),
    version            integer NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

-- ── Scheduled imports ────────────────────────────────────────────────────────────────────────────

CREATE TABLE import_schedules (
    import_schedule_id uuid PRIMARY KEY,
    organisation_id    uuid NOT NULL REFERENCES organisations,
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    contact_list_id    uuid NOT NULL REFERENCES contact_lists ON DELETE CASCADE,
    import_template_id uuid REFERENCES import_templates,
    source             jsonb NOT NULL,              -- kind and address, without secrets
    secret             bytea,                       -- sealed: password or private key
    timing             jsonb NOT NULL,              -- every n minutes, or daily at a time in a zone
    done_file          text NOT NULL DEFAULT 'keep' CHECK (done_file IN ('keep', 'move', 'delete')),
    on_duplicate       text NOT NULL DEFAULT 'update' CHECK (on_duplicate IN ('update', 'skip')),
    active             boolean NOT NULL DEFAULT true,
    next_run_at        timestamptz,                 -- null: not planned
    wanted_at          timestamptz,                 -- a person asked for a run now
    etag               text,                        -- of an address: what was fetched last
    last_modified      text,
    failures           integer NOT NULL DEFAULT 0,  -- runs in a row that failed
    worker             text,                        -- who runs it, under worker_until
    worker_until       timestamptz,
    version            integer NOT NULL DEFAULT 1,
    created_by         uuid,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE import_schedule_runs (
    import_schedule_run_id uuid PRIMARY KEY,
    import_schedule_id     uuid NOT NULL REFERENCES import_schedules ON DELETE CASCADE,
    organisation_id        uuid NOT NULL REFERENCES organisations,
    state                  text NOT NULL CHECK (state IN ('running', 'complete', 'failed')),
    asked_by_person        boolean NOT NULL DEFAULT false,
    files_seen             integer NOT NULL DEFAULT 0,
    files_imported         integer NOT NULL DEFAULT 0,
    files_known            integer NOT NULL DEFAULT 0,  -- the same content was imported before
    files_failed           integer NOT NULL DEFAULT 0,
    error_code             text,
    error                  text,
    started_at             timestamptz NOT NULL,
    ended_at               timestamptz
);
CREATE INDEX ON import_schedule_runs (import_schedule_id, started_at DESC);
CREATE UNIQUE INDEX import_schedule_runs_one_open ON import_schedule_runs (import_schedule_id)
    WHERE state = 'running';

CREATE TABLE import_schedule_files (                -- exactly once: a content is imported by a schedule once
    import_schedule_id     uuid NOT NULL REFERENCES import_schedules ON DELETE CASCADE,
    content_hash           bytea NOT NULL,          -- SHA-256 of the bytes
    organisation_id        uuid NOT NULL REFERENCES organisations,
    import_schedule_run_id uuid NOT NULL,
    import_id              uuid,                    -- null: it could not be read, for `error`
    error_code             text,
    error                  text,
    file_name              text NOT NULL,
    fingerprint            text NOT NULL,           -- name, size, time: not fetched again while it stays
    disposed_at            timestamptz,             -- moved or deleted at its source
    created_at             timestamptz NOT NULL,
    PRIMARY KEY (import_schedule_id, content_hash)
);
CREATE INDEX ON import_schedule_files (import_schedule_run_id);

-- ── Changes of columns ───────────────────────────────────────────────────────────────────────────

CREATE TABLE column_changes (
    column_change_id uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    contact_list_id  uuid NOT NULL REFERENCES contact_lists ON DELETE CASCADE,
    user_id          uuid,
    kind             text NOT NULL CHECK (kind IN ('add', 'rename', 'label', 'kind', 'order', 'remove')),
    column_name      text NOT NULL,
    settings         jsonb NOT NULL,                -- new name, label, kind, default …
    state            text NOT NULL CHECK (state IN
                     ('checking', 'checked', 'running', 'cleaning', 'complete', 'cancelled')),
    after_added_in   bigint NOT NULL DEFAULT 0,     -- place among the list's contacts from which to go on
    after_position   bigint NOT NULL DEFAULT 0,
    contacts_done    bigint NOT NULL DEFAULT 0,     -- in this state
    contacts_total   bigint NOT NULL DEFAULT 0,
    report           jsonb NOT NULL DEFAULT '{}',   -- what the check found
    error            text,                          -- of the last try; it is tried again
    worker           text,
    worker_until     timestamptz,
    created_at       timestamptz NOT NULL,
    started_at       timestamptz,                   -- of the rewriting
    ended_at         timestamptz
);
CREATE UNIQUE INDEX column_changes_one_open ON column_changes (contact_list_id)
    WHERE state IN ('checking', 'checked', 'running', 'cleaning');
CREATE INDEX ON column_changes (contact_list_id, created_at DESC);

-- What an agent writes while a column is being renamed goes to both names; for a minute afterwards,
-- what was still under way with the old name goes to the new one.
CREATE FUNCTION with_renamed_columns(list uuid, given jsonb) RETURNS jsonb LANGUAGE sql STABLE AS
$$ SELECT coalesce(
       (SELECT CASE
            WHEN c.state IN ('complete', 'cleaning') AND given ? c.column_name
                THEN (given - c.column_name)
                     || jsonb_build_object(c.settings ->> 'name', given -> c.column_name)
            WHEN c.state = 'running' AND given ? c.column_name
                THEN given || jsonb_build_object(c.settings ->> 'name', given -> c.column_name)
            ELSE given END
        FROM column_changes c
        WHERE c.contact_list_id = list AND c.kind = 'rename'
          AND (c.state IN ('running', 'cleaning')
               OR c.state = 'complete' AND c.ended_at > clock_timestamp() - interval '1 minute')
        ORDER BY c.created_at DESC LIMIT 1),
       given) $$;

-- ── List health ──────────────────────────────────────────────────────────────────────────────────

CREATE TABLE list_health (
    contact_list_id uuid PRIMARY KEY REFERENCES contact_lists ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    counts          jsonb,                          -- null: never counted
    counted_at      timestamptz,
    count_seconds   double precision,
    wanted_at       timestamptz,                    -- somebody waits for new counts
    error           text,
    worker          text,
    worker_until    timestamptz
);

-- ── Row-level security, look-ups, rights ─────────────────────────────────────────────────────────

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['import_templates','import_schedules','import_schedule_runs',
        'import_schedule_files','column_changes','list_health']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

CREATE FUNCTION due_import_schedules(moment timestamptz)
    RETURNS TABLE (import_schedule_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT s.import_schedule_id, s.organisation_id FROM import_schedules s
   WHERE (s.wanted_at IS NOT NULL OR s.active AND s.next_run_at <= moment
          OR EXISTS (SELECT FROM import_schedule_runs r
                     WHERE r.import_schedule_id = s.import_schedule_id AND r.state = 'running'))
     AND (s.worker_until IS NULL OR s.worker_until < clock_timestamp())
   ORDER BY coalesce(s.wanted_at, s.next_run_at) $$;

CREATE FUNCTION open_column_changes()
    RETURNS TABLE (column_change_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT c.column_change_id, c.organisation_id FROM column_changes c
   WHERE c.state IN ('checking', 'running', 'cleaning')
     AND (c.worker_until IS NULL OR c.worker_until < clock_timestamp())
   ORDER BY c.created_at $$;

CREATE FUNCTION wanted_list_health()
    RETURNS TABLE (contact_list_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT h.contact_list_id, h.organisation_id FROM list_health h
   WHERE h.wanted_at IS NOT NULL AND (h.worker_until IS NULL OR h.worker_until < clock_timestamp())
   ORDER BY h.wanted_at $$;
