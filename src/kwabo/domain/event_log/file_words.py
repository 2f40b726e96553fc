"""The words of the event log's file, as its page has them."""

from __future__ import annotations

from typing import NamedTuple

from kwabo.domain.event_log.catalogue import Category, Level


class FileWords(NamedTuple):
    """A heading for each column of the file; a word for each level and each category."""

    headings: tuple[str, ...]
    levels: dict[str, str]
    categories: dict[str, str]


_FRENCH = FileWords(
    headings=(
        "Première fois (UTC)",
        "Dernière fois (UTC)",
        "Fois",
        "Gravité",
        "Catégorie",
        "Objet",
        "Événement",
        "Vu (UTC)",
        "Vu par",
        "Code",
        "Identifiant de l’objet",
    ),
    levels={
        Level.INFO: "Information",
        Level.WARNING: "Avertissement",
        Level.ERROR: "Erreur",
    },
    categories={
        Category.AGENT: "Agents",
        Category.CALLBACK: "Rappels",
        Category.CALL_RESTRICTION: "Appels empêchés",
        Category.CAMPAIGN: "Campagnes",
        Category.CAMPAIGN_RULE: "Règles de campagne",
        Category.COMPLIANCE: "Conformité",
        Category.CONTACT: "Contacts",
        Category.CONTACT_LIST_FILTER: "Filtres",
        Category.DNC_LIST: "Listes d’opposition",
        Category.ENTITY_LIMIT: "Limites atteintes",
        Category.IMPORT_ERROR: "Erreurs d’import",
        Category.IMPORT_TEMPLATE: "Modèles d’import",
        Category.QUEUE: "Files",
        Category.ORGANIZATION_CONFIGURATION: "Réglages",
        Category.SCHEDULE: "Horaires",
        Category.SEQUENCE: "Séquences",
        Category.TRUNK: "Lignes",
        Category.WEBHOOK: "Webhooks",
    },
)
_ENGLISH = FileWords(
    headings=(
        "First time (UTC)",
        "Last time (UTC)",
        "Times",
        "Level",
        "Category",
        "Subject",
        "Event",
        "Seen (UTC)",
        "Seen by",
        "Code",
        "Id of the subject",
    ),
    levels={
        Level.INFO: "Information",
        Level.WARNING: "Warning",
        Level.ERROR: "Error",
    },
    categories={
        Category.AGENT: "Agents",
        Category.CALLBACK: "Callbacks",
        Category.CALL_RESTRICTION: "Calls kept back",
        Category.CAMPAIGN: "Campaigns",
        Category.CAMPAIGN_RULE: "Campaign rules",
        Category.COMPLIANCE: "Compliance",
        Category.CONTACT: "Contacts",
        Category.CONTACT_LIST_FILTER: "Filters",
        Category.DNC_LIST: "DNC lists",
        Category.ENTITY_LIMIT: "Limits reached",
        Category.IMPORT_ERROR: "Import errors",
        Category.IMPORT_TEMPLATE: "Import templates",
        Category.QUEUE: "Queues",
        Category.ORGANIZATION_CONFIGURATION: "Settings",
        Category.SCHEDULE: "Schedules",
        Category.SEQUENCE: "Sequences",
        Category.TRUNK: "Trunks",
        Category.WEBHOOK: "Webhooks",
    },
)


def file_words(language: str) -> FileWords:
    """The words of this language; English where there are none."""
    return _FRENCH if language[:2] == "fr" else _ENGLISH
