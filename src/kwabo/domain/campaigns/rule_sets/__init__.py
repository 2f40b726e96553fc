"""Rule sets: ordered rules that act before a call or at its wrap-up. Documents and pure answers."""
