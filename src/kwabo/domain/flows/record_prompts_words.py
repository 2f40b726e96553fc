"""What callers who record prompts are told, where the flow says nothing else.

Prompts of these keys are played where the organisation has recorded or written them; else
text-to-speech says the words here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kwabo.domain.flows.parts import PromptPart

CODE: Final = "record_prompts_code"
WRONG: Final = "record_prompts_wrong_code"
SPEAK: Final = "record_prompts_speak"
CHOOSE: Final = "record_prompts_choose"
SILENT: Final = "record_prompts_silent"
THANKS: Final = "record_prompts_thanks"
SORRY: Final = "record_prompts_sorry"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    CODE: {
        "fr": "Composez les six chiffres de votre code.",
        "en": "Enter the six digits of your code.",
    },
    WRONG: {
        "fr": "Ce code n’est pas valable.",
        "en": "This code is not valid.",
    },
    SPEAK: {
        "fr": "Parlez après le bip, puis appuyez sur dièse.",
        "en": "Speak after the tone, then press the hash key.",
    },
    CHOOSE: {
        "fr": "Pour garder, appuyez sur 1. Pour reprendre, sur 2. Pour la suite, sur dièse.",
        "en": "To keep it, press 1. To record it again, press 2. To go on without it, press hash.",
    },
    SILENT: {
        "fr": "On n’a rien entendu.",
        "en": "Nothing was heard.",
    },
    THANKS: {
        "fr": "Merci, c’est terminé.",
        "en": "Thank you, that was all.",
    },
    SORRY: {
        "fr": "L’enregistrement s’arrête ici. Ce que vous avez gardé est reçu. Rappelez plus tard.",
        "en": "Recording stops here. What you have kept is received. Please call again later.",
    },
}


def own_words(key: str) -> PromptPart:
    """The words of a key, as they are said."""
    return PromptPart(key=key, instead=WORDS[key])
