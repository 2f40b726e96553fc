"""The behaviour table as Asterisk dialplan: no other process takes part in a call.

For each INVITE the lab counts the try, chooses the behaviour, writes one line to its log, and then
rings, answers, talks or refuses. The order and the hash are those of `BehaviourTable.decide`.
"""

from __future__ import annotations

from pathlib import Path

from kwabo.adapters.carrier_lab.behaviours import (
    AGENT_TONE_SECONDS,
    CAUSES,
    LASTING,
    Behaviour,
    BehaviourTable,
    Kind,
)
from kwabo.adapters.carrier_lab.callers import AGENT_HZ, caller_dialplan

INCOMING_CONTEXT = "lab-in"
SWITCH_ENDPOINT = "kwabo"  # the switch, as the lab calls it

# Loops of speech: one short word and a silence first, as people answer; then sentences.
_GREETING = "hello"
_SPEECH = "demo-moreinfo&demo-echotest&demo-instruct"
_MACHINE = "vm-theperson&vm-isunavail&vm-intro"


def lab_dialplan(table: BehaviourTable, log: Path) -> str:
    """The text of extensions.conf; `log` is the file that gets one line per event."""
    parts = [
        "[general]\nstatic = yes\nwriteprotect = yes\nclearglobalvars = yes\n",
        _globals(table),
        _incoming(table),
        _log_lines(log),
        *(_behaviour(name, behaviour, table, log) for name, behaviour in table.behaviours.items()),
        caller_dialplan(log, SWITCH_ENDPOINT),
    ]
    return "\n".join(parts)


def _globals(table: BehaviourTable) -> str:
    """Tables that the dialplan looks things up in: draws, factors, numbers, suffixes."""
    lines = ["[globals]"]
    lines += [f"DRAW_{value:02x}={name}" for value, name in enumerate(table.buckets())]
    for spread in _spreads(table):
        lines += [
            f"{_factor(spread, table)}_{value:02x}={factor:.3f}"
            for value, factor in enumerate(table.factors(spread))
        ]
    lines += [
        f"LASTING_{name}=1" for name, item in table.behaviours.items() if item.kind in LASTING
    ]
    lines += [
        f"NUMBER_{number.removeprefix('+')}={'&'.join(names)}"
        for number, names in table.numbers.items()
    ]
    lines += [f"SUFFIX_{suffix}={'&'.join(names)}" for suffix, names in table.suffixes.items()]
    return "\n".join(lines) + "\n"


def _spreads(table: BehaviourTable) -> list[float]:
    """Each sigma that is used, the table's first."""
    own = [s for b in table.behaviours.values() for s in (b.ring_spread, b.talk_spread)]
    return list(dict.fromkeys([table.spread, *(s for s in own if s is not None)]))


def _factor(spread: float | None, table: BehaviourTable) -> str:
    """The name that the factors of a sigma begin with."""
    index = 0 if spread is None else _spreads(table).index(spread)
    return f"FACTOR{index or ''}"


def _incoming(table: BehaviourTable) -> str:
    lengths = sorted({len(suffix) for suffix in table.suffixes})
    suffixes = "\n".join(
        f' same => n,ExecIf($["${{SUFFIX_${{LAB_DIGITS:-{length}}}}}" != ""]?'
        f"Set(LAB_LIST=${{SUFFIX_${{LAB_DIGITS:-{length}}}}}))"
        for length in lengths
    )
    prefix = table.agent_prefix.removeprefix("+")
    return f"""[{INCOMING_CONTEXT}]
exten => _[+0-9].,1,Set(LAB_DIGITS=${{FILTER(0-9,${{EXTEN}})}})
 same => n,Set(LAB_NUMBER=+${{LAB_DIGITS}})
 same => n,Set(LAB_TRY=$[0${{DB(tries/${{LAB_DIGITS}})}} + 1])
 same => n,Set(DB(tries/${{LAB_DIGITS}})=${{LAB_TRY}})
 same => n,Set(LAB_FIRST=${{MD5({table.seed}:${{LAB_NUMBER}}:1)}})
 same => n,Set(LAB_HASH=${{MD5({table.seed}:${{LAB_NUMBER}}:${{LAB_TRY}})}})
 same => n,Set(LAB_CALLER=${{FILTER(+0-9,${{CALLERID(num)}})}})
 same => n,Set(LAB_ATTEMPT=${{FILTER(0-9A-Za-z\\x2D_.,${{PJSIP_HEADER(read,X-Kwabo-Attempt-Id)}})}})
 same => n,Set(LAB_CALL=${{CHANNEL(pjsip,call-id)}})
 same => n,Set(LAB_LIST=)
{suffixes or " same => n,NoOp()"}
 same => n,ExecIf($["${{NUMBER_${{LAB_DIGITS}}}}" != ""]?Set(LAB_LIST=${{NUMBER_${{LAB_DIGITS}}}}))
 same => n,ExecIf($["${{LAB_DIGITS:0:{len(prefix)}}}" = "{prefix}"]?Set(LAB_LIST={table.agents}))
 same => n,GotoIf($["${{LAB_LIST}}" = ""]?draw)
 same => n,Set(LAB_COUNT=${{FIELDQTY(LAB_LIST,&)}})
 same => n,Set(LAB_NTH=${{IF($[${{LAB_TRY}} < ${{LAB_COUNT}}]?${{LAB_TRY}}:${{LAB_COUNT}})}})
 same => n,Set(LAB_BEHAVIOUR=${{CUT(LAB_LIST,&,${{LAB_NTH}})}})
 same => n,Goto(chosen)
 same => n(draw),Set(LAB_BEHAVIOUR=${{DRAW_${{LAB_HASH:0:2}}}})
 same => n,Set(LAB_OLD=${{DRAW_${{LAB_FIRST:0:2}}}})
 same => n,Set(LAB_LASTING=${{LASTING_${{LAB_OLD}}}}${{LASTING_${{LAB_BEHAVIOUR}}}})
 same => n,ExecIf($["${{LAB_LASTING}}" != ""]?Set(LAB_BEHAVIOUR=${{LAB_OLD}}))
 same => n(chosen),Gosub(lab-log,s,1(invite,-))
 same => n,Set(CHANNEL(hangup_handler_push)=lab-ended,s,1)
 same => n,Goto(lab-behaviour-${{LAB_BEHAVIOUR}},s,1)
"""


def _log_lines(log: Path) -> str:
    """One `write` per line: the file is opened to append and closed with the line in the buffer."""
    moment = "${STRFTIME(,UTC,%Y-%m-%dT%H:%M:%S.%3q)}Z"
    fields = (
        "${ARG1}",
        "${LAB_NUMBER}",
        "${IF($[${LEN(${LAB_CALLER})} > 0]?${LAB_CALLER}:-)}",
        "${IF($[${LEN(${LAB_ATTEMPT})} > 0]?${LAB_ATTEMPT}:-)}",
        "${LAB_BEHAVIOUR}",
        "${LAB_TRY}",
        "${ARG2}",
        "${LAB_CALL}",
    )
    return f"""[lab-log]
exten => s,1,Set(FILE({log},,,al,u)={moment} {" ".join(fields)})
 same => n,Return()

[lab-ended]
exten => s,1,Gosub(lab-log,s,1(ended,${{HANGUPCAUSE}}))
 same => n,Return()
"""


def _behaviour(name: str, behaviour: Behaviour, table: BehaviourTable, log: Path) -> str:
    scale = 1.0 if behaviour.kind is Kind.AGENT else table.time_scale
    steps = _steps(
        behaviour,
        set_up=_seconds(behaviour.set_up_seconds * table.time_scale, None, 6, table),
        ring=_seconds(behaviour.ring_median * table.time_scale, behaviour.ring_spread, 2, table),
        talk=_seconds(behaviour.talk_median * scale, behaviour.talk_spread, 4, table),
        recorded=recorded_path(log, "${LAB_CALL}"),
    )
    lines = [f"[lab-behaviour-{name}]", f"exten => s,1,NoOp({name})"]
    lines += [f" same => {step}" for step in steps]
    lines.append("exten => T,1,Hangup(16)")  # the talk is over
    return "\n".join(lines) + "\n"


def _seconds(median: float, spread: float | None, digits: int, table: BehaviourTable) -> str:
    """A dialplan expression: the median times the factor that these digits of the hash choose.

    Empty when there is nothing to wait for.
    """
    if not median:
        return ""
    return f"${{MATH({median:.3f}*${{{_factor(spread, table)}_${{LAB_HASH:{digits}:2}}}},f)}}"


def recorded_path(log: Path, call_id: str) -> Path:
    """Where a recording voicemail keeps what it hears in a call."""
    return log.parent / f"recorded-{call_id}.wav"


def _steps(behaviour: Behaviour, *, set_up: str, ring: str, talk: str, recorded: Path) -> list[str]:
    kind = behaviour.kind
    cause = behaviour.cause or CAUSES.get(kind)
    waiting = [f"n,Wait({seconds})" for seconds in (set_up, ring) if seconds]
    alerting = [*waiting[:-1], "n,Ringing()", waiting[-1]] if ring else waiting
    answer = ["n,Gosub(lab-log,s,1(answered,-))", "n,Answer()"]  # Answer() waits for media
    limit = [f"n,Set(TIMEOUT(absolute)={talk})"]
    speaking = [f"n,Playback({_GREETING})", "n,Wait(1.5)"]
    if kind is Kind.PERSON and behaviour.listen_seconds:
        speaking[1:] = _heard(behaviour.listen_seconds)
    speech = [f"n(speech),Playback({_SPEECH})", "n,Goto(speech)"]
    # Nothing but the caller's hanging up ends it: keys and silence do not, and no second beep.
    listen = [f"n,Record({recorded},0,0,qkx)"] if behaviour.records else _LISTEN
    after_answer = {
        Kind.PERSON: [*limit, *speaking, *speech],
        Kind.KEYS: [*limit, *speaking, f"n,SendDTMF({behaviour.keys},250,120)", *speech],
        Kind.VOICEMAIL: [*limit, f"n,Playback({_MACHINE})", "n,Playback(beep)", *listen],
        Kind.FAX: [*limit, "n,Playtones(!2100/3000,!0/1000,!2100/3000,!0/1000)", *_LISTEN],
        Kind.HANG_UP: [f"n,Wait({talk})", "n,Hangup(16)"],
        Kind.AGENT: [*limit, f"n,Playtones({_tones(behaviour)})", *_LISTEN],
    }
    if kind in after_answer:
        return [*alerting, *answer, *after_answer[kind]]
    if kind is Kind.SIT:
        # Twice: whoever begins to listen late hears them the second time.
        tones = ",".join([_THREE_TONES] * 2)
        return ["n,Progress()", f"n,Playtones({tones})", "n,Wait(4)", f"n,Hangup({cause})"]
    if kind in (Kind.NO_ANSWER, Kind.REJECTED):
        return [*alerting, f"n,Hangup({cause})"]
    return [*waiting, f"n,Hangup({cause})"]  # a network's refusal: no ringing before it


def _tones(agent: Behaviour) -> str:
    """One at once, the next after half the pause, then regularly."""
    tone, pause = AGENT_TONE_SECONDS, agent.sounds_seconds - AGENT_TONE_SECONDS
    return f"!{AGENT_HZ}/{tone * 1000:.0f},!0/{pause * 500:.0f}," + (
        f"{AGENT_HZ}/{tone * 1000:.0f},0/{pause * 1000:.0f}"
    )


def _heard(seconds: float) -> list[str]:
    """Silent until 60 ms of sound in a row; that moment goes to the log."""
    return [
        f"n,WaitForNoise(60,1,{seconds:.0f})",
        'n,GosubIf($["${WAITSTATUS}" = "NOISE"]?lab-log,s,1(heard,-))',
    ]


_THREE_TONES = "!950/330,!1400/330,!1800/330,!0/1000"
_LISTEN = ["n(listen),Wait(60)", "n,Goto(listen)"]
