"""In which order changes are made, so that each finds what it refers to.

A change waits for all changes of the things to which it refers. Where things refer to each other,
one of them need only exist: its later changes (a queue's overflow, a flow's nodes) come afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

Thing = tuple[str, str]  # kind and name


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A step by which a thing becomes what the document says."""

    thing: Thing
    part: str  # "" is the thing itself, which comes before its parts
    creates: bool  # the thing is not there before
    needs: frozenset[Thing]  # to which it refers


def ordered(changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """The changes in an order that works, and those that wait for each other for ever.

    Changes that could be made at the same time stay in the order in which they were given.
    """
    left = list(changes)
    done: list[Change] = []
    while left:
        ready = _first(left, strictly=True) or _first(left, strictly=False)
        if ready is None:
            return done, left
        left.remove(ready)
        done.append(ready)
    return done, []


def _first(left: Sequence[Change], *, strictly: bool) -> Change | None:
    unfinished = {change.thing for change in left}
    unmade = {change.thing for change in left if change.creates and not change.part}
    begun: set[Thing] = set()  # of which an earlier step is still to be made
    for change in left:
        waits: Collection[Thing] = unfinished if strictly else unmade
        if change.thing not in begun and not (change.needs - {change.thing}) & set(waits):
            return change
        begun.add(change.thing)
    return None
