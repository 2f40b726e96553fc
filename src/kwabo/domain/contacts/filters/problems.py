"""What can be wrong with a filter or an order, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterProblem:
    """One thing that is wrong."""

    path: str  # of the clause, as "all[1].any[0]"
    code: str
    details: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """What is wrong and what to do."""
        french, english = PROBLEMS[self.code]
        return (french if language == "fr" else english).format_map(self.details)


class FilterInvalid(Exception):
    """A document that is no filter of this list."""

    def __init__(self, problems: tuple[FilterProblem, ...]) -> None:
        super().__init__("; ".join(f"{p.path}: {p.message('en')}" for p in problems))
        self.problems = problems


def problem(path: str, code: str, **details: str) -> FilterProblem:
    """A problem at a place."""
    return FilterProblem(path=path, code=code, details=details)


# Code → (French, English).
PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "FILTER_NODE": (
        "Écrivez ici un groupe (all, any ou not) ou une condition.",
        "Write a group (all, any or not) or a clause here.",
    ),
    "FILTER_KEY": (
        "Une condition n’a pas de {keys}. Retirez-le.",
        "A clause has no {keys}. Take it out.",
    ),
    "FILTER_TOO_DEEP": (
        "Les groupes sont imbriqués sur plus de {most} niveaux. Simplifiez le filtre.",
        "Groups are nested more than {most} deep. Simplify the filter.",
    ),
    "FILTER_TOO_LARGE": (
        "Un filtre a au plus {most} conditions. Répartissez-les sur plusieurs filtres.",
        "A filter has at most {most} clauses. Spread them over several filters.",
    ),
    "FILTER_GROUP_EMPTY": (
        "Ce groupe est vide. Ajoutez une condition ou supprimez le groupe.",
        "This group is empty. Add a clause or remove the group.",
    ),
    "FILTER_FIELD": (
        "Choisissez une colonne ou une propriété, l’une des deux.",
        "Choose a column or a property, one of the two.",
    ),
    "FILTER_COLUMN": (
        "La liste n’a pas de colonne « {column} ». Ses colonnes : {columns}.",
        "The list has no column '{column}'. Its columns: {columns}.",
    ),
    "FILTER_PROPERTY": (
        "Il n’y a pas de propriété « {property} ». Choisissez-en une de la liste.",
        "There is no property '{property}'. Choose one of the list.",
    ),
    "FILTER_PREDICATE": (
        "Choisissez une comparaison qui convient à ce champ : {possible}.",
        "Choose a predicate that fits this field: {possible}.",
    ),
    "FILTER_FLAG": (
        "« {name} » est true ou false.",
        "'{name}' is true or false.",
    ),
    "FILTER_VALUES": (
        "Donnez de {least} à {most} valeurs.",
        "Give from {least} to {most} values.",
    ),
    "FILTER_TEXT": (
        "Donnez un texte de 1 à 500 caractères.",
        "Give a text of 1 to 500 characters.",
    ),
    "FILTER_NUMBER": (
        "« {value} » n’est pas un nombre. Écrivez par exemple 1500 ou 12,5.",
        "'{value}' is no number. Write for example 1500 or 12.5.",
    ),
    "FILTER_TIME": (
        "« {value} » n’est pas une date. Écrivez 2026-01-31, 2026-01-31T08:30, ou une durée comme "
        "-P3D (il y a trois jours) ou P1DT8H30M.",
        "'{value}' is no date. Write 2026-01-31, 2026-01-31T08:30, or a duration such as -P3D "
        "(three days ago) or P1DT8H30M.",
    ),
    "FILTER_YES_NO": (
        "Donnez true ou false.",
        "Give true or false.",
    ),
    "SORT_KEYS": (
        "Un ordre a au plus {most} clés.",
        "An order has at most {most} keys.",
    ),
    "SORT_FIELD": (
        "On ne peut pas trier par « {field} ». Choisissez une colonne de la liste ou une propriété "
        "qui a une seule valeur.",
        "Nothing can be sorted by '{field}'. Choose a column of the list or a property that has "
        "one value.",
    ),
    "SORT_TWICE": (
        "« {field} » est déjà une clé de l’ordre. Retirez l’une des deux.",
        "'{field}' is a key of the order already. Take one of them out.",
    ),
}
