"""Commands of people and programs: one transaction each, events out."""
