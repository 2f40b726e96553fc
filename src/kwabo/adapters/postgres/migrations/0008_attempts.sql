-- Persons, attempt limits, recall rules, the order of numbers, recycling.

-- ── Persons ──────────────────────────────────────────────────────────────────────────────────────
-- A person is the set of addresses that carry its id. Addresses outlive their contacts, so that
-- limits go on counting when a list is deleted and imported again.

CREATE TABLE person_addresses (
    organisation_id uuid NOT NULL,                  -- the contacts'
    kind            text NOT NULL CHECK (kind IN ('phone')),
    address         text COLLATE "C" NOT NULL,      -- phone: E.164
    person_id       uuid NOT NULL,                  -- the id of the contact with which the person came
    PRIMARY KEY (address, kind, organisation_id)    -- in this order: nothing is read by organisation
);
CREATE INDEX person_addresses_of_person ON person_addresses (person_id);

CREATE TABLE person_merges (                        -- each time two persons were found to be one
    person_merge_id  uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    kept_person_id   uuid NOT NULL,
    merged_person_id uuid NOT NULL,
    contact_id       uuid NOT NULL,                 -- whose numbers joined them
    addresses        text[] NOT NULL,               -- what went from the one to the other
    merged_at        timestamptz NOT NULL,
    undone_at        timestamptz,
    undone_by        uuid
);
CREATE INDEX person_merges_kept ON person_merges (kept_person_id);

CREATE TABLE persons_apart (                        -- merges undone by people: never made again
    organisation_id uuid NOT NULL REFERENCES organisations,
    person_id       uuid NOT NULL,                  -- the smaller id
    other_person_id uuid NOT NULL,
    PRIMARY KEY (organisation_id, person_id, other_person_id),
    CHECK (person_id < other_person_id)
);

-- The contacts' numbers (two arrays side by side) have persons afterwards, and numbers of one contact
-- the same one, unless people have said that they are not. Alone in its organisation until the end of
-- the transaction.
CREATE FUNCTION link_addresses(organisation uuid, contact_ids uuid[], numbers text[])
    RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp
    -- Blocks come before the table has statistics: one look-up in an index for each address.
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    added   bigint;
    several uuid[];
    their   text[];
    cautious boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('persons ' || organisation, 0));
    INSERT INTO person_addresses (organisation_id, kind, address, person_id)
    SELECT organisation, 'phone', n.number, n.contact_id
    FROM (SELECT DISTINCT ON (u.number COLLATE "C") u.number, u.contact_id
          FROM unnest(contact_ids, numbers) AS u (contact_id, number)
          ORDER BY u.number COLLATE "C", u.contact_id) AS n
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added = cardinality(numbers) THEN
        RETURN;                                     -- all new, each with its contact's id
    END IF;
    -- Only contacts with several numbers can join persons, and only where one was known before.
    SELECT array_agg(k.contact_id), array_agg(k.number) INTO several, their
    FROM (SELECT f.contact_id, f.number,
                 bool_or(f.person_id <> f.contact_id) OVER (PARTITION BY f.contact_id) AS known
          FROM (SELECT u.contact_id, u.number,
                       (SELECT p.person_id FROM person_addresses p
                        WHERE p.organisation_id = organisation AND p.kind = 'phone'
                          AND p.address = u.number) AS person_id
                FROM (SELECT q.contact_id, q.number,
                             count(*) OVER (PARTITION BY q.contact_id) AS of_contact
                      FROM unnest(contact_ids, numbers) AS q (contact_id, number)) AS u
                WHERE u.of_contact > 1) AS f) AS k
    WHERE k.known;
    IF several IS NULL THEN
        RETURN;
    END IF;
    cautious := EXISTS (SELECT FROM persons_apart a WHERE a.organisation_id = organisation);
    LOOP
        -- Each person into the lowest of a contact that it shares; none into one that is itself merged.
        WITH joined AS (
            SELECT f.contact_id, array_agg(DISTINCT f.person_id) AS persons
            FROM (SELECT u.contact_id,
                         (SELECT p.person_id FROM person_addresses p
                          WHERE p.organisation_id = organisation AND p.kind = 'phone'
                            AND p.address = u.number) AS person_id
                  FROM unnest(several, their) AS u (contact_id, number)) AS f
            GROUP BY f.contact_id HAVING count(DISTINCT f.person_id) > 1
        ), pairs AS (
            SELECT DISTINCT ON (o.person_id) k.person_id AS kept, o.person_id AS merged, j.contact_id
            FROM joined j, unnest(j.persons) AS o (person_id), unnest(j.persons) AS k (person_id)
            WHERE k.person_id < o.person_id
              AND NOT (cautious AND EXISTS (
                  SELECT FROM persons_apart a
                  WHERE a.organisation_id = organisation AND a.person_id = k.person_id
                    AND a.other_person_id = o.person_id))
            ORDER BY o.person_id, k.person_id, j.contact_id
        ), chosen AS (
            SELECT p.kept, p.merged, p.contact_id
            FROM pairs p WHERE p.kept NOT IN (SELECT q.merged FROM pairs q)
            ORDER BY p.merged LIMIT CASE WHEN cautious THEN 1 END
        ), moved AS (
            UPDATE person_addresses a SET person_id = c.kept FROM chosen c
            WHERE a.organisation_id = organisation AND a.person_id = c.merged
            RETURNING a.address, c.kept, c.merged, c.contact_id
        ), kept_apart AS (
            INSERT INTO persons_apart (organisation_id, person_id, other_person_id)
            SELECT organisation, least(c.kept, o.other), greatest(c.kept, o.other)
            FROM chosen c, LATERAL (
                SELECT CASE WHEN a.person_id = c.merged THEN a.other_person_id
                            ELSE a.person_id END AS other
                FROM persons_apart a
                WHERE cautious AND a.organisation_id = organisation
                  AND c.merged IN (a.person_id, a.other_person_id)) AS o
            ON CONFLICT DO NOTHING
        )
        INSERT INTO person_merges (person_merge_id, organisation_id, kept_person_id,
            merged_person_id, contact_id, addresses, merged_at)
        SELECT gen_random_uuid(), organisation, m.kept, m.merged, m.contact_id,
               array_agg(m.address ORDER BY m.address), clock_timestamp()
        FROM moved m GROUP BY m.kept, m.merged, m.contact_id;
        EXIT WHEN NOT FOUND;
    END LOOP;
END $$;

-- Whoever writes contacts, by whatever way: their numbers have persons when the statement is done.
-- A number that a contact gets belongs to the person of the numbers that it had.
CREATE FUNCTION contacts_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE o record;
BEGIN
    FOR o IN
        SELECT n.organisation_id, array_agg(n.contact_id) AS contact_ids, array_agg(u.number) AS numbers
        FROM added n, unnest(n.numbers) AS u (number) GROUP BY n.organisation_id
    LOOP
        PERFORM link_addresses(o.organisation_id, o.contact_ids, o.numbers);
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION contacts_changed() RETURNS trigger LANGUAGE plpgsql
    SET enable_nestloop = off AS $$                 -- its plan is kept, and may be made for no rows
DECLARE o record;
BEGIN
    FOR o IN
        SELECT n.organisation_id, array_agg(n.contact_id) AS contact_ids, array_agg(u.number) AS numbers
        FROM after n JOIN before b USING (contact_id),
             LATERAL (SELECT unnest(n.numbers) UNION SELECT unnest(b.numbers)) AS u (number)
        WHERE n.numbers <> b.numbers GROUP BY n.organisation_id
    LOOP
        PERFORM link_addresses(o.organisation_id, o.contact_ids, o.numbers);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER contacts_added AFTER INSERT ON contacts
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION contacts_added();
CREATE TRIGGER contacts_changed AFTER UPDATE ON contacts
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_changed();

DO $$
DECLARE o record;
BEGIN
    FOR o IN
        SELECT c.organisation_id, array_agg(c.contact_id) AS contact_ids, array_agg(u.number) AS numbers
        FROM contacts c, unnest(c.numbers) AS u (number) GROUP BY c.organisation_id
    LOOP
        PERFORM link_addresses(o.organisation_id, o.contact_ids, o.numbers);
    END LOOP;
END $$;

-- Nobody is called twice at once, over whatever list, campaign and floor.
ALTER TABLE attempts
    ADD COLUMN person_id     uuid,                      -- whom the number belonged to when it was claimed
    ADD COLUMN other_numbers integer NOT NULL DEFAULT 0,-- of the contact, that could have been called too
    ADD COLUMN round_left    integer NOT NULL DEFAULT 0;-- of these, not yet called in this round
CREATE UNIQUE INDEX attempts_one_live_per_person ON attempts (person_id)
    WHERE state <> 'closed' AND person_id IS NOT NULL;
CREATE UNIQUE INDEX attempts_one_live_per_number ON attempts (organisation_id, number) WHERE state <> 'closed';

-- ── Attempt limits ───────────────────────────────────────────────────────────────────────────────

CREATE TABLE attempt_limits (
    attempt_limit_id uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations,
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    per              text NOT NULL CHECK (per IN ('contact', 'number', 'person')),
    scope            text NOT NULL CHECK (scope IN ('campaign', 'organisation')), -- organisation: of every campaign
    most             integer NOT NULL CHECK (most BETWEEN 1 AND 1000),
    reset            text NOT NULL CHECK (reset IN ('never', 'days', 'hours')),
    days             integer NOT NULL DEFAULT 1 CHECK (days BETWEEN 1 AND 366),   -- calendar days, today included
    hours            integer NOT NULL DEFAULT 24 CHECK (hours BETWEEN 1 AND 8784),-- up to this instant
    reset_at         time NOT NULL DEFAULT '00:00', -- when a day begins, in the limit's zone
    time_zone        text NOT NULL,
    counted          text NOT NULL CHECK (counted IN ('dialled', 'alerted', 'answered', 'unanswered')),
    channels         text[] NOT NULL DEFAULT '{voice}'
                     CHECK (channels <@ ARRAY['voice', 'sms', 'whatsapp', 'messenger', 'email']),
    version          integer NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);

-- ── Campaigns: recalls, numbers ──────────────────────────────────────────────────────────────────

ALTER TABLE campaigns
    ADD COLUMN attempt_limit_ids  uuid[] NOT NULL DEFAULT '{}',     -- of scope 'campaign'
    ADD COLUMN recall_rules       jsonb NOT NULL DEFAULT '{}',      -- result → rule; before recall_seconds
    ADD COLUMN number_order       text NOT NULL DEFAULT 'turns'
        CHECK (number_order IN ('turns', 'first', 'last_reached', 'round')),
    ADD COLUMN number_label_order text[] NOT NULL DEFAULT '{}';     -- labels first; then the columns' order
ALTER TABLE campaign_contacts
    ADD COLUMN result_counts jsonb NOT NULL DEFAULT '{}';           -- result → how often; for recall rules
ALTER TABLE contacts
    ADD COLUMN uncallable_number_reasons jsonb NOT NULL DEFAULT '{}'; -- number → reason code

-- ── Recycling ────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE recycle_plans (                        -- recycling at set times
    recycle_plan_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    campaign_id     uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    weekdays        integer[] NOT NULL,             -- 1 Monday … 7 Sunday
    at              time NOT NULL,
    time_zone       text NOT NULL,
    choice          jsonb NOT NULL,                 -- which contacts, and what becomes of their counters
    start           boolean NOT NULL,               -- start the campaign afterwards
    times_left      integer CHECK (times_left >= 0),-- null: without end
    next_at         timestamptz,                    -- null: no more
    last_at         timestamptz,
    last_recycled   integer,                        -- contacts that were opened then
    user_id         uuid,
    created_at      timestamptz NOT NULL
);
CREATE INDEX recycle_plans_of_campaign ON recycle_plans (campaign_id);
CREATE INDEX recycle_plans_due ON recycle_plans (next_at) WHERE next_at IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['person_addresses', 'person_merges', 'persons_apart', 'attempt_limits',
                             'recycle_plans']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;

CREATE FUNCTION due_recycle_plans(instant timestamptz)
    RETURNS TABLE (recycle_plan_id uuid, organisation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT p.recycle_plan_id, p.organisation_id FROM recycle_plans p
   WHERE p.next_at <= instant ORDER BY p.next_at $$;
