-- What a campaign does with what its flows note: columns of its list, recalls of their own.

ALTER TABLE campaigns
    ADD COLUMN flow_notes jsonb NOT NULL DEFAULT '[]';  -- [{name, column, recalls: {value: seconds}}]
