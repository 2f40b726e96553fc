"""Messages about settings as one document."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "SETTINGS_REFUSED": (
        "Rien n’a été appliqué : le document contient des erreurs ({count}). Corrigez-les et "
        "appliquez-le de nouveau.",
        "Nothing was applied: the document has wrong places ({count}). Mend them and apply it "
        "again.",
    ),
    "SETTINGS_FORMAT": (
        "Ce n’est pas un document de réglages que cette version sait lire : « kwabo_settings » "
        "doit valoir 1.",
        "",
    ),
    "SETTINGS_KIND_UNKNOWN": (
        "Il n’existe pas de réglages de ce nom. Connus : {known}.",
        "",
    ),
    "SETTINGS_OBJECT": (
        "Ici doit se trouver un objet avec des noms : {{ … }}.",
        "",
    ),
    "SETTINGS_OWNER_UNKNOWN": (
        "Le nom doit être celui d’un élément de {owners}, puis un / et le nom propre. Dans un nom, "
        "écrivez ~1 pour un /.",
        "",
    ),
    "SETTINGS_FIELD_UNKNOWN": (
        "Ce réglage n’existe pas ici. Connus : {known}.",
        "",
    ),
    "SETTINGS_REFERENCE_UNKNOWN": (
        "{reference} n’est ni dans le document ni dans l’organisation. Ajoutez-le ou écrivez une "
        "autre référence.",
        "",
    ),
    "SETTINGS_FIXED": (
        "Ce réglage ne change plus une fois l’élément créé. Laissez-le tel quel, ou donnez un "
        "autre nom à l’élément pour en créer un nouveau.",
        "",
    ),
    "SETTINGS_CIRCLE": (
        "Cet élément et ceux auxquels il renvoie renvoient l’un à l’autre : aucun ne peut être "
        "créé en premier. Retirez une des références, appliquez, puis appliquez avec elle.",
        "",
    ),
    "SETTINGS_NOT_TAKEN": (
        "Kwabo garde ici {kept}. Écrivez cette valeur ou retirez le réglage.",
        "",
    ),
    "SAME_NAME": (
        "Deux éléments s’appellent « {name} » ({kind}). Renommez-en un ou supprimez-le : le "
        "document désigne les éléments par leurs noms.",
        "",
    ),
    "MISSING_SECRET": (
        "Le mot de passe ou la clé n’est pas dans le document. Écrivez-le à cet endroit, dans un "
        "second fichier, ou saisissez-le dans la page.",
        "The password or key is not in the document. Write it at this place in a second file, or "
        "give it on the page.",
    ),
    "MISSING_SECRET_OF_ITS_OWN": (
        "Un webhook créé ailleurs a un autre secret. Renouvelez-le et donnez-le au destinataire.",
        "A webhook that is made elsewhere has another secret. Rotate it and tell the receiver.",
    ),
    "MISSING_SECRET_FILE": (
        "Le fichier secret de ce nom se trouve sur le serveur. Placez-le aussi sur l’autre.",
        "The secret file of this name is on the server. Put it on the other one too.",
    ),
    "MISSING_RECORDING": (
        "L’enregistrement n’est pas dans le document. Envoyez-le dans la page des messages audio.",
        "The recording is not in the document. Upload it on the page of prompts.",
    ),
    "MISSING_PERSONS": (
        "Les personnes ne sont pas dans le document. Choisissez-les dans la page.",
        "Persons are not in the document. Choose them on the page.",
    ),
    "MISSING_ELSEWHERE": (
        "Cette valeur renvoie à quelque chose que le document ne contient pas, par exemple une "
        "personne. Choisissez-la de nouveau dans la page.",
        "This value refers to something that the document does not hold, such as a person. Choose "
        "it again on the page.",
    ),
}
