"""What an operator sets, by environment variables that begin with KWABO_."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Role = Literal["all", "api", "engine"]
DEMO_PASSWORD: Final = "kwabo-demo"  # noqa: S105 - of an organisation that only `kwabo up` makes


class Settings(BaseSettings):
    """Every setting of `kwabo serve`. `docs/operators/settings.md` has a row for each."""

    model_config = SettingsConfigDict(env_prefix="KWABO_", extra="ignore")

    home: Path = Field(default_factory=lambda: Path(".kwabo").resolve())
    database_url: SecretStr | None = None
    database_owner_url: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    trusted_proxies: str = ""  # addresses whose X-Forwarded-… headers count, comma-separated
    switch: Literal["asterisk", "simulator", "none"] = "asterisk"
    ari_url: str = "http://127.0.0.1:8088/ari"
    ari_user: str = "kwabo"
    ari_password: SecretStr = SecretStr("")
    lease_seconds: float = Field(default=5.0, gt=0.5)
    agent_grace_seconds: float = Field(default=30.0, ge=0)
    early_media_megabytes: int = Field(default=500, ge=0)
    recordings_megabytes: int = Field(default=5000, ge=0)
    apology_media: str = "sound:please-try-call-later"
    private_addresses_allowed: bool = False  # for requests to services that people name
    speech_engines: str = "http,nanotts,espeak"  # text-to-speech, in the order of asking
    speech_url: str = ""  # of a server with OpenAI's /audio/speech
    speech_api_key: SecretStr = SecretStr("")
    speech_model: str = "tts-1"
    speech_voices: str = ""  # of that server: fr=NAME,en=NAME
    speech_megabytes: int = Field(default=200, ge=1)  # of synthesised audio that is kept
    transcription_url: str = ""  # of a server with OpenAI's /audio/transcriptions
    transcription_api_key: SecretStr = SecretStr("")
    transcription_model: str = "whisper-1"
    trunk: str = "trunk-lab"
    demo: bool = False  # make the demonstration organisation at the first start
    demo_contacts: Path | None = None
    demo_agents: int = Field(default=3, ge=1, le=200)
    demo_operator: str = ""  # host:port of the demonstration's operator database; '': none
    demo_inbound_agents: int = Field(default=0, ge=0, le=200)  # of these, who take callers only
    simulator_seed: int = 1
    import_folder: Path | None = None  # scheduled imports read below it
    import_private_addresses: bool = False  # they may use private networks, and plain HTTP
    rate_limit_token: int = Field(default=1_200, ge=0)  # requests a minute, 0: no limit
    rate_limit_session: int = Field(default=1_200, ge=0)
    rate_limit_organisation: int = Field(default=12_000, ge=0)
    rate_limit_address: int = Field(default=1_200, ge=0)  # before anybody is known
    event_log_days: int = Field(default=90, ge=1, le=3_650)
    webhook_days: int = Field(default=14, ge=1, le=365)
    log_level: str = "INFO"
    engine_name: str = Field(default_factory=lambda: f"{os.uname().nodename}-{os.getpid()}")

    @property
    def sip_ws_url(self) -> str:
        """Where the switch speaks SIP over WebSocket, beside ARI on its HTTP server."""
        return self.ari_url.replace("http", "ws", 1).removesuffix("/ari") + "/ws"
