"""Phone numbers: any written form to E.164, or a refusal that names the mend.

National numbers are read with the list's region. Benin moved to ten digits on 2024-11-30 (`01`
before the old eight): both forms, and the nine digits that a spreadsheet leaves of the ten, are one
number, whose canonical form has ten digits. Satellite and premium numbers are valid here and only
classified: whether they may be dialled is a rule of the trunk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from kwabo.domain.contacts.problems import shown

E164 = re.compile(r"\+[1-9][0-9]{6,14}")

_PUNCTUATION = str.maketrans("", "", " .-()")
_SEPARATORS = re.compile(r"[/;,|\n\r]+|\s+(?:ou|or|et|and)\s+", re.IGNORECASE)
_DASHES = "‐‑‒–—―−－ー"
_EXTENSION = re.compile(r"(?:\d\s*(?:x|ext\.?|extension|poste|p\.|#)\s*\d)", re.IGNORECASE)
_ROUNDED = re.compile(r"\d[.,]?\d*[eE]\+?\d+")
_PARAMETER = re.compile(r";\s*[A-Za-z-]+\s*=")  # ";tag=", ";ext=": a SIP or tel URI
_FLOAT_TAIL = re.compile(r"(\+?\d{6,15})[.,]0")
_FOREIGN_CHARACTERS = re.compile(r"[;=@&:<>%$!?\"'`{}\[\]\\^~_*#|]")
_MAX_PIECES = 10


class NumberKind(StrEnum):
    """What kind of line a number is, as far as the numbering plan tells."""

    MOBILE = "mobile"
    FIXED_LINE = "fixed_line"
    PREMIUM = "premium"
    SHARED_COST = "shared_cost"
    TOLL_FREE = "toll_free"
    SATELLITE = "satellite"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PhoneProblem:
    """A piece of a cell that is no number; `code` is one of `problems.PROBLEMS`."""

    code: str
    value: str


@dataclass(frozen=True, slots=True)
class PhoneCell:
    """What a cell of a phone column holds."""

    numbers: tuple[str, ...]  # E.164, in the cell's order, each once
    problems: tuple[PhoneProblem, ...]
    text: str  # what is kept: each number in E.164, each problem as written, joined with " / "


# From mainland France, 0262 and 0692 reach La Réunion as they are written there, and so on
# (Arcep, plan national de numérotation).
_DIALLED_ALIKE = {"FR": ("RE", "GP", "MQ", "GF", "YT")}

EMPTY_CELL = PhoneCell((), (), "")


def read_cell(text: str, region: str) -> PhoneCell:
    """Every number of a cell; several may be separated by / ; , | "ou", "or" or a line break."""
    fast = quick_number(text, region)
    if fast is not None:
        return PhoneCell((fast,), (), fast)
    return read_cell_slowly(text, region)


def read_cell_slowly(text: str, region: str) -> PhoneCell:
    """`read_cell` without its short cut for the usual forms: the reference for it."""
    plain = _plain(text)
    if not plain:
        return EMPTY_CELL
    if _ROUNDED.fullmatch(plain):
        return _refused("PHONE_ROUNDED", text)
    if _PARAMETER.search(plain):
        return _refused("PHONE_CHARACTERS", text)
    whole = read_number(plain, region)
    if isinstance(whole, str):
        return PhoneCell((whole,), (), whole)
    pieces = [piece.strip() for piece in _SEPARATORS.split(plain)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) <= 1:
        pieces = _by_spaces(plain, region)
    elif all(sum(c.isdigit() for c in piece) <= 4 for piece in pieces):
        # "97/12/34/56": the slashes are only punctuation of one number
        joined = read_number("".join(pieces), region)
        if isinstance(joined, str):
            return PhoneCell((joined,), (), joined)
    if len(pieces) > _MAX_PIECES:
        return _refused("PHONE_TOO_LONG", text)
    if len(pieces) <= 1:
        return _refused(whole.code, text)
    return _collect(pieces, region)


def _collect(pieces: list[str], region: str) -> PhoneCell:
    numbers: list[str] = []
    problems: list[PhoneProblem] = []
    kept: list[str] = []
    for piece in pieces:
        answer = read_number(piece, region)
        if isinstance(answer, PhoneProblem):
            problems.append(answer)
            kept.append(answer.value)
        elif answer not in numbers:
            numbers.append(answer)
            kept.append(answer)
    return PhoneCell(tuple(numbers), tuple(problems), " / ".join(kept))


def _by_spaces(plain: str, region: str) -> list[str]:
    """Two numbers with only a space between them, when every part is a number by itself."""
    parts = plain.split()
    if 1 < len(parts) <= _MAX_PIECES and all(
        isinstance(read_number(part, region), str) for part in parts
    ):
        return parts
    return [plain]


def _refused(code: str, text: str) -> PhoneCell:
    value = shown(text.strip())
    return PhoneCell((), (PhoneProblem(code, value),), value)


def read_number(text: str, region: str) -> str | PhoneProblem:
    """One number as E.164, or why it is none."""
    plain = _plain(text)
    tail = _FLOAT_TAIL.fullmatch(plain)
    if tail:  # "97123456.0": a spreadsheet took the number for a decimal
        plain = tail[1]
    code = _refusal_by_characters(plain)
    if code:
        return PhoneProblem(code, shown(text))
    compact = plain.translate(_PUNCTUATION)
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    if not re.fullmatch(r"\+?[0-9]+", compact):
        return PhoneProblem("PHONE_CHARACTERS", shown(text))
    if len(compact) < 5:
        return PhoneProblem("PHONE_TOO_SHORT", shown(text))
    if len(compact) > 20:
        return PhoneProblem("PHONE_TOO_LONG", shown(text))
    if "(" in plain and compact.startswith("+"):
        compact = plain  # "+33 (0)6 …": the library knows what to do with the zero
    answer = _parsed(_beninese(compact, region), region)
    if answer == "PHONE_NOT_IN_PLAN" and not compact.startswith("+"):
        answer = _of_territory(compact, region) or answer
    return answer if E164.fullmatch(answer) else PhoneProblem(answer, shown(text))


def _refusal_by_characters(plain: str) -> str:
    if _ROUNDED.fullmatch(plain):
        return "PHONE_ROUNDED"
    if _EXTENSION.search(plain):
        return "PHONE_EXTENSION"
    if _FOREIGN_CHARACTERS.search(plain):
        return "PHONE_CHARACTERS"
    if any(c.isalpha() for c in plain):
        return "PHONE_LETTERS"
    return ""


def _beninese(compact: str, region: str) -> str:
    """Old and mangled forms of Benin's numbers, in the form of today."""
    if compact.startswith("+229"):
        national = compact[4:]
    elif region == "BJ" and not compact.startswith("+"):
        national = (
            compact[3:] if len(compact) in (11, 13) and compact.startswith("229") else compact
        )
    else:
        return compact
    if len(national) == 8:
        national = "01" + national
    elif len(national) == 9 and national.startswith("1"):
        national = "0" + national  # a spreadsheet took the leading zero away
    return "+229" + national


def _of_territory(compact: str, region: str) -> str | None:
    """E.164 of a number that one dials within the country, though it has a code of its own."""
    for territory in _DIALLED_ALIKE.get(region, ()):
        answer = _parsed(compact, territory)
        if E164.fullmatch(answer):
            return answer
    return None


def count_old_forms(texts: Sequence[str], read: Sequence[str]) -> int:
    """How many cells held one number in the eight digits that Benin had before 2024-11-30."""
    found = 0
    for text, number in zip(texts, read, strict=True):
        if len(number) == 14 and number.startswith("+22901"):
            plain = text[:-2] if text.endswith(".0") else text
            compact = plain.translate(_PUNCTUATION)
            national = compact.lstrip("+0").removeprefix("229") if len(compact) > 10 else compact
            found += len(national) == 8
    return found


def _parsed(compact: str, region: str) -> str:
    """E.164, or the code of a refusal."""
    try:
        number = phonenumbers.parse(compact, region)
    except phonenumbers.NumberParseException as error:
        kinds = phonenumbers.NumberParseException
        if error.error_type == kinds.INVALID_COUNTRY_CODE:
            return "PHONE_COUNTRY"
        return "PHONE_TOO_LONG" if error.error_type == kinds.TOO_LONG else "PHONE_TOO_SHORT"
    if phonenumbers.is_valid_number(number):
        e164 = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        return e164 if E164.fullmatch(e164) else "PHONE_TOO_SHORT"
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        return "PHONE_TOO_SHORT"
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return "PHONE_TOO_LONG"
    return "PHONE_NOT_IN_PLAN"


def _plain(text: str) -> str:
    """The text with every digit, plus, dash and space in ASCII, and invisible marks taken out."""
    plain = text.strip() if text.isascii() else "".join(map(_ascii, text)).strip()
    if plain[:1] == "'":  # the mark by which spreadsheets keep a number as text
        plain = plain[1:].lstrip()
    return plain


@lru_cache(maxsize=4096)
def _ascii(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    if category in ("Zs", "Zl", "Zp"):
        return " " if category == "Zs" else "\n"
    if character in _DASHES:
        return "-"
    return {"＋": "+", "（": "(", "）": ")", "／": "/", "．": ".", "，": ",", "；": ";"}.get(
        character, character
    )


# ── The usual forms, without the library ─────────────────────────────────────────────────────────


def quick_number(text: str, region: str) -> str | None:
    """E.164 of a number of the list's own region in a usual form; None when in the least doubt.

    About ten times faster than the library, with the same answers: a property test compares them.
    """
    return quick_numbers([text], region)[0]


def quick_numbers(texts: Sequence[str], region: str) -> list[str | None]:
    """`quick_number` of many texts."""
    shape = _shape(region)
    if shape is None:
        return [None] * len(texts)
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1 or "(" in joined or ".0\n" in joined + "\n":
        return [_quick(shape, text) for text in texts]
    prefix, match = shape.prefix, shape.pattern.fullmatch
    return [
        prefix + found[1] if (found := match(compact)) else None
        for compact in joined.translate(_PUNCTUATION).split("\n")
    ]


def _quick(shape: _Shape, text: str) -> str | None:
    if text[-2:] == ".0" or "(" in text:
        return None
    found = shape.pattern.fullmatch(text.translate(_PUNCTUATION))
    return shape.prefix + found[1] if found else None


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the numbers of a region look when written without punctuation."""

    prefix: str  # put before what the pattern's group caught
    pattern: re.Pattern[str]


@lru_cache(maxsize=64)
def _shape(region: str) -> _Shape | None:
    code = phonenumbers.country_code_for_region(region)
    if not code or len(phonenumbers.region_codes_for_country_code(code)) != 1:
        return None  # several countries share the code: the library decides
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.general_desc is None:
        return None
    kinds = (
        metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.premium_rate,
        metadata.shared_cost, metadata.personal_number, metadata.voip, metadata.pager,
        metadata.uan, metadata.voicemail,
    )  # fmt: skip
    patterns = [k.national_number_pattern for k in kinds if k and k.national_number_pattern]
    valid = f"(?=(?:{metadata.general_desc.national_number_pattern})$)(?:{'|'.join(patterns)})"
    if region == "BJ":  # old eight digits: "01" is looked for in front of them
        old = "|".join(p[2:] for p in patterns if p.startswith("01"))
        return _Shape("+22901", re.compile(rf"(?:(?:\+|00)?229)?(?:01)?((?:{old}))", re.ASCII))
    if metadata.national_prefix_for_parsing not in (None, metadata.national_prefix):
        return None  # carrier codes and rewritten prefixes: the library decides
    return _Shape(f"+{code}", re.compile(rf"(?:\+|00){code}({valid})", re.ASCII))


def kind_of(number: str) -> NumberKind:
    """The kind of an E.164 number. Satellite ranges are told by their country codes.

    The library takes +881 for mobile and +882, +883 for voice over IP; they are billed as satellite
    and international networks.
    """
    if number.startswith(("+870", "+881", "+882", "+883")):
        return NumberKind.SATELLITE
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    return {
        PhoneNumberType.MOBILE: NumberKind.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE: NumberKind.MOBILE,
        PhoneNumberType.FIXED_LINE: NumberKind.FIXED_LINE,
        PhoneNumberType.PREMIUM_RATE: NumberKind.PREMIUM,
        PhoneNumberType.SHARED_COST: NumberKind.SHARED_COST,
        PhoneNumberType.TOLL_FREE: NumberKind.TOLL_FREE,
    }.get(kind, NumberKind.OTHER)
