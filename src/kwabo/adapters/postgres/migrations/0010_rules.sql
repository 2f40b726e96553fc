-- Rule sets, campaign rules, sequences, schedules.

SELECT 1;
