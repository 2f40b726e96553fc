-- Scripts for agents.

SELECT 1;
