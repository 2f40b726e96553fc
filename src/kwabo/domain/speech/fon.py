"""Fon (Fɔ̀ngbè), 0 to 100: scores and forties, five-finger groups, « nukun » before what is added.

Built as the sources have it: words of their own for 1 to 15, 20, 30, 40 and 80; what is more
stands behind them; one to four more are joined with nukun (16 = 15 nukun 1, 26 = 20 5 nukun 1).
The sources agree up to 100. How hundreds and thousands are said is not established by them, so it
is not said.

Not validated: the words come from teaching material and no speaker of Fon has approved them.
"""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.speech.grammar import NumbersOnly
from kwabo.domain.speech.spoken import Spoken, number_key

_MORE = "number.more"
_WORDS = {
    0: "vo",
    1: "ɖokpo",
    2: "we",
    3: "atɔn",
    4: "ɛnɛ",
    5: "atɔɔn",
    6: "ayizɛn",
    7: "tɛnwe",
    8: "tantɔn",
    9: "tɛnnɛ",
    10: "wo",
    11: "wo-ɖokpo",
    12: "wewe",
    13: "watɔn",
    14: "wɛnɛ",
    15: "afɔtɔn",
    20: "ko",
    30: "gban",
    40: "kanɖe",
    80: "kanwe",
}


class Fon(NumbersOnly):
    """See the module."""

    language = "fon"
    reaches = ("de 0 à 100", "0 to 100")
    sources = (
        "A. Clounon, « De 1 à 100, savoir bien compter en fongbé », iamyourclounon.bj, 2022",
        "M.-P. D. Houessou, application « Fongbe » (allinone_benin), list « Chiffres », 2016",
    )

    def words(self) -> Mapping[str, str]:
        return {**{number_key(n): word for n, word in _WORDS.items()}, _MORE: "nukun"}

    def number(self, value: int) -> Spoken | None:
        if not 0 <= value <= 100:
            return None
        return self._spoken(_keys(value))


def _keys(value: int) -> tuple[str, ...]:
    if value in _WORDS:
        return (number_key(value),)
    base = max(n for n in (15, 20, 30, 40, 80) if n <= value)
    rest = value - base
    if rest < 5:
        return (number_key(base), _MORE, number_key(rest))
    if rest < 10:
        five = (number_key(base), number_key(5))
        return five if rest == 5 else (*five, _MORE, number_key(rest - 5))
    return (number_key(base), *_keys(rest))
