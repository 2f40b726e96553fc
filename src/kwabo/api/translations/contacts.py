"""Messages about lists, contacts and imports; those about single values stand with the rules."""

from __future__ import annotations

from kwabo.domain.contacts.filters.problems import PROBLEMS as FILTER_PROBLEMS
from kwabo.domain.contacts.problems import PROBLEMS

MESSAGES: dict[str, tuple[str, str]] = {
    "UNNAMED_COLUMN": ("colonne {place}", "column {place}"),
    **{code: (french, english) for code, (english, french) in PROBLEMS.items()},
    **FILTER_PROBLEMS,
    "FILTER_UNKNOWN": (
        "Ce filtre n’est pas un de ceux de la liste de la campagne. Choisissez-en un de la liste.",
        "This filter is not one of the campaign's list: choose one of the list's.",
    ),
    "FILTER_IN_USE": (
        "Ces campagnes utilisent le filtre : {campaigns}. Retirez-le d’abord.",
        "These campaigns use the filter: {campaigns}. Take it out of them first.",
    ),
    "TOO_MANY_FILTERS": (
        "Une liste a au plus {most} filtres. Supprimez-en un qu’aucune campagne n’utilise.",
        "A list has at most {most} filters. Delete one that no campaign uses.",
    ),
    "SORT_MODE": (
        "L’ordre est static ou dynamic.",
        "Choose the order's mode static or dynamic.",
    ),
    "NAME_TAKEN": (
        "Ce nom est déjà pris. Choisissez-en un autre.",
        "This name is taken already. Choose another.",
    ),
    "REGION_UNKNOWN": (
        "La région est le code à deux lettres d’un pays, par exemple BJ.",
        "The region is a country's two letters, such as BJ.",
    ),
    "COLUMN_NAME": (
        "Le nom d’une colonne a de 1 à 128 caractères.",
        "A column's name needs 1 to 128 characters.",
    ),
    "COLUMN_TWICE": (
        "Deux colonnes ont le même nom. Renommez l’une d’elles.",
        "Two columns have the same name. Rename one of them.",
    ),
    "NO_PHONE_COLUMN": (
        "Une liste a besoin d’une colonne de téléphone. Choisissez ce type pour l’une d’elles.",
        "A list needs a phone column. Choose the kind 'phone' for one of them.",
    ),
    "TOO_MANY_COLUMNS": (
        "Une liste a au plus 300 colonnes. Laissez-en de côté.",
        "A list has at most 300 columns. Leave some out.",
    ),
    "KEY_COLUMN_UNKNOWN": (
        "Chaque colonne de la clé doit être une colonne de la liste : {columns}.",
        "Every key column must be one of the list's columns: {columns}.",
    ),
    "KEY_COLUMN_MISSING": (
        "Le fichier doit remplir les colonnes de la clé de la liste : {columns}.",
        "The file must fill the list's key columns: {columns}.",
    ),
    "KEY_COLUMNS_FIXED": (
        "La liste a des contacts, sa clé reste donc telle quelle.",
        "The list has contacts, so its key stays as it is.",
    ),
    "COLUMN_KIND": (
        "La colonne {column} de la liste est du type {kind}. Choisissez ce type, ou donnez un "
        "autre nom à la colonne du fichier.",
        "The list's column {column} has the kind {kind}. Choose this kind, or give the file's "
        "column another name.",
    ),
    "LIST_IN_USE": (
        "Une campagne utilise cette liste. Donnez une autre liste à la campagne ou supprimez-la "
        "d’abord.",
        "A campaign uses this list. Give the campaign another list or delete it first.",
    ),
    "LIST_NEEDED": (
        "Choisissez une liste, ou donnez le nom d’une nouvelle.",
        "Choose a list, or give the name of a new one.",
    ),
    "IMPORT_RUNNING": (
        "Un fichier est en cours d’importation dans cette liste. Attendez, ou annulez l’import.",
        "A file is being imported into this list. Wait for it, or cancel the import first.",
    ),
    "IMPORT_STATE": (
        "L’état de l’import ({state}) ne permet pas cela. Actualisez la page.",
        "The import's state ({state}) does not allow this. Load the page again.",
    ),
    "KEY_TAKEN": (
        "Un autre contact de cette liste a déjà cette clé. Modifiez les valeurs de la clé, ou "
        "l’autre contact.",
        "Another contact of this list has this key already. Change the key's values, or change "
        "the other contact.",
    ),
    "CONTACT_IN_CALL": (
        "Ce contact est en cours d’appel. Réessayez après l’appel.",
        "This contact is being called just now. Try again after the call.",
    ),
    "SORT_COLUMN": (
        "La liste n’a pas cette colonne de tri.",
        "The list has no such column to sort by.",
    ),
    "MAPPING_INVALID": (
        "Chaque colonne de la correspondance a une source et un type, ou est ignorée.",
        "Each column of the mapping has a source and a kind, or is ignored.",
    ),
    "MAPPING_SOURCE": (
        "La correspondance nomme deux fois une colonne, ou une colonne absente du fichier. "
        "Regardez à nouveau l’aperçu.",
        "The mapping names a column twice, or one that the file does not have. Look at the "
        "preview again.",
    ),
    "CLEAR_REASON": (
        "Dites pourquoi ce numéro peut de nouveau être appelé (3 à 500 caractères).",
        "Say why this number may be called again (3 to 500 characters).",
    ),
    "NUMBER_CALLABLE": (
        "Ce numéro ne porte aucune marque : il est déjà appelé.",
        "This number has no mark: it is called already.",
    ),
    "CONSENT_SOURCE": (
        "Le fichier n’a pas cette colonne. Choisissez une de ses colonnes pour les consentements.",
        "The file has no such column. Choose one of its columns for the consents.",
    ),
    "CONSENT_NO_STATEMENT": (
        "Dites quelle colonne indique que le consentement a été donné, ou quand, ou quand il a été "
        "retiré.",
        "Say which column tells that consent was given, or when, or when it was withdrawn.",
    ),
    "CONSENT_NO_DATE": (
        "Dites quelle colonne indique la date du consentement : sans date il ne prouve rien.",
        "Say which column tells when consent was given: without a date it proves nothing.",
    ),
    "CONSENT_NO_HOW": (
        "Dites comment le consentement a été donné : nommez une colonne, ou écrivez-le pour toutes "
        "les lignes.",
        "Say how consent was given: name a column, or write it for all rows.",
    ),
    "MAPPING_HEADER": (
        "La première ligne du fichier dit s’il a un en-tête. Omettez has_header.",
        "Whether the file has a header is told by its first row. Leave has_header out.",
    ),
    "ENCODING_UNKNOWN": (
        "Les encodages sont : utf-8, windows-1252, utf-16-le, utf-16-be.",
        "The encodings are: utf-8, windows-1252, utf-16-le, utf-16-be.",
    ),
    "DELIMITER_UNKNOWN": (
        "Les séparateurs sont ; , | et la tabulation.",
        "The delimiters are ; , | and the tabulator.",
    ),
    "FILE_MISSING": (
        "Le formulaire ne contient pas de fichier. Choisissez-en un.",
        "The form has no file. Choose one.",
    ),
    "FILE_EMPTY": ("Le fichier est vide. Choisissez-en un autre.", "The file is empty."),
    "FILE_TOO_LARGE": (
        "Le fichier est trop volumineux. Divisez-le.",
        "The file is too large. Split it.",
    ),
    "FILE_GONE": (
        "Le fichier n’est plus sur le serveur. Envoyez-le à nouveau.",
        "The uploaded file is gone. Upload it again.",
    ),
    "FILE_UNREADABLE": (
        "Le fichier ne peut plus être lu sur le serveur. Envoyez-le à nouveau.",
        "The uploaded file can no longer be read on the server. Upload it again.",
    ),
    "IMPORT_FAILED": (
        "Une partie du fichier n’a pas pu être enregistrée, trois fois de suite. Ce qui l’a été "
        "reste. Reprenez l’import ; s’il échoue encore, le journal du serveur en donne la cause.",
        "A part of the file could not be stored, three times. What was stored before it stays. "
        "Resume the import; if it fails again, the server's log names the cause.",
    ),
    "DISK_FULL": (
        "Le disque du serveur est plein. Libérez de la place, puis envoyez à nouveau.",
        "The server's disk is full. Free space on it, then upload again.",
    ),
    "NOT_MULTIPART": (
        "Envoyez le fichier en multipart/form-data, dans le champ « file ».",
        "Send the file as multipart/form-data, in the field 'file'.",
    ),
    "FIELD_TOO_LONG": (
        "Un champ du formulaire est trop long.",
        "A field of the form is too long.",
    ),
    "NO_ROWS": (
        "Le fichier n’a pas de lignes, ou pas si bas. Choisissez un autre fichier, ou une ligne "
        "plus haute.",
        "The file has no rows, or none that far down. Choose another file, or a line higher up.",
    ),
    "KIND_UNKNOWN": (
        "Ce type de colonne n’existe pas. Types : text, number, date, phone, time_zone, language.",
        "There is no such kind of column. Kinds: text, number, date, phone, time_zone, language.",
    ),
}
