-- Lines of a trunk that a campaign has to itself, and the most it may use.

ALTER TABLE campaigns
    ADD COLUMN lines_reserved integer NOT NULL DEFAULT 0        -- left free by others while it runs
        CHECK (lines_reserved BETWEEN 0 AND 10000),
    ADD COLUMN lines_most integer NOT NULL DEFAULT 0            -- 0: as many as the trunk has
        CHECK (lines_most BETWEEN 0 AND 10000);
