-- What a scheduled import's template takes nothing of, said in the run's report.
ALTER TABLE import_schedule_files ADD COLUMN columns_left_out text[] NOT NULL DEFAULT '{}';
