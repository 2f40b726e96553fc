"""Messages about prompts in several languages, their review, and text-to-speech."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "KEY_TAKEN": (
        "Un message a déjà la clé « {key} ». Choisissez-en une autre.",
        "There is a prompt with the key '{key}' already. Choose another key.",
    ),
    "PROMPT_KEY": (
        "Une clé a 1 à 80 minuscules, chiffres, points, tirets ou soulignés, commence par une "
        "lettre ou un chiffre, et pas comme les fragments des nombres et des dates.",
        "",
    ),
    "PROMPT_WORDS": ("Écrivez ce qui doit être dit.", ""),
    "PROMPT_WORDS_LENGTH": ("{most} caractères au plus.", "At most {most} characters."),
    "RECORDING_KEYS": (
        "Nommez de 1 à {most} messages à enregistrer.",
        "Name 1 to {most} prompts to be recorded.",
    ),
    "RECORDING_KEY_UNKNOWN": (
        "Il n’y a pas de message « {key} », et les nombres de cette langue n’en ont pas besoin.",
        "There is no prompt '{key}' and the numbers of this language do not need it.",
    ),
    "RECORDING_CODES_MANY": (
        "Il y a déjà {most} codes. Annulez-en un dont personne n’a besoin.",
        "There are {most} codes already. Cancel one that nobody needs.",
    ),
    "NOTE_NEEDED": ("Dites ce qui doit être amélioré.", ""),
    "SECOND_PERSON": (
        "Cette version vient de vous : une autre personne doit l’approuver.",
        "",
    ),
    "VARIANT_STATE": (
        "Cette version est dans un autre état ({state}), ce n’est pas possible. Rechargez la page.",
        "This version is {state}, so this cannot be done with it. Load the page again.",
    ),
    "LANGUAGE_UNKNOWN": (
        "Cette langue n’existe pas ici. Possibles : {possible}.",
        "There is no such language. Known: {possible}.",
    ),
    "LANGUAGES_CHOICE": (
        "Choisissez au moins une langue, chacune une fois, parmi : {possible}.",
        "Choose at least one language, each once, of these: {possible}.",
    ),
    "LANGUAGE_NOT_USED": (
        "Choisissez d’abord la langue, puis approuvez ses nombres.",
        "",
    ),
    "NUMBERS_NOT_APPROVED": (
        "Personne qui parle cette langue ({language}) n’a approuvé ses nombres. Faites-les "
        "approuver, ou dites les nombres dans la langue de remplacement.",
        "No speaker of the language ({language}) has approved its numbers. Have them approved, "
        "or say numbers in the language that stands in.",
    ),
    "VALUE_UNREADABLE": (
        "« {value} » n’est pas une valeur de ce genre.",
        "'{value}' is no value of the kind {kind}.",
    ),
    "FRAGMENT_UNKNOWN": (
        "Les nombres de cette langue n’ont pas de fragment « {key} ».",
        "The numbers of this language have no fragment '{key}'.",
    ),
    "SPEECH_TEXT": (
        "Donnez un texte de 1 à {most} caractères.",
        "Give a text of 1 to {most} characters.",
    ),
    "SPEECH_LANGUAGE": (
        "Aucune voix de synthèse de cette machine n’a cette langue ({language}). Enregistrez le "
        "message.",
        "No text-to-speech engine on this machine has this language ({language}). Record the "
        "prompt instead.",
    ),
    "SPEECH_FAILED": (
        "La voix de synthèse {engine} n’a rien donné ({why}). Réessayez, ou enregistrez le "
        "message.",
        "The speech engine {engine} gave no audio ({why}). Try again, or record the prompt.",
    ),
}
