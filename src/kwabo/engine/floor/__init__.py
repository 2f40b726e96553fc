"""The floor: the live state of one operation, held by one process at a time.

`state` holds what is live; `calls`, `agents`, `legs`, `conversation`, `wrap_up`, `campaigns`,
`switching` and `recovery` decide (synchronous, no I/O); `outbox` collects what they want written
and done; `executor` talks to the switch; `runner` drives them all.
"""
