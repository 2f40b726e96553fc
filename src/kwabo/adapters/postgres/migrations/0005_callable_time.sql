-- Callable time sets, holidays, zones of numbers.

SELECT 1;
