"""The carrier lab's own configuration files, to be put beside those every node has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable
from kwabo.adapters.carrier_lab.dialplan import INCOMING_CONTEXT, SWITCH_ENDPOINT, lab_dialplan

# Not 127.0.0.1, from where browsers' registrations reach the switch: a trunk is known by its
# address, and what an unknown browser sends must not pass for the carrier's.
LAB_HOST = "127.0.0.2"
LAB_CODECS = ("alaw", "ulaw")
LAB_MODULES = (
    "bridge_simple",
    "bridge_builtin_features",
    "app_waitforsilence",  # a listening person
    "res_tonedetect",  # a caller who waits for an agent
    "app_record",  # a voicemail that keeps what it hears
    "app_dial",  # calls to the switch
    "app_mixmonitor",  # what a caller hears is kept
    "app_stasis",  # listening to what reaches a called person (ARI's snoop) needs it
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabSettings:
    """Where the lab listens, where the switch is, and what numbers do."""

    table: BehaviourTable
    log: Path  # gets a line per INVITE, answer and end
    sip_port: int
    switch_sip_port: int
    host: str = LAB_HOST
    switch_host: str = "127.0.0.1"
    language: str = "fr"


def lab_files(settings: LabSettings) -> dict[str, str]:
    """File name → text: what the lab adds to a node's files."""
    return {
        "pjsip.conf": _pjsip(settings),
        "extensions.conf": lab_dialplan(settings.table, settings.log),
    }


def _pjsip(settings: LabSettings) -> str:
    return f"""[global]
type = global
user_agent = Kwabo carrier lab

[system]
type = system
disable_tcp_switch = yes

[transport-udp]
type = transport
protocol = udp
bind = {settings.host}:{settings.sip_port}

[{SWITCH_ENDPOINT}]
type = aor
contact = sip:{settings.switch_host}:{settings.switch_sip_port}

[{SWITCH_ENDPOINT}]
type = endpoint
transport = transport-udp
context = {INCOMING_CONTEXT}
aors = {SWITCH_ENDPOINT}
disallow = all
allow = {",".join(LAB_CODECS)}
language = {settings.language}
direct_media = no
media_address = {settings.host}
bind_rtp_to_media_address = yes
rtp_timeout = 60
rtp_timeout_hold = 600

[{SWITCH_ENDPOINT}]
type = identify
endpoint = {SWITCH_ENDPOINT}
match = 127.0.0.0/8
"""
