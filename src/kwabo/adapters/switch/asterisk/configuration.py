"""The switch's own configuration: SIP trunks, WebRTC, and the few lines of dialplan it needs.

Pure: `switch_files` turns a frozen description into file names and texts. Nothing of the business
is in the dialplan: every call goes to the application (`Stasis`), and what happens when no
application is connected is decided here, so that an answered person never hears silence. Agents'
endpoints are not in any file: they are put at run time through ARI (see `webrtc_agent`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kwabo.adapters.switch.asterisk.amd import FAX_TONE_HZ, FAX_TONE_MILLISECONDS
from kwabo.adapters.switch.asterisk.arrivals import INBOUND, ROUTES
from kwabo.adapters.switch.asterisk.node import NodeSettings, base_files

OUTBOUND_CONTEXT = "kwabo-out"
OUTBOUND_EXTENSION = "call"  # a call to a person: falls back to the identification message
LEG_CONTEXT = "kwabo-leg"
LEG_EXTENSION = "leg"  # an agent's leg: falls back to hanging up
INBOUND_CONTEXT = "kwabo-in"
NOBODY_AFTER_SECONDS = 5  # a call that comes in waits for an application for so long
AGENT_CONTEXT = "kwabo-agent"  # what an agent's phone may call by itself: the echo test
ECHO_TEST_EXTENSION = "echo-test"

# Left out on purpose: res_stasis_device_state and res_ari_device_states. With them, closing an
# application's WebSocket while a device's state changes deadlocks the whole of ARI (22.10.1).
SWITCH_MODULES = (
    "res_srtp",
    "res_pjsip_transport_websocket",
    "res_pjsip_registrar",
    "res_pjsip_outbound_registration",
    "res_pjsip_refer",
    "res_pjsip_acl",
    "codec_opus_open_source",
    "codec_opus",
    "res_format_attr_opus",
    "format_ogg_opus_open_source",
    "bridge_simple",
    "bridge_holding",
    "bridge_softmix",
    "bridge_native_rtp",
    "bridge_builtin_features",
    "res_ari_bridges",
    "res_ari_endpoints",
    "res_ari_playbacks",
    "res_ari_recordings",
    "res_ari_sounds",
    "app_stasis",
    "app_dial",
    "app_amd",
    "app_mixmonitor",
    "func_talkdetect",  # the end of a machine's greeting
    "res_tonedetect",  # the tone of a fax
    "app_record",
    "func_pjsip_endpoint",
    "func_pjsip_contact",
    "func_pjsip_aor",
)

_SAFE_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A way to a carrier."""

    name: str  # the endpoint's name, [A-Za-z0-9_-]
    host: str
    port: int = 5060
    codecs: tuple[str, ...] = ("alaw", "ulaw")
    user: str = ""  # for carriers that ask for a login
    password: str = ""
    qualify_seconds: int = 10  # how often to ask whether the carrier is there; 0: never
    rtp_timeout_seconds: int = 30  # without any media for so long, the call is ended
    rtp_timeout_hold_seconds: int = 600

    def __post_init__(self) -> None:
        if not _SAFE_NAME.fullmatch(self.name):
            raise ValueError(f"A trunk's name is made of letters, digits, _ and -: {self.name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchSettings:
    """What a switch node needs to know."""

    node: NodeSettings
    sip_udp_port: int
    sip_udp_host: str = "127.0.0.1"
    trunks: tuple[Trunk, ...] = ()
    identification_sound: str = "sorry&please-try-call-later"  # when no application answers
    inbound_app: str = "kwabo"  # gets the calls of trunks that no application asked for


def switch_files(settings: SwitchSettings) -> dict[str, str]:
    """File name → text of the whole `etc` folder of a switch node."""
    return {
        **base_files(settings.node, SWITCH_MODULES),
        "pjsip.conf": _pjsip(settings),
        "sorcery.conf": _SORCERY,
        "extensions.conf": _dialplan(settings),
        "amd.conf": _AMD,
    }


def webrtc_agent(
    *,
    endpoint: str,
    password: str,
    codecs: tuple[str, ...] = ("opus", "alaw", "ulaw"),
    language: str = "fr",
    rtp_timeout_seconds: int = 10,
    rtp_timeout_hold_seconds: int = 10,
) -> list[tuple[str, str, Mapping[str, str]]]:
    """What to PUT, in this order, so that a browser can register: (object type, id, fields).

    Each goes to `/ari/asterisk/config/dynamic/res_pjsip/{type}/{id}`. A browser sends media all the
    time, also when muted or on hold: silence of ten seconds means it is gone.
    """
    if not _SAFE_NAME.fullmatch(endpoint):
        raise ValueError(f"An endpoint's name is made of letters, digits, _ and -: {endpoint!r}")
    return [
        (
            "auth",
            endpoint,
            {"auth_type": "userpass", "username": endpoint, "password": password},
        ),
        (
            "aor",
            endpoint,
            {
                "max_contacts": "1",
                "remove_existing": "yes",
                "default_expiration": "120",
                "minimum_expiration": "30",
                "maximum_expiration": "600",
                "qualify_frequency": "0",
            },
        ),
        (
            "endpoint",
            endpoint,
            {
                "aors": endpoint,
                "auth": endpoint,
                "webrtc": "yes",
                "context": AGENT_CONTEXT,
                "disallow": "all",
                "allow": ",".join(codecs),
                "language": language,
                "direct_media": "no",
                "rewrite_contact": "yes",
                "force_rport": "yes",
                "rtp_timeout": str(rtp_timeout_seconds),
                "rtp_timeout_hold": str(rtp_timeout_hold_seconds),
                "allow_transfer": "no",
                "device_state_busy_at": "0",
            },
        ),
    ]


# The same objects may come from the file (trunks) and from ARI (agents); the second wizard of a
# type is where ARI writes. Contacts are forgotten with the node, as their WebSockets are.
_SORCERY = """[res_pjsip]
endpoint = config,pjsip.conf,criteria=type=endpoint
endpoint = memory
auth = config,pjsip.conf,criteria=type=auth
auth = memory
aor = config,pjsip.conf,criteria=type=aor
aor = memory
contact = memory
"""

# Times in milliseconds. Machines talk long after the beep, people say a word and listen.
_AMD = """[general]
total_analysis_time = 4500
silence_threshold = 256
initial_silence = 2500
after_greeting_silence = 800
greeting = 1500
min_word_length = 100
maximum_word_length = 5000
between_words_silence = 50
maximum_number_of_words = 4
"""


def _pjsip(settings: SwitchSettings) -> str:
    parts = [
        f"""[global]
type = global
user_agent = Kwabo
endpoint_identifier_order = auth_username,username,ip
ignore_uri_user_options = yes

[system]
type = system
disable_tcp_switch = yes

[transport-udp]
type = transport
protocol = udp
bind = {settings.sip_udp_host}:{settings.sip_udp_port}

[transport-ws]
type = transport
protocol = ws
bind = {settings.sip_udp_host}
"""
    ]
    parts += [_trunk(trunk, settings.node.language) for trunk in settings.trunks]
    return "\n".join(parts)


def _trunk(trunk: Trunk, language: str) -> str:
    login = f"outbound_auth = {trunk.name}\n" if trunk.user else ""
    text = f"""[{trunk.name}]
type = aor
contact = sip:{trunk.host}:{trunk.port}
qualify_frequency = {trunk.qualify_seconds}
qualify_timeout = 4.0

[{trunk.name}]
type = endpoint
transport = transport-udp
context = {INBOUND_CONTEXT}
aors = {trunk.name}
{login}disallow = all
allow = {",".join(trunk.codecs)}
language = {language}
direct_media = no
trust_id_outbound = yes
send_rpid = no
rtp_timeout = {trunk.rtp_timeout_seconds}
rtp_timeout_hold = {trunk.rtp_timeout_hold_seconds}

[{trunk.name}]
type = identify
endpoint = {trunk.name}
match = {trunk.host}
"""
    if trunk.user:
        text += f"""
[{trunk.name}]
type = auth
auth_type = userpass
username = {trunk.user}
password = {trunk.password}
"""
    return text


_AMD_ARGUMENTS = ",".join(f"${{KWABO_AMD_{place}}}" for place in range(1, 10))
_FAX = f"TONE_DETECT({FAX_TONE_HZ},{FAX_TONE_MILLISECONDS},r)"
_NO_FAX = f"TONE_DETECT({FAX_TONE_HZ},{FAX_TONE_MILLISECONDS},x)"


def _dialplan(settings: SwitchSettings) -> str:
    message = settings.identification_sound
    return f"""[general]
static = yes
writeprotect = yes
clearglobalvars = no

; An answered call to a person. The originate sets KWABO_APP, KWABO_ARGS and, for call analysis,
; KWABO_ANALYSE=yes with AMD()'s arguments; the analysis arrives as one more argument,
; amd=<status>/<cause>/<times that a fax's tone was heard>.
[{OUTBOUND_CONTEXT}]
exten => {OUTBOUND_EXTENSION},1,GotoIf($["${{KWABO_ANALYSE}}" != "yes"]?enter)
 same => n,ExecIf($["${{KWABO_FAX}}" = "yes"]?Set({_FAX}=))
 same => n,AMD({_AMD_ARGUMENTS})
 same => n,ExecIf($["${{KWABO_FAX}}" = "yes"]?Set(KWABO_FAX=${{TONE_DETECT(rx)}}):Set(KWABO_FAX=))
 same => n,ExecIf($["${{KWABO_FAX}}" != ""]?Set({_NO_FAX}=))
 same => n,Set(KWABO_ARGS=${{KWABO_ARGS}},amd=${{AMDSTATUS}}/${{AMDCAUSE}}/${{KWABO_FAX}})
 same => n(enter),Stasis(${{KWABO_APP}},${{KWABO_ARGS}})
 same => n,GotoIf($["${{STASISSTATUS}}" != "FAILED"]?end)
 same => n,Playback({message})
 same => n(end),Hangup()

; An answered agent's leg. There is nobody to explain anything to.
[{LEG_CONTEXT}]
exten => {LEG_EXTENSION},1,Stasis(${{KWABO_APP}},${{KWABO_ARGS}})
 same => n,Hangup()

; A call from a trunk: to the application that asked for the trunk's calls. While none is there, the
; caller hears it ring, {NOBODY_AFTER_SECONDS} s at most, and then the message.
[{INBOUND_CONTEXT}]
exten => _[+0-9].,1,Set(KWABO_SENT=${{FILTER(+0-9,${{EXTEN}})}})
 same => n,Set(KWABO_TRUNK=${{CHANNEL(endpoint)}})
 same => n,Set(KWABO_WAITED=0)
 same => n(find),Set(KWABO_ROUTE=${{{ROUTES}${{KWABO_TRUNK}}}})
 same => n,ExecIf($["${{KWABO_ROUTE}}" = ""]?Set(KWABO_ROUTE={settings.inbound_app}:))
 same => n,Set(KWABO_TO=${{CUT(KWABO_ROUTE,:,1)}})
 same => n,Set(KWABO_COUNTRY=${{CUT(KWABO_ROUTE,:,2)}})
 same => n,Stasis(${{KWABO_TO}},{INBOUND},${{KWABO_SENT}},${{KWABO_TRUNK}},${{CALLERID(num-pres)}},${{KWABO_COUNTRY}})
 same => n,GotoIf($["${{STASISSTATUS}}" != "FAILED"]?end)
 same => n,Set(KWABO_WAITED=$[${{KWABO_WAITED}} + 1])
 same => n,GotoIf($[${{KWABO_WAITED}} > {NOBODY_AFTER_SECONDS}]?nobody)
 same => n,Ringing()
 same => n,Wait(1)
 same => n,Goto(find)
 same => n(nobody),Answer()
 same => n,Wait(0.5)
 same => n,Playback({message})
 same => n(end),Hangup()

; What an agent's phone may call by itself: to hear its own microphone.
[{AGENT_CONTEXT}]
exten => {ECHO_TEST_EXTENSION},1,Answer()
 same => n,Set(TIMEOUT(absolute)=30)
 same => n,Echo()
 same => n,Hangup()
"""  # noqa: E501  (dialplan lines)
