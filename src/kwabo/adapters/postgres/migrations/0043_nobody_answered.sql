-- A fax machine, or the network's announcement, is no person who answered: it counted in the abandon
-- rate's denominator, and made the rate look lower.

INSERT INTO call_hours (organisation_id, campaign_id, hour, dialled, live, abandoned, machines)
SELECT a.organisation_id, a.campaign_id, h.hour, 0, -sum(h.live), -sum(h.abandoned), 0
FROM attempts a, hour_of_attempt(a) h
WHERE a.result IN ('fax', 'sit') AND h.live > 0 GROUP BY 1, 2, 3;

INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live,
                        abandoned, machines)
SELECT a.organisation_id, a.campaign_id, h.hour, w.wrap_up_code_id, 0, sum(h.live),
       sum(h.abandoned), 0
FROM attempts a JOIN wrap_ups w USING (attempt_id), hour_of_attempt(a) h
WHERE a.result IN ('fax', 'sit') AND h.live > 0 AND w.wrap_up_code_id IS NOT NULL
GROUP BY 1, 2, 3, 4;

CREATE OR REPLACE FUNCTION hour_of_attempt(a attempts)
    RETURNS TABLE (hour timestamptz, dialled int, live int, abandoned int, machines int)
    LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT date_trunc('hour', coalesce(a.answered_at, a.closed_at), 'UTC'), 1, CAST(t.live AS int),
          CAST(t.live AND (a.abandoned OR a.result IS NOT DISTINCT FROM 'unknown') AS int),
          CAST(a.result IS NOT DISTINCT FROM 'machine' AS int)
   FROM (SELECT a.result IS NOT DISTINCT FROM 'unknown' OR a.answered_at IS NOT NULL
             AND coalesce(a.result NOT IN ('machine', 'fax', 'sit'), true) AS live) t
   WHERE a.state = 'closed' AND a.dialling_at IS NOT NULL
     AND coalesce(a.answered_at, a.closed_at) IS NOT NULL $$;
