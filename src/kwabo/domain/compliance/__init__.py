"""Whether a contact may be called now: ordered rules, the same for dialling and for explaining."""
