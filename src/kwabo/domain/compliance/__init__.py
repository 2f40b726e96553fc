"""Whether a contact may be called now: an ordered list of rules, the same for dialling and for explaining."""
