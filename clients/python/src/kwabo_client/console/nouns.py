"""Nouns and verbs, derived from the operations: a new route is a command without a line here.

The first part of a path is the noun, what follows the verb:

    GET /queues                   queues list        POST /queues             queues create
    GET /queues/{queue_id}        queues show        PATCH, PUT               queues update
    DELETE …                      queues delete      POST /campaigns/{}/start campaigns start
    GET /campaigns/{}/attempts    campaigns attempts

Where a POST, PUT, PATCH or DELETE stands beside a GET of the same path, the verb is the operation's
own name. `NOUNS` gives nouns shorter names, columns for their tables and words for people;
`PLACES` puts single operations elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kwabo_client.generated.table import OPERATIONS
from kwabo_client.operations import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What commands are about."""

    name: str
    segment: str  # of the path
    columns: tuple[str, ...] = ()  # of tables; without any, those that fit
    en: str = ""
    fr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A command: what it is called, and what it asks for."""

    noun: str
    name: str
    operation: Operation

    @property
    def arguments(self) -> tuple[str, ...]:
        """In their order: what the path needs, then what the query needs."""
        needed = tuple(query.name for query in self.operation.query if query.required)
        return self.operation.parameters + needed


def _noun(name: str, segment: str, columns: str, en: str, fr: str) -> Noun:
    return Noun(name=name, segment=segment, columns=tuple(columns.split()), en=en, fr=fr)


NOUNS: tuple[Noun, ...] = (
    _noun("campaigns", "campaigns", "name state state_reason mode priority campaign_id",
          "Campaigns: look at them, start and stop them.",
          "Campagnes : suivre, démarrer, arrêter."),
    _noun("lists", "contact-lists", "name contacts region time_zone contact_list_id",
          "Contact lists.", "Listes de contacts."),
    _noun("contacts", "contacts", "external_key data callable contact_id",
          "Contacts and contact lists.", "Contacts et listes de contacts."),
    _noun("filters", "contact-list-filters", "name document contact_list_filter_id",
          "Filters of contact lists.", "Filtres des listes de contacts."),
    _noun("column-changes", "column-changes", "", "Changes of lists' columns.",
          "Modifications de colonnes."),
    _noun("imports", "imports", "contact_list_name file_name state rows_read import_id",
          "Imports of contacts.", "Imports de contacts."),
    _noun("import-templates", "import-templates", "name import_template_id",
          "Templates of imports.", "Modèles d’import."),
    _noun("import-schedules", "import-schedules", "name active import_schedule_id",
          "Imports at set times.", "Imports programmés."),
    _noun("dnc", "dnc-lists", "name kind channel entries organisation_wide dnc_list_id",
          "Do-not-call lists.", "Listes d’opposition."),
    _noun("dnc-uploads", "dnc-uploads", "", "Files of do-not-call lists.",
          "Fichiers des listes d’opposition."),
    _noun("callbacks", "callbacks", "due_at contact_name number owner_name callback_id",
          "Callbacks.", "Rappels."),
    _noun("sequences", "campaign-sequences", "name state position round repeats sequence_id",
          "Campaigns one after the other.", "Campagnes l’une après l’autre."),
    _noun("schedules", "campaign-schedules", "", "When campaigns start and pause by themselves.",
          "Quand les campagnes démarrent et s’arrêtent d’elles-mêmes."),
    _noun("timetable", "timetable-firings", "at kind campaign_name code",
          "What started and paused by itself.", "Ce qui a démarré et s’est arrêté de soi-même."),
    _noun("events", "event-log", "last_at level category times message event_id",
          "The log of events.", "Le journal des événements."),
    _noun("webhooks", "webhooks", "name url active kinds webhook_id",
          "Webhooks: other programs are told.", "Webhooks : d’autres programmes sont prévenus."),
    _noun("scripts", "scripts", "name state version script_id",
          "Scripts of agents.", "Scripts des agents."),
    _noun("data-actions", "data-actions", "name method url data_action_id",
          "What rules ask of other programs.",
          "Ce que les règles demandent à d’autres programmes."),
    _noun("prompts", "prompts", "name seconds prompt_id", "Recorded messages.",
          "Messages enregistrés."),
    _noun("rule-sets", "rule-sets", "name kind campaigns rule_set_id",
          "Rules before calls and after wrap-up.",
          "Règles avant l’appel et après la qualification."),
    _noun("campaign-rules", "campaign-rules", "name active match frequency campaign_rule_id",
          "Rules that change campaigns.", "Règles qui modifient les campagnes."),
    _noun("callable-times", "callable-time-sets", "name campaigns callable_time_set_id",
          "Callable time sets.", "Plages d’appel."),
    _noun("attempt-limits", "attempt-limits", "name attempt_limit_id",
          "How often people may be tried.", "Combien de tentatives sont permises."),
    _noun("compliance", "compliance", "", "The law and guard of the organisation.",
          "La loi et les garde-fous de l’organisation."),
    _noun("consents", "consents", "number kind purpose channel at source consent_id",
          "The ledger of consents.", "Le registre des consentements."),
    _noun("attempts", "attempts", "", "Single attempts.", "Tentatives."),
    _noun("queues", "queues", "name member_user_ids queue_id", "Queues and their members.",
          "Files et leurs membres."),
    _noun("trunks", "trunks", "name endpoint lines calls_per_second trunk_id",
          "Trunks to carriers.", "Lignes vers les opérateurs."),
    _noun("wrap-up-codes", "wrap-up-codes", "name name_en flags position active wrap_up_code_id",
          "Wrap-up codes.", "Codes de qualification."),
    _noun("pause-reasons", "pause-reasons", "name name_en position active pause_reason_id",
          "Reasons of pauses.", "Motifs de pause."),
    _noun("users", "users", "display_name login role active language user_id", "Users.",
          "Utilisateurs."),
    _noun("tokens", "api-tokens", "name scopes expires_at last_used_at revoked_at api_token_id",
          "API tokens.", "Jetons d’API."),
    _noun("what-ifs", "what-ifs", "kind state progress created_at what_if_id",
          "What would happen?", "Que se passerait-il ?"),
    _noun("audit", "audit", "at actor action subject_kind subject_id",
          "What was done, and by whom.", "Ce qui a été fait, et par qui."),
    _noun("settings", "settings-document", "", "All settings as one file.",
          "Tous les réglages en un fichier."),
    _noun("persons", "persons", "", "Persons and their numbers.", "Personnes et leurs numéros."),
)  # fmt: skip

PLACES: dict[str, tuple[str, str]] = {  # operation → noun, verb
    "export_settings": ("settings", "export"),
    "apply_settings": ("settings", "apply"),
    "explain_contact": ("campaigns", "explain"),
    "diagnose_campaign": ("campaigns", "diagnose"),
    "put_campaign_schedule": ("campaigns", "set-schedule"),
    "delete_campaign_schedule": ("campaigns", "delete-schedule"),
    "give_rule_sets": ("campaigns", "set-rule-sets"),
    "put_sequence_schedule": ("sequences", "set-schedule"),
    "delete_sequence_schedule": ("sequences", "delete-schedule"),
    "list_contacts": ("contacts", "list"),
    "save_contact": ("contacts", "add"),
    "save_contacts": ("contacts", "add-many"),
    "remove_contacts": ("contacts", "delete-many"),
    "export_contacts": ("contacts", "export"),
    "upload_import": ("imports", "upload"),
    "add_filter": ("filters", "create"),
    "list_filters": ("filters", "list"),
    "list_filter_fields": ("filters", "fields"),
    "find_filter_matches": ("filters", "matches"),
    "ask_column_change": ("column-changes", "create"),
    "list_column_changes": ("column-changes", "list"),
    "add_dnc_entries": ("dnc", "add-many"),
    "remove_dnc_entries": ("dnc", "remove-many"),
    "upload_dnc_file": ("dnc", "upload"),
    "list_dnc_uploads": ("dnc-uploads", "list"),
    "explain_dnc_listing": ("dnc", "why"),
    "list_holiday_countries": ("holidays", "countries"),
    "list_public_holidays": ("holidays", "list"),
    "test_import_source": ("import-schedules", "test"),
    "list_webhook_kinds": ("webhooks", "kinds"),
    "list_roles": ("users", "roles"),
    "get_session": ("users", "me"),
    "change_profile": ("users", "update-me"),
    "add_what_if": ("what-ifs", "create"),
    "list_what_ifs": ("what-ifs", "list"),
    "undo_person_merge": ("persons", "undo-merge"),
    "list_persons_of_contact": ("persons", "list"),
    "campaign_progress": ("campaigns", "figures"),  # `progress` draws them
}
# What is no command: an agent's desktop is a person at a screen, sessions are for browsers.
LEFT_OUT = frozenset({"sign_in", "sign_out", "upload_import"})
_STANDARD = {"GET": "list", "POST": "create"}
_OF_ONE = {"GET": "show", "PATCH": "update", "PUT": "update", "DELETE": "delete"}


def verbs(operations: dict[str, Operation] = OPERATIONS) -> list[Verb]:
    """Every command, each under a name of its own."""
    reading = {one.path for one in operations.values() if one.method == "GET"}
    found: dict[tuple[str, str], Verb] = {}
    for operation in operations.values():
        if operation.name in LEFT_OUT or operation.path.split("/")[1] == "agent":
            continue
        noun, name = PLACES.get(operation.name) or _derived(operation, reading)
        if (noun, name) in found:
            name = operation.name.replace("_", "-")
        found[noun, name] = Verb(noun=noun, name=name, operation=operation)
    return list(found.values())


def _derived(operation: Operation, reading: set[str]) -> tuple[str, str]:
    first, *rest = operation.path.strip("/").split("/")
    noun = next((one.name for one in NOUNS if one.segment == first), first)
    if not rest:
        if operation.method == "GET" and operation.kind != "pages":
            return noun, "show"
        return noun, _STANDARD.get(operation.method, "update")
    words = [part.removesuffix(".csv") for part in rest if not part.startswith("{")]
    if not words:
        return noun, _OF_ONE.get(operation.method, operation.name.replace("_", "-"))
    beside = operation.path in reading or operation.method in ("PUT", "PATCH", "DELETE")
    if operation.method != "GET" and beside:
        return noun, operation.name.replace("_", "-")
    return noun, "-".join(words)


def noun_of(name: str) -> Noun:
    """The noun of this name; one without an entry has what its name tells."""
    words = name.replace("-", " ").capitalize()
    plain = Noun(name=name, segment=name, en=f"{words}.", fr=f"{words}.")
    return next((one for one in NOUNS if one.name == name), plain)


def listing(parameter: str) -> Operation | None:
    """The operation that lists what a parameter such as `queue_id` names, by its path."""
    for operation in OPERATIONS.values():
        if operation.path.endswith(f"/{{{parameter}}}") and operation.path.count("/") == 2:
            for other in _lists():
                if other.path == operation.path.rsplit("/", 1)[0]:
                    return other
    return None


def _lists() -> Iterator[Operation]:
    return (one for one in OPERATIONS.values() if one.kind == "pages" and not one.parameters)
