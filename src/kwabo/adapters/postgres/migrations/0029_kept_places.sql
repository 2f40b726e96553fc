-- Callbacks that keep their caller's place in a queue.

ALTER TABLE callbacks
    ADD COLUMN queue_id      uuid REFERENCES queues ON DELETE SET NULL, -- whose place is kept
    ADD COLUMN waiting_since timestamptz,                   -- since when the caller waits in all
    ADD COLUMN priority      integer NOT NULL DEFAULT 0,    -- in the queue
    ADD COLUMN language      text NOT NULL DEFAULT '',      -- that the agent is to speak
    ADD COLUMN skills        text[] NOT NULL DEFAULT '{}',  -- that the agent is to have
    ADD COLUMN tries         integer NOT NULL DEFAULT 0;    -- calls that have not reached the person
CREATE UNIQUE INDEX callbacks_one_place ON callbacks (organisation_id, queue_id, number)
    WHERE state = 'open' AND queue_id IS NOT NULL;
