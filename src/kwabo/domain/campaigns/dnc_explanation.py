"""Which DNC list, or which provider, stands against a contact: sentences for people."""

from __future__ import annotations

from datetime import datetime

from kwabo.domain.compliance.candidate import Candidate
from kwabo.domain.compliance.dnc import DncMatch, matches


def told(code: str, candidate: Candidate, now: datetime, language: str) -> str:
    """The sentence that names the lists; '' where a code has nothing to do with them."""
    french = language == "fr"
    if code == "DNC_LISTED":
        return _listed(candidate, now, french)
    if code == "DNC_UNCHECKED":
        names = _names([c.list_name for c in candidate.dnc_checks if c.awaited(now)], french)
        if french:
            return f"Le service d’opposition {names} n’a pas encore répondu : l’appel attend."
        return f"The DNC provider {names} has not answered yet: the call waits."
    return ""


def _listed(candidate: Candidate, now: datetime, french: bool) -> str:
    found = [
        match for number in candidate.numbers for match in matches(candidate, number.number, now)
    ]
    by_column = [match for match in found if match.column is not None]
    by_number = [match for match in found if match.column is None]
    sentences = []
    if by_number:
        several = len({match.number for match in by_number}) > 1
        names = _names([match.list_name for match in by_number], french)
        if french:
            begin = "Ses numéros sont" if several else "Son numéro est"
            sentences.append(f"{begin} en opposition : {names}{_until(by_number, french)}.")
        else:
            begin = "Its numbers are" if several else "Its number is"
            sentences.append(f"{begin} on a DNC list: {names}{_until(by_number, french)}.")
    for column in dict.fromkeys(match.column for match in by_column):
        own = [match for match in by_column if match.column == column]
        names = _names([match.list_name for match in own], french)
        if french:
            sentences.append(
                f"La valeur de sa colonne « {column} » est en opposition : "
                f"{names}{_until(own, french)}."
            )
        else:
            begin = f"The value of its column “{column}” is on a DNC list"
            sentences.append(f"{begin}: {names}{_until(own, french)}.")
    return " ".join(sentences)


def _names(names: list[str], french: bool) -> str:
    quoted = [f"« {name} »" if french else f"“{name}”" for name in dict.fromkeys(names)]
    return (" et " if french else " and ").join(
        [", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted
    )


def _until(found: list[DncMatch], french: bool) -> str:
    """Until when, if every entry ends; in UTC, as the time zone of who reads is not known here."""
    ends = [match.expires_at for match in found if match.expires_at is not None]
    if not ends or len(ends) < len(found):
        return ""
    end = max(ends)
    if french:
        return f", jusqu’au {end:%d/%m/%Y} à {end:%H:%M} UTC"
    return f", until {end:%Y-%m-%d} at {end:%H:%M} UTC"
