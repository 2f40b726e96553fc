"""Baatonum (Bariba), 1 to 9,999: fives and scores, pieces joined with kà.

1 to 29 are recordings of their own, since their pieces grow together (nɔ̀ɔbù kà tiā, nɔ̀ɔbâ tiā).
Above, the largest word that fits (30, 40, 60, 80, 100, 200, 400, 600, 800, 1000) and the rest are
joined with kà, as the source has it for 50, 70 and 90. From 2000 on it is nɔra and the number of
thousands, as the source has it for 2000. By analogy, and so first to be checked by a speaker: the
same two rules for the numbers between. Ten thousand and more would be ambiguous by these rules
(40 × 1000 + 10 or 50 × 1000), and no source has a word for nought: neither is said.

Not validated: no speaker of Baatonum has approved it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.speech.grammar import NumbersOnly
from kwabo.domain.speech.spoken import AND, Spoken, number_key

_THOUSANDS = "number.thousands"
_UNITS = {1: "tiā", 2: "yìru", 3: "ìta", 4: "ǹnɛ", 5: "nɔ̀ɔbù"}
_BASES = {
    30: "tɛ̀nā",
    40: "wèeru",
    60: "wàta",
    80: "wɛ̀nɛ̀",
    100: "wùnɔbu",
    200: "goòbū",
    400: "nɛ̀ɛru",
    600: "nàta",
    800: "nɛ̀nɛ",
    1000: "nɔ̀rɔbù",
}
_WHOLE = {
    **_UNITS,
    6: "nɔ̀ɔbâ tiā",
    7: "nɔ̀ɔbá yìru",
    8: "nɔ̀ɔbâ yìta",
    9: "nɔ̀ɔbâ ǹnɛ",
    10: "wɔkuru",
    **{10 + n: f"wɔkurá {word}" for n, word in _UNITS.items()},
    **{15 + n: f"wɔkurá nɔ̀ɔbù kà {_UNITS[n]}" for n in range(1, 5)},
    20: "yɛndu",
    **{20 + n: f"yɛndá {word}" for n, word in _UNITS.items()},
    **{25 + n: f"yɛndá nɔ̀ɔbù kà {_UNITS[n]}" for n in range(1, 5)},
    **_BASES,
}


class Baatonum(NumbersOnly):
    """See the module."""

    language = "bba"
    reaches = ("de 1 à 9 999", "1 to 9,999")
    sources = (
        "P. Barassounon (SIL Togo-Benin, 2008) and G. Manessy (CNRS, 1994) in E. Chan, Numeral "
        "Systems of the World's Languages: Baatonum",
        "I. O. Sanusi and L. O. Yusuf, The Mathematical Operations in Bàtɔ̀nū Numeral System, "
        "Journal of Universal Language 19-1, 2018",
    )

    def words(self) -> Mapping[str, str]:
        numbers = {number_key(n): word for n, word in _WHOLE.items()}
        return {**numbers, AND: "kà", _THOUSANDS: "nɔra"}

    def number(self, value: int) -> Spoken | None:
        return self._spoken(_keys(value)) if 1 <= value <= 9999 else None


def _keys(value: int) -> tuple[str, ...]:
    if value in _WHOLE:
        return (number_key(value),)
    if value >= 2000:
        thousands, rest = divmod(value, 1000)
        start: tuple[str, ...] = (_THOUSANDS, number_key(thousands))
    else:
        base = max(n for n in _BASES if n <= value)
        rest = value - base
        start = (number_key(base),)
    return (*start, AND, *_keys(rest)) if rest else start
