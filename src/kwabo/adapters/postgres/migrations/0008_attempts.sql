-- Persons, attempt limits, recall rules.

SELECT 1;
