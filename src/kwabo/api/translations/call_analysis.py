"""Messages about prompts, response sets, trunks' answers and call results."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "AUDIO_UNREADABLE": (
        "Ce n’est pas un enregistrement lisible. Enregistrez-le en WAV, MP3, FLAC ou Ogg ; "
        "un fichier brut (.alaw, .ulaw, .sln) ne dit pas ce qu’il contient : mettez-le en WAV.",
        "",
    ),
    "AUDIO_CODEC": (
        "Le WAV contient du {codec}, qui n’est pas lisible. Enregistrez-le en PCM, loi A ou loi µ.",
        "The WAV holds {codec}, which cannot be read. Save it with PCM, A-law or µ-law.",
    ),
    "AUDIO_DAMAGED": (
        "L’enregistrement est abîmé et ne se lit pas jusqu’au bout. Enregistrez-le de nouveau.",
        "",
    ),
    "AUDIO_TOO_LONG": (
        "L’enregistrement dure {seconds} secondes. Raccourcissez-le à {most}.",
        "The recording lasts {seconds} seconds. Shorten it to {most}.",
    ),
    "AUDIO_TOO_SHORT": (
        "L’enregistrement dure moins de {least} seconde. Enregistrez-le de nouveau.",
        "",
    ),
    "AUDIO_SILENT": (
        "On n’entend rien dans l’enregistrement. Enregistrez-le de nouveau.",
        "",
    ),
    "TOO_MANY_PROMPTS": (
        "Il y a déjà {most} messages. Supprimez-en d’abord.",
        "There are {most} prompts already. Delete some first.",
    ),
    "PROMPT_IN_USE": (
        "Ces jeux de réactions le jouent : {response_sets}. Retirez-le d’abord de chacun.",
        "These response sets play it: {response_sets}. Take it out of them first.",
    ),
    "RESPONSE_SET_IN_USE": (
        "Ces campagnes s’en servent : {campaigns}. Donnez-leur d’abord un autre jeu.",
        "These campaigns use the response set: {campaigns}. Give them another one first.",
    ),
    "RESPONSE_RESULT": (
        "Choisissez l’un de ces résultats d’appel : {possible}.",
        "Choose one of these call analysis results: {possible}.",
    ),
    "RESPONSE_REACTION": (
        "Ici l’une de ces réactions est possible : {possible}.",
        "Here one of these reactions is possible: {possible}.",
    ),
    "RESPONSE_FLOW": (
        "Choisissez un parcours qui existe et qui est publié.",
        "",
    ),
    "RESPONSE_NOT_ANSWERED": (
        "Personne n’a décroché : on ne peut ni jouer un message ni passer l’appel à quelqu’un. "
        "Possible : {possible}.",
        "Nobody has answered such a call, so nothing can be played to it and nobody can be "
        "connected. Possible: {possible}.",
    ),
    "RESPONSE_PERSON": (
        "Une personne va à un agent ou à un parcours : choisissez la file ou un parcours.",
        "",
    ),
    "RESPONSE_PROMPT": ("Choisissez un message enregistré qui existe.", ""),
    "RESPONSE_QUEUE": (
        "Choisissez une file qui existe, ou aucune pour celle de la campagne.",
        "",
    ),
    "RESPONSE_RETRY": (
        "Attendez entre {least} secondes et 90 jours avant l’appel suivant.",
        "Wait between {least} seconds and 90 days before the next call.",
    ),
    "RESPONSE_CHOICE": ("Choisissez parmi : {possible}.", "Choose from these: {possible}."),
    "RESPONSE_FLAG": ("Donnez true ou false.", ""),
    "RESPONSE_FIELD": (
        "Ce champ n’existe pas ici. Possible : {possible}.",
        "There is no such field here. Possible: {possible}.",
    ),
    "RESPONSE_SHAPE": ("Donnez un objet avec des champs.", ""),
    "NETWORK_ANSWERS": (
        "Donnez une liste de {most} lignes au plus.",
        "Give a list of at most {most} lines.",
    ),
    "NETWORK_ANSWER_SHAPE": (
        "Une ligne a sip_code, cause, tone, result et announcement.",
        "",
    ),
    "NETWORK_ANSWER_EMPTY": (
        "Dites sur quoi porte la ligne : un code SIP, une cause ou une tonalité.",
        "",
    ),
    "NETWORK_ANSWER_SIP_CODE": (
        "Un code SIP final est un nombre de 300 à 699.",
        "",
    ),
    "NETWORK_ANSWER_CAUSE": ("Une cause Q.850 est un nombre de 1 à 127.", ""),
    "NETWORK_ANSWER_CHOICE": (
        "Choisissez parmi : {possible}.",
        "Choose from these: {possible}.",
    ),
    "NETWORK_ANSWER_TWICE": (
        "La ligne {line} porte sur la même chose et vient avant : celle-ci ne compte jamais.",
        "Line {line} is on the same and comes first: this one never counts.",
    ),
    "EARLY_MEDIA_SECONDS": (
        "Écoutez de 0 (jamais) à {most} secondes avant la réponse.",
        "Listen to 0 (never) to {most} seconds before the answer.",
    ),
    "EARLY_MEDIA_KEEP_DAYS": (
        "Gardez les enregistrements de 0 (pas du tout) à {most} jours.",
        "Keep recordings for 0 (not at all) to {most} days.",
    ),
    "PERIOD": (
        "Donnez un premier et un dernier jour dans cet ordre, {most} jours au plus.",
        "Give a first and a last day in this order, at most {most} days.",
    ),
}
