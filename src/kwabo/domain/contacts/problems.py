"""What can be wrong with a contact's values: stable codes, and a sentence that names the mend."""

from __future__ import annotations

from dataclasses import dataclass

# Code → (English, French). Codes never change; sentences say what to do.
PROBLEMS: dict[str, tuple[str, str]] = {
    "PHONE_LETTERS": (
        "A phone number has digits only: take the letters out of the cell.",
        "Un numéro ne contient que des chiffres : enlevez les lettres de la cellule.",
    ),
    "PHONE_EXTENSION": (
        "Extensions cannot be dialled: keep the number alone, put the extension elsewhere.",
        "Les postes ne peuvent pas être composés : gardez le numéro seul, mettez le poste dans une "
        "autre colonne.",
    ),
    "PHONE_CHARACTERS": (
        "The cell has characters that no number has (such as ; = @ & : < >): keep the digits.",
        "La cellule a des caractères étrangers à un numéro (tels que ; = @ & : < >) : gardez les "
        "chiffres.",
    ),
    "PHONE_ROUNDED": (
        "The spreadsheet rounded this number (2.3E+12): format the column as text, export again.",
        "Le tableur a arrondi ce numéro (2,3E+12) : mettez la colonne au format texte et exportez "
        "à nouveau.",
    ),
    "PHONE_TOO_SHORT": (
        "The number has too few digits: complete it.",
        "Le numéro a trop peu de chiffres : complétez-le.",
    ),
    "PHONE_TOO_LONG": (
        "The number has too many digits: put / between several numbers; write numbers of other "
        "countries with + and the country's code.",
        "Le numéro a trop de chiffres : séparez plusieurs numéros par / ; écrivez les numéros "
        "d’autres pays avec + et l’indicatif.",
    ),
    "PHONE_COUNTRY": (
        "The country code does not exist: begin with + and the country's code.",
        "L’indicatif du pays n’existe pas : commencez par + et l’indicatif du pays.",
    ),
    "PHONE_NOT_IN_PLAN": (
        "No such number exists in the country's numbering plan: check it; write numbers of other "
        "countries with + and the country's code.",
        "Ce numéro n’existe pas dans le plan de numérotation du pays : vérifiez-le ; écrivez les "
        "numéros d’autres pays avec + et l’indicatif.",
    ),
    "NO_NUMBER": (
        "The row has no number that can be called: fill in one of the phone columns.",
        "La ligne n’a aucun numéro que l’on puisse appeler : remplissez une colonne de téléphone.",
    ),
    "NUMBER_FORMAT": (
        "Not a number: write digits with at most one comma or point. The cell was left empty.",
        "Ce n’est pas un nombre : des chiffres et au plus une virgule ou un point. La cellule a "
        "été laissée vide.",
    ),
    "DATE_FORMAT": (
        "Not a date: write day/month/year with four digits for the year, or year-month-day. The "
        "cell was left empty.",
        "Ce n’est pas une date : écrivez jour/mois/année avec une année à quatre chiffres, ou "
        "année-mois-jour. La cellule a été laissée vide.",
    ),
    "TIME_ZONE_UNKNOWN": (
        "Not a time zone: write its IANA name, such as Africa/Porto-Novo. The cell was left empty.",
        "Ce n’est pas un fuseau horaire : écrivez son nom IANA, par exemple Africa/Porto-Novo. La "
        "cellule a été laissée vide.",
    ),
    "LANGUAGE_UNKNOWN": (
        "Not a language: write its code (fr, en, fon, bba) or its name. The cell was left empty.",
        "Ce n’est pas une langue : écrivez son code (fr, en, fon, bba) ou son nom. La cellule a "
        "été laissée vide.",
    ),
    "KEY_EMPTY": (
        "The key columns are empty, so a duplicate could not be noticed: fill them in.",
        "Les colonnes de la clé sont vides, un doublon passerait inaperçu : remplissez-les.",
    ),
    "KEY_TOO_LONG": (
        "The key is longer than 500 characters: choose a shorter key column.",
        "La clé dépasse 500 caractères : choisissez une colonne de clé plus courte.",
    ),
    "CELL_TOO_LONG": (
        "A cell is larger than 32 kB: shorten it.",
        "Une cellule dépasse 32 ko : raccourcissez-la.",
    ),
    "ROW_TOO_LONG": (
        "The row is larger than 1 MB: shorten it, or look for a line break that is missing.",
        "La ligne dépasse 1 Mo : raccourcissez-la, ou cherchez un retour à la ligne qui manque.",
    ),
    "TOO_MANY_CELLS": (
        "The row has more cells than the header: look for a delimiter inside a cell and put that "
        "cell between quotes.",
        "La ligne a plus de cellules que l’en-tête : cherchez un séparateur dans une cellule et "
        "mettez-la entre guillemets.",
    ),
    "UNCLOSED_QUOTE": (
        "A quote opens here and does not close: close it, or double it if it is part of the text.",
        "Un guillemet s’ouvre ici et ne se ferme pas : fermez-le, ou doublez-le s’il fait partie "
        "du texte.",
    ),
    "BAD_QUOTING": (
        "The row cannot be cut into cells: check its quotes and line breaks.",
        "La ligne ne peut être découpée en cellules : vérifiez guillemets et retours à la ligne.",
    ),
    "NUL_BYTE": (
        "The row has a zero byte: export the file again as text.",
        "La ligne contient un octet nul : exportez à nouveau le fichier en texte.",
    ),
    "BAD_ENCODING": (
        "The row has bytes that are not of the file's encoding: choose another encoding, or "
        "correct the row.",
        "La ligne a des octets étrangers à l’encodage du fichier : choisissez un autre encodage, "
        "ou corrigez la ligne.",
    ),
    "DNC_VALUE_EMPTY": (
        "The row has nothing to be listed: fill in its column, or leave the row out.",
        "La ligne n’a rien à mettre en opposition : remplissez sa colonne, ou retirez la ligne.",
    ),
    "DNC_VALUE_TOO_LONG": (
        "The value is longer than 200 characters: look whether the right column was chosen.",
        "La valeur dépasse 200 caractères : vérifiez que la bonne colonne est choisie.",
    ),
    "CONSENT_WORD": (
        "Neither yes nor no: write yes, no, oui, non, 1, 0 or leave the cell empty. Nothing was "
        "noted of consent.",
        "Ni oui ni non : écrivez oui, non, yes, no, 1, 0 ou laissez la cellule vide. Aucun "
        "consentement n’a été noté.",
    ),
    "CONSENT_TIME": (
        "Consent needs its date: write 2026-11-23 or 23/11/2026, with the time if known. Nothing "
        "was noted of consent.",
        "Un consentement a besoin de sa date : écrivez 23/11/2026 ou 2026-11-23, avec l’heure si "
        "elle est connue. Aucun consentement n’a été noté.",
    ),
    "CONSENT_FUTURE": (
        "Consent cannot be given or withdrawn in the future: correct the date. Nothing was noted "
        "of consent.",
        "Un consentement n’est ni donné ni retiré dans l’avenir : corrigez la date. Aucun "
        "consentement n’a été noté.",
    ),
    "CONSENT_UNTIL": (
        "Consent must be valid until after it was given: correct one of the dates. Nothing was "
        "noted of consent.",
        "La fin de validité doit suivre la date du consentement : corrigez l’une des dates. Aucun "
        "consentement n’a été noté.",
    ),
    "CONSENT_VALID_UNTIL_TIME": (
        "Not a date until which consent is valid: write 2026-11-23 or 23/11/2026. Nothing was "
        "noted of consent.",
        "Ce n’est pas une date de fin de validité : écrivez 23/11/2026 ou 2026-11-23. Aucun "
        "consentement n’a été noté.",
    ),
    "CONSENT_CHANNEL": (
        "There is no such channel: write voice, sms, whatsapp, email or *. Nothing was noted of "
        "consent.",
        "Ce canal n’existe pas : écrivez voice, sms, whatsapp, email ou *. Aucun consentement n’a "
        "été noté.",
    ),
    "CONSENT_PURPOSE": (
        "Name the purpose with small letters, digits, - and _, such as prospecting. Nothing was "
        "noted of consent.",
        "Nommez la finalité en minuscules, chiffres, - et _, par exemple prospecting. Aucun "
        "consentement n’a été noté.",
    ),
    "CONSENT_PROOF": (
        "Say how consent was given: fill in the column, or give the import a way for all rows. "
        "Nothing was noted of consent.",
        "Dites comment le consentement a été donné : remplissez la colonne, ou donnez à "
        "l’import un moyen pour toutes les lignes. Aucun consentement n’a été noté.",
    ),
    "CONSENT_TEXT": (
        "The text about the consent is too long (how: 200, reference: 500, proof: 5,000 "
        "characters): shorten it. Nothing was noted of consent.",
        "Le texte du consentement est trop long (moyen : 200, référence : 500, preuve : 5 000 "
        "caractères) : raccourcissez-le. Aucun consentement n’a été noté.",
    ),
    "UNKNOWN_COLUMN": (
        "The list has no such column: add it to the list, or leave the value out.",
        "La liste n’a pas cette colonne : ajoutez-la à la liste, ou omettez la valeur.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one value."""

    code: str
    column: str = ""  # the list's name of the column; '' when it is about the whole row
    value: str = ""  # as written, cut to 200 characters


def message(code: str, language: str = "en") -> str:
    """What to do about a problem, in English or French; the code itself when it is unknown."""
    sentences = PROBLEMS.get(code)
    if sentences is None:
        return code
    return sentences[1] if language[:2].lower() == "fr" else sentences[0]


def shown(value: str) -> str:
    """A value as a report may show it: at most 200 characters, nothing that a database refuses."""
    cut = value if len(value) <= 200 else value[:199] + "…"
    cut = cut.replace("\0", "␀")
    return cut.encode("utf-8", "replace").decode("utf-8")
