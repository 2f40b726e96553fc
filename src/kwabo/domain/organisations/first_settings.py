"""What a new organisation begins with: wrap-up codes and pause reasons, in French and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpCodeTemplate:
    """A wrap-up code of a new organisation. Flags are those of the wrap-up codes."""

    name: str
    name_en: str
    flags: tuple[str, ...]
    required_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseReasonTemplate:
    """A pause reason of a new organisation."""

    name: str
    name_en: str


WRAP_UP_CODES: Final[tuple[WrapUpCodeTemplate, ...]] = (
    WrapUpCodeTemplate(name="Traité", name_en="Handled", flags=("right_party", "success")),
    WrapUpCodeTemplate(
        name="Vente croisée", name_en="Cross-sell", flags=("right_party", "success")
    ),
    WrapUpCodeTemplate(
        name="Vente additionnelle", name_en="Upsell", flags=("right_party", "success")
    ),
    WrapUpCodeTemplate(name="Suivi", name_en="Follow-up", flags=("right_party", "neutral")),
    WrapUpCodeTemplate(name="Rappel", name_en="Call back", flags=("right_party", "callback")),
    WrapUpCodeTemplate(name="Transféré", name_en="Transferred", flags=("right_party", "neutral")),
    WrapUpCodeTemplate(
        name="Mauvaise compétence", name_en="Wrong skill", flags=("right_party", "neutral")
    ),
    WrapUpCodeTemplate(
        name="Pas intéressé",
        name_en="Not interested",
        flags=("right_party", "failure", "refusal"),
    ),
    WrapUpCodeTemplate(name="Arrêté", name_en="Stopped", flags=("failure",)),
    WrapUpCodeTemplate(
        name="Ne plus appeler",
        name_en="Do not call again",
        flags=("right_party", "failure", "do_not_call"),
    ),
    WrapUpCodeTemplate(
        name="Faux numéro", name_en="Wrong number", flags=("failure", "number_uncallable")
    ),
    WrapUpCodeTemplate(
        name="Contact à retirer",
        name_en="Contact to be removed",
        flags=("failure", "contact_uncallable"),
        required_fields=("notes",),
    ),
    WrapUpCodeTemplate(name="Répondeur", name_en="Answering machine", flags=("neutral", "machine")),
)

PAUSE_REASONS: Final[tuple[PauseReasonTemplate, ...]] = (
    PauseReasonTemplate(name="Pause", name_en="Break"),
    PauseReasonTemplate(name="Déjeuner", name_en="Lunch"),
    PauseReasonTemplate(name="Formation", name_en="Training"),
    PauseReasonTemplate(name="Réunion", name_en="Meeting"),
    PauseReasonTemplate(name="Toilettes", name_en="Restroom"),
    PauseReasonTemplate(name="Autre", name_en="Other"),
)
