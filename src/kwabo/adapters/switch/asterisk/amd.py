"""Asterisk's own detection: the arguments of AMD(), and what it says.

AMD() measures silences and words; it understands nothing. Its arguments, in order: initial silence,
greeting, silence after the greeting, total analysis time, minimum word, silence between words
(milliseconds), maximum number of words, silence threshold (0–32767), maximum word (milliseconds).
It says MACHINE as soon as the beginning is too silent, the greeting too long or of too many words,
HUMAN when enough silence follows a short greeting, NOTSURE when the time is over.
"""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.ports.switch import CallAnalysis, SwitchRefused

ENGINE = "amd"
# `medium` are the defaults of Asterisk 20 to 22. The lower the sensitivity to persons, the sooner
# an answer is called a machine's.
PARAMETERS: Mapping[str, tuple[int, ...]] = {
    "low": (2000, 1200, 1000, 5000, 100, 50, 2, 256, 5000),
    "medium": (2500, 1500, 800, 5000, 100, 50, 2, 256, 5000),
    "high": (3500, 2200, 600, 5000, 120, 50, 4, 256, 5000),
}
FAX_TONE_HZ = 2100  # ITU-T T.30: the called station's tone
FAX_TONE_MILLISECONDS = 500
_VERDICTS = {"HUMAN": "person", "MACHINE": "machine"}


def check_analysis(analysis: CallAnalysis) -> None:
    """Refuse what this engine cannot do."""
    if analysis.engine != ENGINE:
        raise SwitchRefused(
            "BAD_ENGINE", f"This switch has the engine {ENGINE} only.", retryable=False
        )
    if analysis.sensitivity not in PARAMETERS:
        possible = ", ".join(PARAMETERS)
        raise SwitchRefused("BAD_SENSITIVITY", f"Sensitivity is {possible}.", retryable=False)


def terms(analysis: CallAnalysis) -> str:
    """The parameters, as they are kept with an attempt."""
    numbers = ",".join(map(str, PARAMETERS[analysis.sensitivity]))
    return f"{analysis.sensitivity} {numbers}{' fax' if analysis.fax else ''}"


def variables(analysis: CallAnalysis) -> dict[str, str]:
    """What the dialplan needs to know of a call that is analysed."""
    told = {"KWABO_ANALYSE": "yes"}
    told |= {
        f"KWABO_AMD_{place}": str(value)
        for place, value in enumerate(PARAMETERS[analysis.sensitivity], start=1)
    }
    if analysis.fax:
        told["KWABO_FAX"] = "yes"
    return told


def verdict(argument: str) -> tuple[str, str]:
    """Verdict and reason from the application's argument `amd=<status>/<cause>/<fax tones>`."""
    status, _, rest = argument.removeprefix("amd=").partition("/")
    cause, _, fax = rest.partition("/")
    if fax.isdigit() and int(fax) > 0:
        return "fax", f"TONE-{FAX_TONE_HZ}"
    return _VERDICTS.get(status, "unsure"), cause or status
