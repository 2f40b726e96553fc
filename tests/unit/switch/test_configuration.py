from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kwabo.adapters.switch.asterisk.configuration import (
    SWITCH_MODULES,
    SwitchSettings,
    Trunk,
    switch_files,
    webrtc_agent,
)
from kwabo.adapters.switch.asterisk.node import BASE_MODULES, NodeSettings

NODE = NodeSettings(
    folder=Path("/k/switch"),
    run_folder=Path("/k/switch/run"),
    modules=Path("/a/modules"),
    data=Path("/a/data"),
    available_modules=frozenset([*BASE_MODULES, *SWITCH_MODULES]) - {"codec_opus"},
    http_port=8088,
    ari_user="kwabo",
    ari_password="secret",
    rtp_first_port=20002,
    rtp_last_port=20799,
)
SETTINGS = SwitchSettings(
    node=NODE, sip_udp_port=5060, trunks=(Trunk(name="trunk-lab", host="127.0.0.2", port=5070),)
)


def sections(text: str) -> dict[str, list[dict[str, str]]]:
    """Asterisk's configuration as sections of settings; names may come more than once."""
    found: dict[str, list[dict[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            found.setdefault(line.strip("[]"), []).append({})
            last = found[line.strip("[]")][-1]
        elif "=" in line:
            name, value = line.split("=", 1)
            last[name.strip()] = value.strip(" >")
    return found


def test_modules_are_named_one_by_one() -> None:
    text = switch_files(SETTINGS)["modules.conf"]
    assert "autoload = no" in text
    assert "load = chan_pjsip.so" in text
    assert "load = codec_opus.so" not in text  # this build has none


def test_the_module_that_deadlocks_ari_is_left_out() -> None:
    everything = replace(
        NODE, available_modules=NODE.available_modules | {"res_stasis_device_state"}
    )
    text = switch_files(replace(SETTINGS, node=everything))["modules.conf"]
    assert "device_state" not in text


def test_registrations_on_loopback_are_not_the_trunks() -> None:
    pjsip = sections(switch_files(SETTINGS)["pjsip.conf"])
    order = pjsip["global"][0]["endpoint_identifier_order"]
    assert order.split(",")[-1] == "ip"


def test_a_trunk_has_its_objects_and_notices_dead_peers() -> None:
    pjsip = sections(switch_files(SETTINGS)["pjsip.conf"])
    by_type = {section["type"]: section for section in pjsip["trunk-lab"]}
    assert by_type["aor"]["contact"] == "sip:127.0.0.2:5070"
    assert int(by_type["endpoint"]["rtp_timeout"]) > 0
    assert by_type["identify"]["match"] == "127.0.0.2"
    assert "auth" not in by_type


def test_a_trunk_with_a_login_gets_an_auth() -> None:
    trunk = Trunk(name="t", host="sip.example", user="u", password="p")
    pjsip = sections(switch_files(replace(SETTINGS, trunks=(trunk,)))["pjsip.conf"])
    by_type = {section["type"]: section for section in pjsip["t"]}
    assert by_type["auth"]["password"] == "p"
    assert by_type["endpoint"]["outbound_auth"] == "t"


def test_a_failed_hand_over_plays_the_message_to_people_and_ends_legs() -> None:
    text = switch_files(replace(SETTINGS, identification_sound="custom/who-we-are"))[
        "extensions.conf"
    ]
    out = text.split("[kwabo-out]")[1].split("[kwabo-leg]")[0]
    leg = text.split("[kwabo-leg]")[1].split("[kwabo-in]")[0]
    assert "STASISSTATUS" in out
    assert "Playback(custom/who-we-are)" in out
    assert "Playback" not in leg


def test_everything_listens_on_loopback_unless_told() -> None:
    files = switch_files(SETTINGS)
    assert "bindaddr = 127.0.0.1" in files["http.conf"]
    assert "bind = 127.0.0.1:5060" in files["pjsip.conf"]


def test_agents_are_written_to_memory_and_files_are_read_first() -> None:
    lines = switch_files(SETTINGS)["sorcery.conf"].splitlines()
    for kind in ("endpoint", "auth", "aor"):
        places = [line.split("=", 1)[1].strip() for line in lines if line.startswith(f"{kind} ")]
        assert places[0].startswith("config,pjsip.conf")
        assert places[-1] == "memory"


def test_a_webrtc_agent_is_auth_then_aor_then_endpoint() -> None:
    objects = webrtc_agent(endpoint="agent-1", password="s3cret")
    assert [kind for kind, _, _ in objects] == ["auth", "aor", "endpoint"]
    fields = objects[2][2]
    assert fields["webrtc"] == "yes"
    assert fields["disallow"] == "all"
    assert list(fields).index("disallow") < list(fields).index("allow")


@pytest.mark.parametrize("name", ["", "a b", "a/b", "é", "a;b"])
def test_names_that_could_change_the_meaning_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="made of letters"):
        webrtc_agent(endpoint=name, password="x")
    with pytest.raises(ValueError, match="made of letters"):
        Trunk(name=name, host="h")
