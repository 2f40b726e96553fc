"""Messages about signing in, users, tokens and requests in general."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "NOT_FOUND": (
        "Cet élément n’existe pas, ou plus. Actualisez la page.",
        "There is no such thing, or no longer. Load the page again.",
    ),
    "INVALID": (
        "La demande contient des valeurs incorrectes. Corrigez les champs indiqués.",
        "The request has wrong values. Correct the fields that are named.",
    ),
    "INTERNAL": (
        "Une erreur interne s’est produite. Réessayez ; si elle persiste, transmettez la référence "
        "{request_id} à votre administrateur.",
        "Something went wrong inside Kwabo. Try again; if it stays, give your administrator the "
        "reference {request_id}.",
    ),
    "METHOD_NOT_ALLOWED": (
        "Cette adresse n’accepte pas cette méthode.",
        "This address does not take this method.",
    ),
    "BODY_TOO_LARGE": (
        "La demande est trop volumineuse. Envoyez-la en plusieurs parties.",
        "The request is too large. Send it in several parts.",
    ),
    "TEXT_INVALID": (
        "Un texte contient le caractère U+0000, qui ne peut pas être conservé. Retirez-le.",
        "A text contains the character U+0000, which cannot be kept. Remove it.",
    ),
    "DATABASE_BUSY": (
        "La base de données est très occupée. Réessayez dans un instant.",
        "The database is very busy. Try again in a moment.",
    ),
    "DATABASE_UNAVAILABLE": (
        "La base de données ne répond pas. Réessayez dans un instant ; si cela persiste, "
        "prévenez votre administrateur.",
        "The database does not answer. Try again in a moment; if this stays, tell your "
        "administrator.",
    ),
    "STALE_VERSION": (
        "Quelqu’un d’autre a modifié cet élément entre-temps. Rechargez-le et refaites votre "
        "modification.",
        "Somebody else has changed this meanwhile. Load it again and repeat your change.",
    ),
    "PAGE_TOKEN": (
        "Cette page n’existe plus. Revenez à la première page.",
        "This page token is not one of this list. Ask for the first page again.",
    ),
    "NOT_SIGNED_IN": (
        "Vous n’êtes pas connecté, ou plus. Connectez-vous.",
        "You are not signed in, or no longer. Sign in.",
    ),
    "TOKEN_INVALID": (
        "Ce jeton d’API est inconnu, expiré ou révoqué. Créez-en un nouveau.",
        "This API token is unknown, expired or revoked. Make a new one under API tokens.",
    ),
    "WRONG_LOGIN": (
        "L’identifiant ou le mot de passe est incorrect. Réessayez.",
        "The login or the password is wrong. Try again.",
    ),
    "TOO_MANY_LOGINS": (
        "Trop de tentatives de connexion. Réessayez dans {minutes} minutes.",
        "Too many attempts to sign in. Try again in {minutes} minutes.",
    ),
    "CSRF": (
        "Cette demande ne vient pas d’une page de Kwabo. Rechargez la page.",
        "This request does not come from a page of Kwabo. Load the page again.",
    ),
    "CROSS_SITE": (
        "Cette demande vient d’un autre site et a été refusée.",
        "This request comes from another site and was refused.",
    ),
    "PERMISSION_NEEDED": (
        "Vous n’avez pas la permission nécessaire ({permission}). Demandez-la à un administrateur.",
        "This needs the permission {permission}. Ask an administrator to grant it to you.",
    ),
    "SESSION_NEEDED": (
        "Un jeton d’API ne permet pas cela. Connectez-vous avec un identifiant et un mot de passe.",
        "An API token cannot do this. Sign in with a login and a password.",
    ),
    "RIGHTS_BEYOND_OWN": (
        "Vous ne pouvez pas donner, modifier ou retirer des droits que vous n’avez pas : "
        "{permissions}. Demandez à un administrateur.",
        "You cannot give, change or take away rights that you do not have yourself: {permissions}. "
        "Ask an administrator.",
    ),
    "SCOPES_BEYOND_OWN": (
        "Vous n’avez pas vous-même ces permissions : {permissions}.",
        "You do not have these permissions yourself: {permissions}.",
    ),
    "SCOPES_EMPTY": (
        "Choisissez au moins une permission pour le jeton.",
        "Choose at least one permission for the token.",
    ),
    "EXPIRY_OUT_OF_RANGE": (
        "Un jeton est valable de 1 à {max} jours.",
        "A token is valid for 1 to {max} days.",
    ),
    "LOGIN_TAKEN": (
        "Cet identifiant est déjà pris. Choisissez-en un autre.",
        "This login is taken. Choose another.",
    ),
    "LOGIN_INVALID": (
        "Un identifiant se compose de lettres de a à z, de chiffres et de . _ @ + - et commence "
        "par une lettre ou un chiffre.",
        "A login is made of the letters a to z, digits and . _ @ + - and begins with a letter or a "
        "digit.",
    ),
    "NAME_LENGTH": (
        "Le nom doit avoir de 1 à 200 caractères.",
        "The name needs 1 to 200 characters.",
    ),
    "ROLE_UNKNOWN": (
        "Ce rôle n’existe pas. Les rôles sont : {roles}.",
        "There is no such role. The roles are: {roles}.",
    ),
    "PERMISSION_UNKNOWN": (
        "Cette permission n’existe pas : {permissions}.",
        "There is no such permission: {permissions}.",
    ),
    "LANGUAGE_UNKNOWN": (
        "Les langues sont : {languages}.",
        "The languages are: {languages}.",
    ),
    "QUEUE_UNKNOWN": (
        "Une des files n’existe pas. Rechargez la page.",
        "One of the queues does not exist. Load the page again.",
    ),
    "LAST_ADMINISTRATOR": (
        "C’est le dernier administrateur actif. Nommez d’abord quelqu’un d’autre.",
        "This is the last active administrator. Make somebody else one first.",
    ),
    "PASSWORD_TOO_SHORT": (
        "Le mot de passe doit avoir au moins {min} caractères.",
        "The password needs at least {min} characters.",
    ),
    "PASSWORD_TOO_LONG": (
        "Le mot de passe peut avoir au plus {max} caractères.",
        "The password may have at most {max} characters.",
    ),
    "PASSWORD_IS_LOGIN": (
        "Le mot de passe ne doit pas être l’identifiant.",
        "The password must not be the login.",
    ),
    "WRONG_PASSWORD": (
        "Le mot de passe actuel est incorrect.",
        "The present password is wrong.",
    ),
    "IDEMPOTENCY_KEY_REUSED": (
        "Cette clé Idempotency-Key a servi à une autre demande. Utilisez une clé par demande.",
        "This Idempotency-Key was used for another request. Use a new key for each one.",
    ),
    "IDEMPOTENCY_IN_PROGRESS": (
        "La première demande avec cette clé est encore en cours. Réessayez dans un instant.",
        "The first request with this Idempotency-Key is still being worked on. Ask again in a "
        "moment.",
    ),
    "IDEMPOTENCY_UNKNOWN": (
        "La première demande avec cette clé a été interrompue et l’on ne sait pas si elle a été "
        "exécutée. Vérifiez l’état actuel ; si elle ne l’a pas été, utilisez une nouvelle clé.",
        "The first request with this Idempotency-Key was cut off, and it is not known whether it "
        "was done. Look at the present state; if it was not, ask with a new key.",
    ),
    "IDEMPOTENCY_KEY_LENGTH": (
        "La clé Idempotency-Key doit avoir de 1 à 200 caractères.",
        "The Idempotency-Key needs 1 to 200 characters.",
    ),
}
