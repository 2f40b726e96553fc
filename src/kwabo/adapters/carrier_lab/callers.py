"""People who call in: what they do, as a script, and the dialplan that plays it.

A caller rings the switch for so long at most. Once answered, the steps follow one another; after
the last, the caller stays in silence until `stays_seconds` are over or the other side hangs up.
All that the caller hears is kept as a WAV beside the log, unless the call says that nobody will
listen to it: recording is most of what a caller costs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

DIAL_CONTEXT = "lab-caller-dial"
WAIT_CONTEXT = "lab-caller-wait"
EXTENSION = "s"
MOST_STEPS = 200
BY_CALLER, BY_SWITCH = "caller", "switch"  # who ended a call, in the log
AGENT_HZ = 2000  # of the tones by which an agent’s telephone is known: music has none such
_TONE_AT_LEAST = 150  # ms of it
_LISTENS_AT_MOST = 60  # seconds, to something at all

_NUMBER = re.compile(r"\+?[0-9]{1,20}")
_NAME = re.compile(r"[A-Za-z0-9 .-]{0,40}")
_FILE = re.compile(r"[A-Za-z0-9_./-]+")
_KEYS = re.compile(r"[0-9*#]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Does nothing for a while."""

    seconds: float

    def written(self) -> str:
        return f"w{self.seconds:.3f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear:
    """Listens until something has been heard, and then nothing has come for so long.

    The switch sends no packets while it plays nothing: a pause within a prompt is no end of it.
    """

    silence_seconds: float = 0.7

    def written(self) -> str:
        return f"h{self.silence_seconds:.3f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meet:
    """Waits for an agent's telephone, which is known by its tone; that moment goes to the log.

    Then talks for a while and hangs up. Goes on with the next step when none comes in time.
    """

    patience_seconds: float
    talk_seconds: float = 10.0

    def written(self) -> str:
        return f"m{self.patience_seconds:.0f}:{self.talk_seconds:.3f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Presses keys, one after the other (RFC 4733)."""

    keys: str

    def written(self) -> str:
        return f"k{self.keys}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Says what a file holds (8 kHz mono WAV), or a few sentences."""

    path: Path | None = None

    def written(self) -> str:
        return f"s{self.path.with_suffix('') if self.path else _SENTENCES}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """Ends the call."""

    def written(self) -> str:
        return "x"


Step = Wait | Hear | Meet | Press | Say | HangUp
_SENTENCES = "demo-moreinfo"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIn:
    """One call to the switch."""

    number: str  # called, as a carrier sends it
    caller: str = "+2290197000000"  # '': the caller withholds the number
    caller_name: str = ""
    steps: tuple[Step, ...] = ()
    rings_seconds: int = 60  # patience until the answer
    stays_seconds: int = 120  # from the answer; then the caller hangs up
    records: bool = True  # what is heard
    call_id: str = field(default_factory=lambda: uuid4().hex)  # in the log, and of the recording

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.number) or not _NUMBER.fullmatch(self.caller or "0"):
            raise ValueError("Numbers are digits, perhaps with + before them.")
        if not _NAME.fullmatch(self.caller_name):
            raise ValueError("A caller's name is letters, digits, spaces, . and -.")
        if not re.fullmatch(r"[a-z0-9-]{1,40}", self.call_id):
            raise ValueError("An id is lower case letters, digits and -.")
        if self.rings_seconds < 1 or self.stays_seconds < 1:
            raise ValueError("A caller rings and stays for a second at least.")
        if len(self.steps) > MOST_STEPS:
            raise ValueError(f"A caller does at most {MOST_STEPS} things.")
        for step in self.steps:
            if isinstance(step, Press) and not _KEYS.fullmatch(step.keys):
                raise ValueError(f"Keys are 0-9, * and #, not {step.keys!r}.")
            if isinstance(step, Say) and step.path and not _FILE.fullmatch(str(step.path)):
                raise ValueError(f"A file's path is letters, digits, _ . - and /: {step.path}")
            if not all(0 <= seconds <= 3600 for seconds in _seconds(step)):
                raise ValueError("A caller waits up to an hour.")
            if isinstance(step, Meet) and step.patience_seconds < 1:
                raise ValueError("A caller waits for an agent for a second at least.")

    def variables(self, log: Path) -> dict[str, str]:
        """What the dialplan is told; every channel of the call inherits it."""
        told = {
            "NUMBER": self.number,
            "CALLER": self.caller,
            "NAME": self.caller_name,
            "STEPS": "&".join(step.written() for step in self.steps),
            "RINGS": str(self.rings_seconds),
            "STAYS": str(self.stays_seconds),
            "ID": self.call_id,
            "HEARD": str(heard_path(log, self.call_id)),
            "RECORDS": "1" if self.records else "",
        }
        return {f"__LAB_IN_{name}": value for name, value in told.items()}


def read_step(text: str) -> Step:
    """`wait:2.5`, `hear`, `hear:1.5`, `meet:60`, `meet:60:20`, `press:12#`, `say`, `say:FILE.wav`
    or `hang-up`.

    Raises ValueError.
    """
    word, _, value = text.partition(":")
    match word:
        case "wait":
            return Wait(seconds=float(value))
        case "hear":
            return Hear(silence_seconds=float(value)) if value else Hear()
        case "meet":
            patience, _, talk = value.partition(":")
            told = {"talk_seconds": float(talk)} if talk else {}
            return Meet(patience_seconds=float(patience), **told)
        case "press":
            return Press(keys=value)
        case "say":
            return Say(path=Path(value).resolve() if value else None)
        case "hang-up" if not value:
            return HangUp()
    raise ValueError(
        f"{text!r} is no step. Steps are wait:SECONDS, hear, hear:SECONDS, meet:SECONDS, "
        "meet:SECONDS:TALK, press:KEYS, say, say:FILE.wav and hang-up."
    )


def heard_path(log: Path, call_id: str) -> Path:
    """Where what a caller heard is kept."""
    return log.parent / f"heard-{call_id}.wav"


def caller_dialplan(log: Path, endpoint: str) -> str:
    """The contexts that play a `CallIn`; `endpoint` is the switch.

    The channel that dials leaves when the call is answered (`G`): the call itself plays the script.
    """
    moment = "${STRFTIME(,UTC,%Y-%m-%dT%H:%M:%S.%3q)}Z"
    shown = "${IF($[${LEN(${LAB_IN_CALLER})} > 0]?${LAB_IN_CALLER}:-)}"
    by = "${IF($[${LEN(${LAB_IN_BY})} > 0]?${LAB_IN_BY}:-)}"
    line = f"{moment} ${{ARG1}} ${{LAB_IN_NUMBER}} {shown} ${{LAB_IN_ID}} {by} 1 ${{ARG2}}"
    heard = "${CHANNEL(rtcp,rxcount,audio)}"
    dial = f"PJSIP/${{LAB_IN_NUMBER}}@{endpoint},${{LAB_IN_RINGS}},G(lab-caller-talks^s^1)"
    return f"""[{DIAL_CONTEXT}]
exten => {EXTENSION},1,Gosub(lab-caller-log,s,1(calls,-))
 same => n,Set(CALLERID(all)="${{LAB_IN_NAME}}" <${{LAB_IN_CALLER}}>)
 same => n,ExecIf($["${{LAB_IN_CALLER}}" = ""]?Set(CALLERID(num)=anonymous))
 same => n,ExecIf($["${{LAB_IN_CALLER}}" = ""]?Set(CALLERID(pres)=prohib))
 same => n,Dial({dial})
 same => n,Set(LAB_IN_BY=${{IF($["${{DIALSTATUS}}" = "NOANSWER"]?{BY_CALLER}:{BY_SWITCH})}})
 same => n,Gosub(lab-caller-log,s,1(left,${{HANGUPCAUSE}}))
 same => n,Hangup()

[{WAIT_CONTEXT}]
exten => {EXTENSION},1,Wait(3600)
 same => n,Hangup()

; Answered: the dialling side goes to 1, the call to 2.
[lab-caller-talks]
exten => s,1,Hangup()
 same => n,Set(LAB_IN_BY={BY_SWITCH})
 same => n,Set(CHANNEL(hangup_handler_push)=lab-caller-left,s,1)
 same => n,Set(TIMEOUT(absolute)=${{LAB_IN_STAYS}})
 same => n,Gosub(lab-caller-log,s,1(taken,-))
 same => n,ExecIf($["${{LAB_IN_RECORDS}}" = "1"]?MixMonitor(,r(${{LAB_IN_HEARD}})S))
 same => n,Set(LAB_IN_NTH=0)
 same => n(next),Set(LAB_IN_NTH=$[${{LAB_IN_NTH}} + 1])
 same => n,Set(LAB_IN_STEP=${{CUT(LAB_IN_STEPS,&,${{LAB_IN_NTH}})}})
 same => n,GotoIf($["${{LAB_IN_STEP}}" = ""]?stays)
 same => n,Gosub(lab-caller-step,${{LAB_IN_STEP:0:1}},1(${{LAB_IN_STEP:1}}))
 same => n,Goto(next)
 same => n(stays),Wait(60)
 same => n,Goto(stays)
exten => T,1,Set(LAB_IN_BY={BY_CALLER})
 same => n,Hangup(16)

[lab-caller-step]
exten => w,1,Wait(${{ARG1}})
 same => n,Return()
exten => h,1,WaitForNoise(60,1,{_LISTENS_AT_MOST})
 same => n(comes),Set(LAB_IN_CAME={heard})
 same => n,Wait(${{ARG1}})
 same => n,GotoIf($["${{LAB_IN_CAME}}" != "{heard}"]?comes)
 same => n,Return()
exten => m,1,WaitForTone({AGENT_HZ},{_TONE_AT_LEAST},${{CUT(ARG1,:,1)}})
 same => n,GotoIf($["${{WAITFORTONESTATUS}}" = "SUCCESS"]?met)
 same => n,Return()
 same => n(met),Gosub(lab-caller-log,s,1(met,-))
 same => n,Wait(${{CUT(ARG1,:,2)}})
 same => n,Goto(x,1)
exten => k,1,Gosub(lab-caller-log,s,1(pressed,${{ARG1}}))
 same => n,SendDTMF(${{ARG1}},200,120)
 same => n,Return()
exten => s,1,Playback(${{ARG1}})
 same => n,Return()
exten => x,1,Set(LAB_IN_BY={BY_CALLER})
 same => n,Hangup(16)
exten => T,1,Goto(x,1)

; Who reads that a call is over finds its recording whole.
[lab-caller-left]
exten => s,1,StopMixMonitor()
 same => n,Gosub(lab-caller-log,s,1(left,${{HANGUPCAUSE}}))
 same => n,Return()

[lab-caller-log]
exten => s,1,Set(FILE({log},,,al,u)={line} ${{LAB_IN_HEARD}})
 same => n,Return()
"""


def _seconds(step: Step) -> tuple[float, ...]:
    match step:
        case Wait():
            return (step.seconds,)
        case Hear():
            return (step.silence_seconds,)
        case Meet():
            return (step.patience_seconds, step.talk_seconds)
    return ()
