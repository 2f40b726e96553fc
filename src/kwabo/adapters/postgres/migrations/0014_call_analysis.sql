-- Response sets of call analysis.

SELECT 1;
