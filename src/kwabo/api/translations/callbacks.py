"""Messages about callbacks, records of an agent's own, and precise dialling."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "CHOICE": (
        "Choisissez l’une de ces valeurs : {choices}.",
        "Choose one of {choices}.",
    ),
    "DEPUTY_NEEDED": (
        "Choisissez qui reprend les rappels d’un agent absent.",
        "Choose who takes callbacks over from an owner who is away.",
    ),
    "COLUMN_UNKNOWN": (
        "La liste n’a pas de colonne {column}. Ses colonnes : {columns}.",
        "The list has no column {column}. Its columns: {columns}.",
    ),
    "PREVIEW_VALUES_NEEDED": (
        "Dites avec quelles valeurs de la colonne une fiche est toujours montrée avant l’appel.",
        "Say by which values of the column a contact is always previewed.",
    ),
    "PREVIEW_VALUES": (
        "Donnez au plus 100 valeurs de 1 à 200 caractères.",
        "Give at most 100 values of 1 to 200 characters each.",
    ),
    "OWNED_PREVIEW": (
        "Seule une campagne en aperçu peut réserver chaque fiche à son agent.",
        "Only a preview campaign can give each contact to its own agent.",
    ),
    "CALLBACK_STATE": (
        "Ce rappel est déjà fait, annulé ou en cours. Actualisez la page.",
        "This callback has been made, cancelled, or is under way. Load the page again.",
    ),
    "CALLBACK_LATEST": (
        "L’heure limite doit être après l’heure du rappel.",
        "The latest time must be after the callback's time.",
    ),
    "CALLBACK_REASON": (
        "Dites pourquoi, en 3 à 500 caractères.",
        "Say why, in 3 to 500 characters.",
    ),
    "CALLBACK_OWNER": (
        "Cette personne n’est pas un agent actif. Choisissez-en une autre.",
        "This person is not an active agent. Choose another.",
    ),
    "NOT_YOUR_CALLBACK": (
        "Ce rappel appartient à un autre agent. Demandez à votre superviseur.",
        "This callback belongs to another agent. Ask your supervisor.",
    ),
}
