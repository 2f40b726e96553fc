"""Messages about queues' routing and skills."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "SKILL_UNKNOWN": (
        "Cette compétence n’existe pas. Actualisez la page, ou nommez une langue comme "
        "language:fr.",
        "",
    ),
    "SKILL_IN_RULES": (
        "Ces jeux de règles demandent la compétence : {rule_sets}. Retirez-l’en d’abord.",
        "",
    ),
    "SKILL_IN_USE": (
        "Des cercles de ces files nomment la compétence : {queues}. Retirez-l’en d’abord.",
        "",
    ),
    "TOO_MANY_SKILLS": (
        "Il y a déjà {most} compétences. Supprimez-en une dont personne n’a besoin.",
        "",
    ),
    "QUEUE_RINGS": ("Une file a de 1 à 6 cercles.", ""),
    "QUEUE_OVERFLOWS": ("Une file a au plus 5 débordements.", ""),
    "QUEUE_OVERFLOW_SELF": (
        "Les appels ne peuvent pas déborder vers leur propre file. Choisissez-en une autre.",
        "",
    ),
    "NOT_WAITING": (
        "Cette personne n’attend plus dans cette file.",
        "This caller does not wait in this queue any more.",
    ),
    "NOTHING_TO_CHANGE": (
        "Choisissez une autre file ou une autre priorité.",
        "Choose another queue or another priority.",
    ),
    "QUEUE_OVERFLOW_TARGET": (
        "Les appels de ces files débordent vers celle-ci : {queues}. Changez-les d’abord.",
        "",
    ),
    "PROMPT_PLAYED_BY_QUEUES": (
        "Ces files la diffusent, aux appelants ou aux agents : {queues}. Retirez-la de leurs "
        "réglages d’abord.",
        "",
    ),
    "PROMPT_UNKNOWN": ("Cet enregistrement n’existe pas. Choisissez-en un autre.", ""),
    "QUEUE_NO_HOURS": (
        "Choisissez les horaires d’ouverture à la fin desquels les appelants quittent la file.",
        "",
    ),
    "SCHEDULE_GROUP_UNKNOWN": ("Ces horaires n’existent pas. Actualisez la page.", ""),
    "QUEUE_KEY": ("Choisissez une touche : 0 à 9, * ou #.", ""),
    "QUEUE_SEGMENTS": ("Nommez au plus 50 segments de 1 à 100 caractères.", ""),
    "NEED_FORM": (
        "Écrivez un besoin comme une compétence et un niveau, par exemple language:fon=2.",
        "",
    ),
}
