"""The agent's desk in a browser, as an agent sees and uses it: in French, the first language, or in
English. Callers name what they want in French.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page, expect

WAIT = 60_000  # milliseconds; for machines under load, not a promise of speed

# Keeps the page's WebRTC connections where the test can ask them for their counters.
KEEP_CONNECTIONS = """
window.kwaboConnections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...values) { super(...values); window.kwaboConnections.push(this); }
};
"""
_COUNTERS = """async () => {
  const found = [];
  for (const connection of window.kwaboConnections) {
    if (connection.connectionState !== 'connected') continue;
    const sum = { packetsReceived: 0, bytesReceived: 0, energy: 0, seconds: 0, packetsSent: 0,
                  codec: '' };
    const report = await connection.getStats();
    for (const entry of report.values()) {
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
        sum.packetsReceived += entry.packetsReceived;
        sum.energy += entry.totalAudioEnergy;
        sum.seconds += entry.totalSamplesDuration;
        sum.codec = report.get(entry.codecId)?.mimeType ?? '';
      }
      if (entry.type === 'outbound-rtp' && entry.kind === 'audio') {
        sum.packetsSent += entry.packetsSent;
      }
    }
    found.push(sum);
  }
  return found;
}"""


_ENGLISH = {
    "Appel entrant": "Incoming call",
    "Après appel": "After call",
    "Bonne qualité": "Good quality",
    "Clavier": "Keypad",
    "Commandes de l’appel": "Call controls",
    "Demain 9 h": "Tomorrow 9:00",
    "Disponible": "Ready",
    "En ligne": "On the line",
    "Enregistrer et pause": "Save and pause",
    "Enregistrer et suivant": "Save and next",
    "Enregistré": "Saved",
    "Ligne ouverte": "Line open",
    "Mauvaise qualité": "Poor quality",
    "Mon poste": "My desk",
    "Notes": "Notes",
    "On vous entend bien.": "You can be heard well.",
    "Prendre mon poste": "Start my shift",
    "Qualification": "Wrap-up",
    "Qualité moyenne": "Fair quality",
    "Quitter le poste": "End shift",
    "Raccrocher": "Hang up",
    "Rappel": "Call back",
    "Reprendre ici": "Take up here",
    "Traité": "Handled",
    "Transférer": "Transfer",
}


@dataclass(frozen=True, kw_only=True)
class Flow:
    """What passed through the leg between two moments."""

    level: float  # root mean square of what the agent hears, 0 to 1
    packets_received: int
    packets_sent: int
    codec: str


class Desk:
    """One agent's page; `language`: the agent's, `fr` or `en`."""

    def __init__(self, page: Page, url: str, *, language: str = "fr") -> None:
        self.page = page
        self.language = language
        self._url = url

    def word(self, french: str) -> str:
        """What stands there in the agent's language."""
        return french if self.language == "fr" else _ENGLISH.get(french, french)

    async def log_in(self, login: str, password: str) -> None:
        """From the login page to the first page."""
        await log_in(self.page, self._url, login, password)

    async def begin(self) -> None:
        """The microphone is checked, the day begins, the leg comes up."""
        heard = self.page.get_by_text(self.word("On vous entend bien."))
        await expect(heard).to_be_visible(timeout=WAIT)
        await self.page.get_by_role("button", name=self.word("Prendre mon poste")).click()
        await self.line_is_open()

    async def line_is_open(self) -> None:
        """The persistent leg is up and sound passes."""
        words = ("Ligne ouverte", "Bonne qualité", "Qualité moyenne", "Mauvaise qualité")
        word = re.compile(f"^({'|'.join(map(self.word, words))})$")
        await expect(self.page.get_by_text(word)).to_be_visible(timeout=WAIT)

    async def go_ready(self) -> None:
        await self.page.get_by_role("button", name=self.word("Disponible"), exact=True).click()

    def status(self) -> Locator:
        """The word for the agent's own status."""
        return (
            self.page.get_by_role("region", name=self.word("Mon poste")).get_by_role("status").first
        )

    async def has_status(self, word: str) -> None:
        await expect(self.status()).to_contain_text(self.word(word), timeout=WAIT)

    def controls(self) -> Locator:
        """The call's header."""
        return self.page.get_by_role("region", name=self.word("Commandes de l’appel"))

    async def control(self, name: str) -> None:
        """Click one of the call's buttons."""
        await self.controls().get_by_role("button", name=self.word(name), exact=True).click()

    async def is_talking(self) -> None:
        await expect(self.controls().get_by_text(self.word("En ligne"), exact=True)).to_be_visible(
            timeout=WAIT
        )

    async def number(self) -> str:
        """The number of the call, in E.164."""
        shown = self.controls().get_by_text(re.compile(r"^\+[0-9 ]+$"))
        # A contact without a name is called by the number, which then stands there twice.
        return (await shown.last.inner_text()).replace(" ", "")

    async def send_keys(self, keys: str) -> None:
        """With the keypad on screen."""
        await self.control(self.word("Clavier"))
        for key in keys:
            await self.page.get_by_role("button", name=f"Touche {key}").click()
        await self.page.keyboard.press("Escape")

    async def wrap_up(
        self,
        code: str,
        *,
        notes: str = "",
        callback: str = "",
        then: str = "Enregistrer et suivant",
    ) -> None:
        """Give the call its outcome; `callback` is one of the usual times."""
        form = self.page.get_by_role("form", name=self.word("Qualification"))
        if notes:
            await form.get_by_label(self.word("Notes")).fill(notes)
        await form.get_by_role("radio", name=re.compile(f"{self.word(code)}( |$)")).check()
        if callback:
            await form.get_by_role("button", name=self.word(callback)).click()
        await form.get_by_role("button", name=self.word(then)).click()
        await expect(
            self.page.get_by_text(self.word("Enregistré"), exact=True).first
        ).to_be_visible(timeout=WAIT)

    async def take_up(self) -> None:
        """Open the desk again after its page was closed."""
        await self.page.goto(f"{self._url}/desk")
        await expect(self.page.get_by_text(self.word("On vous entend bien."))).to_be_visible(
            timeout=WAIT
        )
        await self.page.get_by_role("button", name=self.word("Reprendre ici")).click()
        await self.line_is_open()

    async def end_day(self) -> None:
        """Sign out of the floor."""
        await self.page.get_by_role("button", name=self.word("Quitter le poste")).click()
        await (
            self.page.get_by_role("dialog")
            .get_by_role("button", name=self.word("Quitter le poste"))
            .click()
        )
        await expect(
            self.page.get_by_role("button", name=self.word("Prendre mon poste"))
        ).to_be_visible(timeout=WAIT)

    async def flow(self, *, seconds: float = 2.0) -> Flow:
        """What passes through the leg in the next seconds."""
        before = await self._counters()
        await self.page.wait_for_timeout(seconds * 1000)
        after = await self._counters()
        energy = after["energy"] - before["energy"]
        duration = after["seconds"] - before["seconds"]
        return Flow(
            level=(energy / duration) ** 0.5 if duration > 0 else 0.0,
            packets_received=after["packetsReceived"] - before["packetsReceived"],
            packets_sent=after["packetsSent"] - before["packetsSent"],
            codec=after["codec"],
        )

    async def _counters(self) -> dict[str, Any]:
        found = await self.page.evaluate(_COUNTERS)
        assert len(found) == 1, f"one leg is connected, not {found}"
        return dict(found[0])


async def log_in(page: Page, url: str, login: str, password: str) -> None:
    """Fill in the login page of this address."""
    await page.goto(url)
    await page.get_by_label("Identifiant").fill(login)
    await page.get_by_label("Mot de passe", exact=True).fill(password)
    await page.get_by_role("button", name="Se connecter").click()
    await expect(page.get_by_label("Mot de passe", exact=True)).to_be_hidden(timeout=WAIT)
