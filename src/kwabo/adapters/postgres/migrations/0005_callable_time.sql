-- Callable time sets, holidays, zones of numbers.

-- When people may be called: by time zone, weekday and date.
CREATE TABLE callable_time_sets (
    callable_time_set_id uuid PRIMARY KEY,
    organisation_id      uuid NOT NULL REFERENCES organisations,
    name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    rules                jsonb NOT NULL,            -- windows, exceptions, holidays; times in seconds of the day
    version              integer NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

ALTER TABLE callable_time_sets ENABLE ROW LEVEL SECURITY;
CREATE POLICY organisation ON callable_time_sets
    USING (organisation_id = (SELECT current_organisation()))
    WITH CHECK (organisation_id = (SELECT current_organisation()));
GRANT SELECT, INSERT, UPDATE, DELETE ON callable_time_sets TO kwabo_app;

-- Null: the campaign's own callable_weekdays, callable_from and callable_until.
ALTER TABLE campaigns ADD COLUMN callable_time_set_id uuid REFERENCES callable_time_sets;
CREATE INDEX campaigns_of_callable_time_set ON campaigns (callable_time_set_id);

-- Who says where a number is when neither a column nor the contact does.
ALTER TABLE contact_lists ADD COLUMN zone_source text NOT NULL DEFAULT 'number_then_list'
    CHECK (zone_source IN ('number', 'number_then_list', 'list'));

-- Of a column of kind time_zone: the phone column whose numbers it is about; null: the contact.
ALTER TABLE contact_list_columns ADD COLUMN phone_column text;
