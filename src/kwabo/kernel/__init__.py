"""No I/O and no domain: time, ids, errors, decisions and state machines."""
