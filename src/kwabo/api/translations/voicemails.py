"""Messages about voicemail."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "VOICEMAIL_IN_WRITING": (
        "Ce message a été écrit, pas dit : lisez son texte.",
        "This message was written, not spoken: read its text.",
    ),
    "VOICEMAIL_DONE": (
        "Ce message est déjà traité. Rouvrez-le d’abord.",
        "This message has been dealt with. Open it again first.",
    ),
    "VOICEMAIL_TAKEN": (
        "Une autre personne s’occupe de ce message. Demandez à un superviseur de vous le confier.",
        "Somebody else deals with this message. Ask a supervisor to give it to you.",
    ),
    "VOICEMAIL_OWNER": (
        "Cette personne ne traite pas de messages vocaux. Choisissez un agent ou un superviseur "
        "actif.",
        "This person takes no voicemail. Choose an active agent or supervisor.",
    ),
    "VOICEMAIL_NO_NUMBER": (
        "L’appelant a masqué son numéro : on ne peut pas le rappeler.",
        "The caller withheld the number: nobody can be called back.",
    ),
    "VOICEMAIL_NOTE": (
        "Dites ce qui a été fait en {most} caractères au plus.",
        "Say what was done in at most {most} characters.",
    ),
    "CALL_BACK_REFUSED": (
        "Cet appelant ne peut pas être rappelé : {reason}",
        "This caller may not be called: {reason}",
    ),
    "TRANSCRIPTION_FAILED": (
        "Le serveur de transcription n’a pas bien répondu. Le message sera envoyé de nouveau.",
        "The transcription server did not answer well. The message will be sent again.",
    ),
}
