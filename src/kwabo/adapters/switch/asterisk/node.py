"""The configuration that every Asterisk of Kwabo shares, whatever it is there for.

Pure: a frozen description in, file names and texts out. What an Asterisk is there for (the switch,
the carrier lab) adds its own SIP and dialplan files to these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# Loaded by every node where the build has them, in this order.
BASE_MODULES = (
    "res_timing_timerfd",
    "res_crypto",
    "res_http_websocket",
    "res_websocket_client",
    "res_sorcery_config",
    "res_sorcery_memory",
    "res_sorcery_astdb",
    "pbx_config",
    "res_pjproject",
    "res_pjsip",
    "res_pjsip_session",
    "res_pjsip_pubsub",
    "res_pjsip_sdp_rtp",
    "res_pjsip_authenticator_digest",
    "res_pjsip_outbound_authenticator_digest",
    "res_pjsip_caller_id",
    "res_pjsip_dlg_options",
    "res_pjsip_dtmf_info",
    "res_pjsip_empty_info",
    "res_pjsip_endpoint_identifier_user",
    "res_pjsip_endpoint_identifier_ip",
    "res_pjsip_header_funcs",
    "res_pjsip_logger",
    "res_pjsip_nat",
    "res_pjsip_path",
    "res_pjsip_rfc3326",
    "res_pjsip_diversion",
    "res_rtp_asterisk",
    "chan_pjsip",
    "codec_alaw",
    "codec_ulaw",
    "codec_a_mu",
    "codec_g722",
    "codec_gsm",
    "codec_resample",
    "format_pcm",
    "format_wav",
    "format_wav_gsm",
    "format_sln",
    "format_gsm",
    "res_musiconhold",
    "res_ari",
    "res_ari_model",
    "res_stasis",
    "res_stasis_answer",
    "res_stasis_playback",
    "res_stasis_recording",
    "res_stasis_snoop",
    "res_ari_applications",
    "res_ari_asterisk",
    "res_ari_channels",
    "res_ari_events",
    "app_playback",
    "app_playtones",
    "app_echo",
    "app_exec",
    "app_stack",
    "app_senddtmf",
    "app_verbose",
    "app_while",
    "func_callerid",
    "func_channel",
    "func_cut",
    "func_db",
    "func_env",
    "func_global",
    "func_hangupcause",
    "func_logic",
    "func_math",
    "func_md5",
    "func_rand",
    "func_sprintf",
    "func_strings",
    "func_timeout",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSettings:
    """Where one Asterisk keeps its things and where it listens."""

    folder: Path  # everything of this node: etc/, var/, log/, spool/
    run_folder: Path  # the control socket's folder; its path must be short (see `run_folder`)
    modules: Path  # folder of *.so
    data: Path  # folder with sounds/ and moh/
    available_modules: frozenset[str]  # names in `modules`, without .so
    http_port: int  # ARI and SIP over WebSocket
    ari_user: str
    ari_password: str
    rtp_first_port: int
    rtp_last_port: int
    http_host: str = "127.0.0.1"
    language: str = "fr"  # of sounds
    tone_country: str = "fr"  # of ring and busy tones
    ice_host_candidates: Mapping[str, str] | None = None  # local address → what others must use
    stun_server: str = ""  # host:port, where the node sits behind NAT
    turn_server: str = ""  # host:port
    turn_user: str = ""
    turn_password: str = ""


def base_files(node: NodeSettings, modules: Iterable[str]) -> dict[str, str]:
    """File name → text, for the node's `etc` folder. `modules` come after the base modules."""
    return {
        "asterisk.conf": _asterisk(node),
        "modules.conf": modules_conf(node.available_modules, [*BASE_MODULES, *modules]),
        "logger.conf": _LOGGER,
        "http.conf": _http(node),
        "ari.conf": _ari(node),
        "rtp.conf": _rtp(node),
        "musiconhold.conf": f"[default]\nmode = files\ndirectory = {node.data}/moh\n",
        "indications.conf": indications_conf(node.tone_country),
        "cdr.conf": "[general]\nenable = no\n",
        "cel.conf": "[general]\nenable = no\n",
        "stasis.conf": _STASIS,
        "pjproject.conf": "[startup]\nlog_level = 1\n",
        "features.conf": "[general]\n",
        "ccss.conf": "[general]\n",
        "udptl.conf": "[general]\n",
        "acl.conf": "",
        "websocket_client.conf": "",
        "manager.conf": "[general]\nenabled = no\n",
    }


def modules_conf(available: frozenset[str], wanted: Iterable[str]) -> str:
    """Only what is named is loaded; what this build lacks is left out."""
    lines = ["[modules]", "autoload = no"]
    lines += [f"load = {name}.so" for name in dict.fromkeys(wanted) if name in available]
    return "\n".join(lines) + "\n"


def indications_conf(country: str) -> str:
    """Tones of two countries: France's, used in most of French-speaking Africa, and the USA's."""
    return f"""[general]
country = {country if country in ("fr", "us") else "fr"}

[fr]
description = France
ringcadence = 1500,3500
dial = 440
busy = 440/500,0/500
ring = 440/1500,0/3500
congestion = 440/250,0/250
callwaiting = 440/300,0/10000
dialrecall = !350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440
record = 1400/500,0/15000
info = !950/330,!1400/330,!1800/330
stutter = !440/100,!0/100,!440/100,!0/100,!440/100,!0/100,440

[us]
description = United States
ringcadence = 2000,4000
dial = 350+440
busy = 480+620/500,0/500
ring = 440+480/2000,0/4000
congestion = 480+620/250,0/250
callwaiting = 440/300,0/10000
dialrecall = !350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440
record = 1400/500,0/15000
info = !950/330,!1400/330,!1800/330,0
stutter = !350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440
"""


def _asterisk(node: NodeSettings) -> str:
    folder = node.folder
    return f"""[directories]
astetcdir => {folder}/etc
astmoddir => {node.modules}
astvarlibdir => {folder}/var
astdbdir => {folder}/var
astkeydir => {folder}/var
astdatadir => {node.data}
astagidir => {folder}/var
astspooldir => {folder}/spool
astrundir => {node.run_folder}
astlogdir => {folder}/log

[options]
defaultlanguage = {node.language}
languageprefix = yes
transmit_silence = yes
live_dangerously = no
hideconnect = yes
maxfiles = 65536
"""


_LOGGER = """[general]
dateformat = %FT%T.%3q
appendhostname = no

[logfiles]
messages.log => notice,warning,error
"""

_STASIS = """[threadpool]
initial_size = 5
idle_timeout_sec = 20
max_size = 50
"""


def _http(node: NodeSettings) -> str:
    return f"""[general]
enabled = yes
bindaddr = {node.http_host}
bindport = {node.http_port}
sessionlimit = 2000
session_inactivity = 30000
session_keep_alive = 60000
enable_static = no
"""


def _ari(node: NodeSettings) -> str:
    return f"""[general]
enabled = yes
pretty = no
websocket_write_timeout = 1000
channelvars = KWABO_APP

[{node.ari_user}]
type = user
read_only = no
password_format = plain
password = {node.ari_password}
"""


def _rtp(node: NodeSettings) -> str:
    lines = [
        "[general]",
        f"rtpstart = {node.rtp_first_port}",
        f"rtpend = {node.rtp_last_port}",
        "icesupport = yes",
        "strictrtp = yes",
    ]
    if node.stun_server:
        lines.append(f"stunaddr = {node.stun_server}")
    if node.turn_server:
        lines += [
            f"turnaddr = {node.turn_server}",
            f"turnusername = {node.turn_user}",
            f"turnpassword = {node.turn_password}",
        ]
    if node.ice_host_candidates:
        lines += ["", "[ice_host_candidates]"]
        lines += [f"{local} => {told}" for local, told in node.ice_host_candidates.items()]
    return "\n".join(lines) + "\n"
