"""The grammar of each language."""

from __future__ import annotations

from typing import Final

from kwabo.domain.speech.baatonum import Baatonum
from kwabo.domain.speech.dendi import Dendi
from kwabo.domain.speech.english import English
from kwabo.domain.speech.fon import Fon
from kwabo.domain.speech.french import French
from kwabo.domain.speech.grammar import Grammar
from kwabo.domain.speech.yoruba import Yoruba

_ALL: tuple[Grammar, ...] = (French(), English(), Fon(), Baatonum(), Yoruba(), Dendi())
GRAMMARS: Final[dict[str, Grammar]] = {grammar.language: grammar for grammar in _ALL}
