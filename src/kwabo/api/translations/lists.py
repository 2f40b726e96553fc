"""Messages about workbooks, import templates, columns, scheduled imports and list health."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "NOT_TEXT_SPREADSHEET": (
        "Ce classeur ne peut pas être lu. Enregistrez-le au format .xlsx.",
        "This is a spreadsheet file that cannot be read. Save it as .xlsx.",
    ),
    "NOT_TEXT_COMPRESSED": (
        "Ce fichier est compressé. Décompressez-le, puis choisissez le fichier qu’il contient.",
        "This file is compressed. Unpack it, then choose the file inside.",
    ),
    "NOT_TEXT": (
        "Ce n’est pas un fichier texte. Choisissez un fichier CSV ou un classeur Excel.",
        "This is no text file. Choose a CSV file or an Excel workbook.",
    ),
    "NOT_A_WORKBOOK": (
        "Ce n’est pas un classeur. Choisissez un fichier .xlsx, .ods ou CSV.",
        "This is no workbook. Choose an .xlsx, .ods or CSV file.",
    ),
    "WORKBOOK_OLD": (
        "Ce classeur a le format d’Excel 2003 ou plus ancien (.xls). Ouvrez-le, enregistrez-le en "
        ".xlsx, puis choisissez ce fichier-là.",
        "This workbook has the format of Excel 2003 and before (.xls). Open it, save it as .xlsx, "
        "then choose that file.",
    ),
    "WORKBOOK_MACROS": (
        "Ce classeur contient des macros (.xlsm). Enregistrez-le en .xlsx, puis choisissez ce "
        "fichier-là.",
        "This workbook has macros (.xlsm). Save it as .xlsx, then choose that file.",
    ),
    "WORKBOOK_PROTECTED": (
        "Ce classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis "
        "choisissez-le à nouveau.",
        "This workbook is protected by a password. Save it without one, then choose it again.",
    ),
    "WORKBOOK_DAMAGED": (
        "Ce classeur ne peut pas être lu : il est abîmé ou incomplet. Ouvrez-le, enregistrez-le à "
        "nouveau en .xlsx, puis choisissez ce fichier-là.",
        "This workbook cannot be read: it is damaged or cut off. Open it, save it again as .xlsx, "
        "then choose that file.",
    ),
    "WORKBOOK_TOO_LARGE": (
        "Ce classeur est trop grand pour être lu. Enregistrez la feuille en CSV, puis choisissez "
        "ce fichier-là.",
        "This workbook is too large to be read. Save the sheet as CSV, then choose that file.",
    ),
    "SHEET_UNKNOWN": (
        "Le classeur n’a pas cette feuille. Choisissez l’une de celles qu’il a.",
        "The workbook has no such sheet. Choose one of those it has.",
    ),
    "NO_SHEETS": (
        "Le fichier n’est pas un classeur : il n’a pas de feuilles.",
        "The file is no workbook: it has no sheets.",
    ),
    "TOO_MANY_TEMPLATES": (
        "Il y a déjà 200 modèles. Supprimez-en un qui ne sert plus.",
        "There are 200 templates. Remove one that is not needed.",
    ),
    "TEMPLATE_IN_USE": (
        "Un import planifié utilise ce modèle. Donnez-lui d’abord un autre modèle.",
        "A scheduled import uses this template. Give it another template first.",
    ),
    "REPLACEMENT_COLUMN": (
        "Un remplacement vise une colonne que le modèle n’a pas : {value}. Retirez-le.",
        "A replacement is for a column that the template does not have: {value}. Take it out.",
    ),
    "TOO_MANY_LINES": (
        "On peut sauter au plus 1 000 lignes. Donnez un nombre plus petit.",
        "At most 1,000 lines can be skipped. Give a smaller number.",
    ),
    "TOO_MANY_REPLACEMENTS": (
        "Une colonne a au plus 10 remplacements. Enlevez-en.",
        "A column has at most 10 replacements. Leave some out.",
    ),
    "POSITIONS_INVALID": (
        "Les positions commencent à 1, et la dernière ne précède pas la première : {value}.",
        "Positions begin at 1, and the last is not before the first: {value}.",
    ),
    "PATTERN_LENGTH": (
        "Un motif a de 1 à 500 caractères, ce qui le remplace au plus 500.",
        "A pattern needs 1 to 500 characters, what replaces it at most 500.",
    ),
    "PATTERN_INVALID": (
        "Ce motif ne peut pas être lu : {value}. Il suit la syntaxe RE2 : ni anticipation, ni "
        "référence arrière dans le motif.",
        "The pattern cannot be read: {value}. It has RE2's syntax: no look-ahead, no back "
        "references inside it.",
    ),
    "PATTERN_GROUP": (
        "Le remplacement cite un groupe que le motif n’a pas : {value}.",
        "The replacement refers to a group that the pattern does not have: {value}.",
    ),
    "LIST_NOT_EMPTY": (
        "La liste a des contacts : renommez, convertissez ou supprimez une colonne dans la page "
        "des colonnes de la liste, une à la fois. La clé reste telle quelle.",
        "The list has contacts: rename, retype or remove a column on the list's page of columns, "
        "one at a time. The key stays as it is.",
    ),
    "COLUMN_CHANGE_OPEN": (
        "Une modification des colonnes de la liste n’est pas terminée. Attendez-la, ou "
        "annulez-la d’abord.",
        "The list's columns are being changed. Wait for it, or cancel that change first.",
    ),
    "COLUMN_CHANGE_RUNNING": (
        "Une colonne de cette liste est en cours de modification ({done} contacts sur {total}). "
        "Réessayez quand ce sera fini ; les appels continuent.",
        "A column of this list is being changed ({done} of {total} contacts). Try again when it is "
        "done; dialling goes on.",
    ),
    "COLUMN_CHANGE_STATE": (
        "Une modification dans l’état « {state} » ne permet pas « {event} ». Rechargez la page.",
        "A change that is {state} cannot be '{event}'. Load the page again.",
    ),
    "COLUMN_IN_USE": (
        "La colonne est utilisée ailleurs. Retirez-la d’abord de : {places}.",
        "The column is used elsewhere. Take it out there first: {places}.",
    ),
    "COLUMN_UNKNOWN": (
        "La liste n’a pas cette colonne. Rechargez la page.",
        "The list has no such column. Load the page again.",
    ),
    "ORDER_INCOMPLETE": (
        "L’ordre doit nommer chaque colonne de la liste une fois. Rechargez la page.",
        "The order must name every column of the list once. Load the page again.",
    ),
    "KIND_SAME": (
        "La colonne est déjà de ce type. Choisissez-en un autre.",
        "The column has this kind already. Choose another one.",
    ),
    "COLUMN_IN_KEY": (
        "La colonne fait partie de la clé de la liste : elle sert à reconnaître chaque contact. "
        "Importez plutôt dans une nouvelle liste avec une autre clé.",
        "The column is part of the list's key: every contact is recognised by it. Import into a "
        "new list with another key instead.",
    ),
    "LAST_PHONE_COLUMN": (
        "C’est la seule colonne de téléphone de la liste. Ajoutez-en une autre d’abord.",
        "It is the list's only phone column. Add another one first.",
    ),
    "DEFAULT_PHONE": (
        "Une colonne de téléphone n’a pas de valeur par défaut : tout le monde aurait le même "
        "numéro. Laissez-la vide.",
        "A phone column has no default: everybody would have the same number. Leave it empty.",
    ),
    "DEFAULT_FORM": (
        "Écrivez la valeur par défaut comme les valeurs sont gardées : 1200.5, 2026-11-26, "
        "Africa/Porto-Novo, fr.",
        "Write the default in the form in which values are kept: 1200.5, 2026-11-26, "
        "Africa/Porto-Novo, fr.",
    ),
    "NAME_NOT_FOR_SCRIPTS": (
        "Un script montre cette colonne, et un script ne peut pas montrer un nom avec {{ ou }}.",
        "A script shows this column, and a script cannot show a name with {{ or }}.",
    ),
    "TIMING_KIND": (
        "Choisissez toutes les tant de minutes, ou chaque jour.",
        "Choose every so many minutes, or daily.",
    ),
    "TIMING_MINUTES": (
        "Donnez de 1 minute à 7 jours (10 080 minutes).",
        "Give 1 minute to 7 days (10,080 minutes).",
    ),
    "TIMING_AT": (
        "Donnez une heure, par exemple 06:00.",
        "Give a time such as 06:00.",
    ),
    "TIMING_WEEKDAYS": (
        "Choisissez au moins un jour.",
        "Choose at least one day.",
    ),
    "SOURCE_PATTERN": (
        "Donnez un motif de noms de fichiers, par exemple *.csv, sans barre oblique.",
        "Give a pattern of file names, such as *.csv, without slashes.",
    ),
    "SOURCE_MOVE_TO": (
        "Donnez le nom d’un seul dossier, par exemple done.",
        "Give the name of one folder, such as done.",
    ),
    "SOURCE_PATH": (
        "Donnez un chemin sous le dossier : ni absolu, ni « .. », ni lien qui en sort.",
        "Give a path below the folder: not absolute, without '..', no link that leads out of it.",
    ),
    "SOURCE_HOST": (
        "Donnez le nom ou l’adresse d’un serveur, sans protocole ni chemin.",
        "Give a server's name or address, without a scheme or path.",
    ),
    "SOURCE_PORT": (
        "Donnez un port de 1 à 65535.",
        "Give a port from 1 to 65535.",
    ),
    "SOURCE_USER": (
        "Donnez l’utilisateur avec lequel se connecter.",
        "Give the user to sign in as.",
    ),
    "SOURCE_SIGN_IN": (
        "Choisissez une des façons de se connecter qu’offre ce type de source.",
        "Choose one of the ways to sign in that this kind of source has.",
    ),
    "SOURCE_HOST_KEY": (
        "La clé d’un serveur s’écrit SHA256: suivi de 43 caractères.",
        "A server's key looks like SHA256: and 43 characters.",
    ),
    "SOURCE_URL": (
        "Donnez une adresse qui commence par https://.",
        "Give an address that begins with https://.",
    ),
    "SOURCE_URL_SECRET": (
        "Ne mettez ni utilisateur ni mot de passe dans l’adresse : il y a des champs pour cela.",
        "Put no user or password into the address: give them in their fields.",
    ),
    "SOURCE_HOST_UNKNOWN": (
        "Aucun serveur ne porte ce nom. Vérifiez-le{said}.",
        "There is no server of this name. Check it{said}.",
    ),
    "SOURCE_ADDRESS_PRIVATE": (
        "Ce nom mène à un réseau privé, ce que cette installation ne permet pas "
        "(KWABO_IMPORT_PRIVATE_ADDRESSES){said}.",
        "This name leads into a private network, which this installation does not allow "
        "(KWABO_IMPORT_PRIVATE_ADDRESSES){said}.",
    ),
    "SOURCE_UNREACHABLE": (
        "Le serveur ne répond pas. Vérifiez l’adresse, et qu’on peut le joindre d’ici{said}.",
        "The server does not answer. Check the address, and that it can be reached from "
        "here{said}.",
    ),
    "SOURCE_HOST_KEY_UNKNOWN": (
        "La clé du serveur n’a pas encore été acceptée. Testez la connexion.",
        "The server's key has not been accepted yet. Test the connection.",
    ),
    "SOURCE_HOST_KEY_CHANGED": (
        "Le serveur montre une autre clé que celle qui a été acceptée{said}. Demandez à qui "
        "le gère ; si c’est voulu, testez la connexion et acceptez la nouvelle clé.",
        "The server shows another key than the accepted one. Ask who runs it; if the change "
        "is meant, test the connection and accept the new key{said}.",
    ),
    "SOURCE_KEY_UNREADABLE": (
        "La clé privée ne peut pas être lue. Donnez-la au format OpenSSH ou PEM, sans phrase "
        "de passe.",
        "The private key cannot be read. Give it in OpenSSH or PEM form, without a passphrase.",
    ),
    "SOURCE_SIGN_IN_REFUSED": (
        "Le serveur refuse l’utilisateur, le mot de passe, la clé ou le jeton. Vérifiez-les{said}.",
        "The server refuses user, password, key or token. Check them{said}.",
    ),
    "SOURCE_SECRET_UNREADABLE": (
        "Le secret gardé ne peut pas être lu avec la clé de ce serveur. Donnez-le à nouveau.",
        "The kept secret cannot be read with this server's key. Give it again.",
    ),
    "SOURCE_FOLDER_MISSING": (
        "Ce dossier n’existe pas. Vérifiez le chemin, ou créez le dossier{said}.",
        "There is no such folder. Check the path, or make the folder{said}.",
    ),
    "SOURCE_FOLDER": (
        "Le dossier ou le fichier ne peut pas être utilisé. Vérifiez ses droits{said}.",
        "The folder or file cannot be used. Check its rights{said}.",
    ),
    "SOURCE_STATUS": (
        "Le serveur répond par une erreur. Vérifiez l’adresse{said}.",
        "The server answers with an error. Check the address{said}.",
    ),
    "SOURCE_ENCODED": (
        "Le serveur envoie le fichier compressé, bien qu’on lui ait demandé de ne pas le "
        "faire{said}.",
        "The server sends the file compressed although it was asked not to{said}.",
    ),
    "SOURCE_REDIRECT": (
        "L’adresse mène à une autre qui n’est pas permise{said}. Donnez l’adresse finale.",
        "The address leads to another that is not allowed. Give the final address{said}.",
    ),
    "SOURCE_TOO_LARGE": (
        "Le fichier dépasse 5 Go. Découpez-le.",
        "The file is larger than 5 GB. Split it.",
    ),
    "SOURCE_BROKEN_OFF": (
        "La connexion s’est coupée au milieu du fichier{said}. Nouvel essai à la prochaine "
        "exécution.",
        "The connection broke off in the middle of the file. It is tried again at the next "
        "run{said}.",
    ),
    "SECRET_MISSING": (
        "Donnez le mot de passe, la clé ou le jeton. Quand le serveur, l’utilisateur ou la "
        "façon de se connecter change, il faut le redonner.",
        "Give the password, key or token. When the server, user or way to sign in changes, it"
        " must be given again.",
    ),
    "SECRET_TOO_LONG": (
        "Le secret est trop long pour un mot de passe ou une clé.",
        "The secret is too long for a password or key.",
    ),
    "DONE_FILE_KEPT": (
        "À une adresse HTTPS, rien ne peut être déplacé ni supprimé. Choisissez de garder le "
        "fichier.",
        "Nothing can be moved or deleted at an HTTPS address. Choose to keep the file.",
    ),
    "SCHEDULE_RUNNING": (
        "Il s’exécute en ce moment. Attendez qu’il ait fini.",
        "It is running just now. Wait until it has ended.",
    ),
}
