"""Errors of attempt limits, recall rules, persons and recycling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    "LIMIT_IN_USE": (
        "Des campagnes nomment cette limite : {campaigns}. Retirez-la d’abord de ces campagnes.",
        "These campaigns name the limit: {campaigns}. Take it out of them first.",
    ),
    "MERGE_UNDONE": (
        "Ce rapprochement a déjà été défait.",
        "This merge has been undone already.",
    ),
    "TOO_MANY_PLANS": (
        "Une campagne a au plus {most} recyclages planifiés. Retirez-en un d’abord.",
        "A campaign has at most {most} plans. Remove one first.",
    ),
    "RECALL_STEPS": (
        "Donnez de 1 à 20 étapes à une règle de relance.",
        "",
    ),
    "RECALL_FIELDS": (
        "Cette règle de relance a un champ inconnu.",
        "",
    ),
    "RECALL_AFTERWARDS": (
        "Après la dernière étape, choisissez de répéter ou de terminer.",
        "",
    ),
    "RECALL_OTHER_HOURS": (
        "Dites oui ou non pour « à d’autres heures ».",
        "",
    ),
    "RECALL_MOST": (
        "Relancez de 1 à 100 fois pour un résultat, ou ne donnez pas de nombre.",
        "",
    ),
    "RECALL_STEP_SECONDS": (
        "Attendez entre 5 secondes et 90 jours dans une étape.",
        "",
    ),
    "RECALL_STEP_DAYS": (
        "Attendez entre 0 et 90 jours dans une étape.",
        "",
    ),
    "RECALL_STEP_TIME": (
        "Écrivez l’heure d’une étape en heures et minutes, 10:00, sans fuseau : c’est l’heure du "
        "contact.",
        "",
    ),
    "RECALL_STEP": (
        "Une étape est un délai, ou un nombre de jours avec une heure.",
        "",
    ),
    "NUMBER_ORDER": (
        "Choisissez un ordre des numéros : turns, first, last_reached ou round.",
        "",
    ),
    "NUMBER_LABELS": (
        "Nommez au plus 20 libellés de 1 à 100 caractères.",
        "",
    ),
    "NOTHING_CHOSEN": (
        "Choisissez quels contacts : résultats, qualifications, épuisés ou non joints.",
        "",
    ),
    "RECYCLE_WAIT": (
        "Attendez entre 0 seconde et 30 jours.",
        "",
    ),
    "RECYCLE_TIMES": (
        "Recyclez de 1 à 1000 fois, ou ne donnez pas de nombre.",
        "",
    ),
    "CHOICE": (
        "Choisissez une des valeurs proposées.",
        "",
    ),
}
