"""Dendi, 1 to 100, 200, 1000 and 2000: tens, with what is added behind kini.

11 to 19 and 21 to 24 are listed by the source; the same endings behind 30 to 90 are by analogy. Of
the hundreds and thousands the source has the first two; how they are joined with smaller numbers it
does not tell, and it has no word for nought: none of these is said.

Not validated: no speaker of Dendi has approved it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.speech.grammar import NumbersOnly
from kwabo.domain.speech.spoken import Spoken, number_key

_WORDS = {
    1: "afɔ",
    2: "ahinka",
    3: "ahinza",
    4: "ataki",
    5: "agu",
    6: "ayidu",
    7: "ayiye",
    8: "ayiyaku",
    9: "ayiga",
    10: "aweyi",
    20: "waranka",
    30: "waranza",
    40: "weitaki",
    50: "weigu",
    60: "weidu",
    70: "weihiye",
    80: "waaku",
    90: "weiga",
    100: "zɔnfɔ",
    200: "zɔnhayinka",
    1000: "dubufɔ",
    2000: "dubuhayinka",
}
_ADDED = {
    1: "kinifɔ",
    2: "kinihinka",
    3: "kinihinza",
    4: "kinitaki",
    5: "kinigu",
    6: "kinidu",
    7: "kinihiye",
    8: "kiniyaku",
    9: "kiniga",
}
_TWENTY = "number.joined.20"  # twenty loses its last vowel before kini


class Dendi(NumbersOnly):
    """See the module."""

    language = "ddn"
    reaches = ("de 1 à 100, et 200, 1 000, 2 000", "1 to 100, and 200, 1,000, 2,000")
    sources = (
        "J. Rowe (SIL Togo-Benin, 1994) in E. Chan, Numeral Systems of the World's Languages: "
        "Dendi",
    )

    def words(self) -> Mapping[str, str]:
        return {
            **{number_key(n): word for n, word in _WORDS.items()},
            **{f"number.added.{n}": word for n, word in _ADDED.items()},
            _TWENTY: "warank",
        }

    def number(self, value: int) -> Spoken | None:
        if value in _WORDS:
            return self._spoken((number_key(value),))
        if not 10 < value < 100:
            return None
        ten, unit = value // 10 * 10, value % 10
        start = _TWENTY if ten == 20 else number_key(ten)
        return self._spoken((start, f"number.added.{unit}"))
