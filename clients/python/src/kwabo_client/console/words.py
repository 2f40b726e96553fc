"""What the commands say, in English and French. Words of the API come translated from the server;
what it does of each operation is told in English by its OpenAPI document."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

LANGUAGES: Final = ("en", "fr")

_FRENCH: Final[dict[str, str]] = {
    # help
    "Everything there is.": "Tout ce qui existe.",
    "One of them, by name or id.": "Un seul, par son nom ou son identifiant.",
    "Add one.": "Ajouter.",
    "Change one; what is not given stays.": "Modifier ; ce qui n’est pas donné reste.",
    "Delete one.": "Supprimer.",
    "The server's address (or KWABO_URL).": "L’adresse du serveur (ou KWABO_URL).",
    "An API token (or KWABO_TOKEN).": "Un jeton d’API (ou KWABO_TOKEN).",
    "The profile of `kwabo login`.": "Le profil de `kwabo login`.",
    "Print the API's answer as JSON.": "Afficher la réponse de l’API en JSON.",
    "Language of messages: fr or en.": "Langue des messages : fr ou en.",
    "The body, from a JSON, TOML or YAML file; - is standard input.": (
        "Le contenu, d’un fichier JSON, TOML ou YAML ; - est l’entrée standard."
    ),
    "A field of the body; may be repeated. Nested: a.b=1": (
        "Un champ du contenu ; peut être répété. Imbriqué : a.b=1"
    ),
    "At most so many (0: all).": "Au plus (0 : tout).",
    "Where to save it; - is standard output.": "Où l’enregistrer ; - est la sortie standard.",
    "Do not ask.": "Ne pas demander.",
    # messages
    "No server answers at {server}. Is the address right? Start one: kwabo serve": (
        "Aucun serveur ne répond à {server}. L’adresse est-elle juste ? Pour en démarrer un : "
        "kwabo serve"
    ),
    "There is no token. Sign in: kwabo login, or give --token or KWABO_TOKEN.": (
        "Il n’y a pas de jeton. Connectez-vous : kwabo login, ou donnez --token ou KWABO_TOKEN."
    ),
    "There is no {one} named '{name}'. See: {program} {noun} list": (
        "Il n’y a pas de {one} nommé « {name} ». Voir : {program} {noun} list"
    ),
    "{count} are named '{name}'. Give the id: {ids}": (
        "{count} portent le nom « {name} ». Donnez l’identifiant : {ids}"
    ),
    "Give the id; names are not known here.": "Donnez l’identifiant ; le nom ne suffit pas ici.",
    "No contact of the campaign has this number, key or id.": (
        "Aucun contact de la campagne n’a ce numéro, cette clé ou cet identifiant."
    ),
    "Delete {name}?": "Supprimer {name} ?",
    "Done.": "Fait.",
    "Note": "Remarque",
    "There is nothing.": "Il n’y a rien.",
    "{path} cannot be read as {kind}: {why}": "{path} n’est pas du {kind} valide : {why}",
    "{path} must hold one object, not a list.": "{path} doit contenir un objet, pas une liste.",
    "Give NAME=VALUE: {text}": "Donnez NOM=VALEUR : {text}",
    "The file's kind is told by its ending: .json, .toml, .yaml": (
        "Le type du fichier est dit par son nom : .json, .toml, .yaml"
    ),
    "The file's kind is told by its ending: .json, .yaml": (
        "Le type du fichier est dit par son nom : .json, .yaml"
    ),
    "Nothing changes.": "Rien ne change.",
    "Nothing was changed: this was a dry run.": "Rien n’a été changé : c’était un essai.",
    "Not in the document:": "Pas dans le document :",
    "Nothing is given: use --file or --set.": "Rien n’est donné : utilisez --file ou --set.",
    "Interrupted.": "Interrompu.",
    # login
    "Login": "Identifiant",
    "Password": "Mot de passe",
    "Token": "Jeton",
    "Signed in as {name} ({organisation}) at {server}. Profile: {profile}": (
        "Connecté : {name} ({organisation}) sur {server}. Profil : {profile}"
    ),
    "Your rights do not include API tokens. Ask your administrator for one, then: {program} login "
    "--token-stdin": (
        "Vos droits ne permettent pas de créer un jeton d’API. Demandez-en un à votre "
        "administrateur, puis : {program} login --token-stdin"
    ),
    "Others can read {path}. Close it: chmod 600 {path}": (
        "D’autres peuvent lire {path}. Fermez-le : chmod 600 {path}"
    ),
    "There is no profile '{name}'. Make it: {program} login --profile {name}": (
        "Il n’y a pas de profil « {name} ». Créez-le : {program} login --profile {name}"
    ),
    "Signed out: {profile}": "Déconnecté : {profile}",
    # imports
    "Upload": "Envoi",
    "Import": "Import",
    "rows": "lignes",
    "read": "lues",
    "added": "ajoutées",
    "updated": "modifiées",
    "duplicate": "en double",
    "rejected": "rejetées",
    "It is {state}.": "État : {state}.",
    "The import goes on at the server. See: {program} imports show {id}": (
        "L’import continue sur le serveur. Voir : {program} imports show {id}"
    ),
    "The upload did not end; nothing was imported. Run it again.": (
        "L’envoi ne s’est pas terminé ; rien n’a été importé. Recommencez."
    ),
    # progress
    "What": "Quoi",
    "Count": "Nombre",
    "Share": "Part",
    "contacts": "contacts",
    "untouched": "jamais appelés",
    "open": "à rappeler",
    "in_progress": "en cours",
    "finished": "terminés",
    "attempts": "tentatives",
    "answered": "décrochés",
    "abandoned": "abandonnés",
    "Not listed: {value}": "Pas dans une liste : {value}",
}


def language(
    arguments: Sequence[str] | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """`--lang` where it stands on the command line, else the language of the locale."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return _known(word.removeprefix("--lang="))
        if word == "--lang" and at + 1 < len(words):
            return _known(words[at + 1])
    environment = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return _known(environment[name])
    return "en"


def _known(name: str) -> str:
    return "fr" if name.lower().startswith("fr") else "en"


def say(text: str, lang: str, /, **values: object) -> str:
    """The text in this language, with its values."""
    found = _FRENCH.get(text, text) if lang == "fr" else text
    return found.format(**values) if values else found
