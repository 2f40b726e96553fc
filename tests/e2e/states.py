"""States behind a click: dialogs, drawers, menus, tabs without an address, wizards.

Each begins on a page of the walk and follows clicks in turn; what opens is looked at as the pages
are, and what lies over the page must be closed by Escape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as NeverCame

from e2e.accessibility import barriers
from e2e.walk import Walk

_SOON = 5_000  # milliseconds
_OVER = "[role=dialog], [role=menu], [role=listbox], [role=alertdialog]"
_PARTS = "main, header, [role=dialog], [role=menu], [role=listbox]"  # not the menu of pages
_ROLES = ("button", "menuitem", "tab", "radio", "link")
# Wider than itself, or than the window: the dialog or menu, and what in it.
_WIDE = """over => {
  const shown = [...document.querySelectorAll(over)].filter(one => one.offsetParent !== null
    || one.getClientRects().length > 0);
  return shown.filter(one => {
    const box = one.getBoundingClientRect();
    return one.scrollWidth > one.clientWidth + 1
      || box.right > window.innerWidth + 1 || box.left < -1;
  }).map(one => (one.getAttribute('aria-label') || one.textContent || '').trim().slice(0, 40));
}"""
_CODES = """over => [...document.querySelectorAll(over)].flatMap(one =>
  (one.innerText || '').match(/\\b[A-Z]{3,}(?:_[A-Z0-9]+)+\\b/g) || [])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is seen after some clicks on a page."""

    page: str  # a route of the walk
    name: str  # of the picture
    clicks: tuple[str, ...]  # accessible names, French|English, as they begin
    widths: tuple[int, ...] = ()  # of the windows in which it exists; (): all
    everywhere: bool = True  # False: only in a centre at work

    def seen_at(self, width: int) -> bool:
        """Whether a window of this width has it."""
        return not self.widths or width in self.widths


def _state(page: str, name: str, *clicks: str, widths: tuple[int, ...] = ()) -> State:
    return State(page=page, name=name, clicks=clicks, widths=widths)


def _at_work(page: str, name: str, *clicks: str) -> State:
    return State(page=page, name=name, clicks=clicks, everywhere=False)


_MORE = "Autres actions|More actions"
_CAMPAIGN = "/campaigns/$campaignId"
_FLOW = "/flows/$flowId"
_SCRIPT = "/scripts/$scriptId"

STATES: tuple[State, ...] = (
    _state(_CAMPAIGN, "more", _MORE),
    _at_work(_CAMPAIGN, "stop", "Arrêt d’urgence|Emergency stop"),
    _at_work(f"{_CAMPAIGN}?tab=pacing", "pace", "Régler la cadence|Set the pace"),
    _state(f"{_CAMPAIGN}?tab=contacts", "why", r".*(Voir les vérifications|See the checks)"),
    _state(f"{_CAMPAIGN}?tab=attempts", "attempt", r"\d{1,2} \S+ \d{4}"),
    _state("/consents", "note", "Noter un consentement|Note a consent"),
    _state("/consents", "import", "Importer|Import"),
    _state("/contact-lists/$contactListId", "more", _MORE),
    _state("/contact-lists/$contactListId", "add", _MORE, "Ajouter un contact|Add a contact"),
    _state("/contact-lists/$contactListId", "delete", _MORE, "Supprimer la liste|Delete the list"),
    _state("/contact-lists/$contactListId/columns", "add", "Ajouter une colonne|Add a column"),
    _at_work("/contact-lists/$contactListId/columns", "more", "Modifier Nom|Change Nom"),
    _state("/contact-lists/$contactListId/filters", "new", "Nouveau filtre|New filter"),
    _state("/contacts/$contactId", "note", "Noter$|Note$"),
    _state("/contacts/$contactId", "erase", "Effacer cette personne|Erase this person"),
    _state("/contacts/$contactId", "delete", "Supprimer le contact|Delete the contact"),
    _state("/dnc-lists", "new", "Nouvelle liste|New list"),
    _state("/dnc-lists/$dncListId", "add", "Ajouter des numéros|Add numbers"),
    _state("/dnc-lists/$dncListId", "upload", "Envoyer un fichier|Upload a file"),
    _state("/dnc-lists/$dncListId", "settings", "Réglages|Settings"),
    _state("/dnc-lists/$dncListId", "delete", "Supprimer la liste|Delete the list"),
    _state("/flows", "new", "Nouveau parcours|New flow"),
    _state(_FLOW, "trial", "Essayer|Try it", widths=(1280, 1440)),
    _state(_FLOW, "problems", "À corriger|To mend", widths=(1280, 1440)),
    _state(_FLOW, "tests", r"Essais \(|Tests \("),
    _state(_FLOW, "versions", "Versions"),
    _state(_FLOW, "publish", "Publier…|Publish…"),
    _state(_FLOW, "delete", "Supprimer$|Delete$"),
    _state("/incidents", "declare", "Déclarer un incident|Declare an incident"),
    _at_work("/incidents", "over", "Déclarer terminé|Declare over"),
    _state("/incidents", "hours", "Nouveaux horaires|New opening hours"),
    _state("/incidents", "emergency", "Urgence partout|Emergency everywhere"),
    _state("/live", "wall", "Mode mural|Wall mode", widths=(1280, 1440)),
    _state("/prompts", "new", "Nouveau message|New prompt"),
    _state("/prompts", "missing", "Ce qui manque|Missing"),
    _state("/prompts", "approve", "À approuver|To approve"),
    _state("/prompts", "languages", "Langues|Languages"),
    _state("/prompts/$promptId", "telephone", "Par téléphone|By telephone"),
    _state("/prompts/$promptId", "write", r"Écrire · .*synth|Write · .*synth|Write · .*speech"),
    _state("/response-sets", "new", "Nouveau jeu de réactions|New response set"),
    _state("/response-sets", "upload", "Envoyer un enregistrement|Upload a recording"),
    _state("/rule-sets", "new", "Nouveau jeu de règles|New rule set"),
    _state("/scripts", "new", "Nouveau script|New script"),
    _state(_SCRIPT, "versions", "Versions"),
    _state(_SCRIPT, "publish", "Publier…|Publish…"),
    _state("/settings/queues", "new", "Nouvelle file|New queue"),
    _state("/settings/queues", "delete", r"Supprimer .|Delete ."),
    _state("/settings/skills", "new", "Nouvelle compétence|New skill"),
    _state("/settings/trunks", "new", "Nouvelle ligne|New trunk"),
    _state("/settings/trunks", "change", r"Modifier .|Edit ."),
    _state("/settings/inbound-numbers", "new", "Nouveau numéro|New number"),
    _state("/settings/wrap-up-codes", "new", "Nouvelle qualification|New wrap-up code"),
    _state("/settings/pause-reasons", "new", "Nouveau motif|New reason"),
    _state("/settings/attempt-limits", "new", "Ajouter une limite|Add a limit"),
    _state("/settings/data-actions", "new", "Nouvelle action de données|New data action"),
    _state("/settings/retention", "hold", "Geler|Hold"),
    _state("/settings/retention", "run", "Supprimer maintenant|Remove now"),
    _state("/settings/webhooks", "new", "Ajouter un webhook|Add a webhook"),
    _state("/settings/webhooks/$webhookId", "change", "Modifier|Edit"),
    _state("/settings/webhooks/$webhookId", "again", "Renvoyer une période|Send a period again"),
    _state("/settings/webhooks/$webhookId", "secret", "Changer le secret|Change the secret"),
    _at_work("/settings/webhooks/$webhookId", "delivery", "Ouvrir l’envoi|Open delivery"),
    _state("/settings/api-tokens", "new", "Nouveau jeton|New token"),
    _state("/timetable?tab=sequences", "new", "Nouvelle séquence|New sequence"),
    _state("/timetable?tab=rules", "new", "Nouvelle règle de campagne|New campaign rule"),
    _state("/users/$userId", "password", "Réinitialiser le mot de passe|Reset the password"),
    _at_work("/voicemails", "more", "Actions pour le message|Actions for the message"),
    _at_work("/voicemails", "assign", "Actions pour|Actions for", "Confier|Give to"),
    _state("/live", "menu", "Menu$", widths=(390,)),
)


class NotThere(Exception):
    """The page has nothing of this name to click."""


async def open_state(walk: Walk, state: State) -> None:
    """Click from the page, which is open, to the state. Raises NotThere."""
    for click in state.clicks:
        found = _named(walk.page, click)
        try:
            await found.click(timeout=_SOON)
        except NeverCame:
            raise NotThere(f"{state.page} has no “{click}” to click") from None
        await walk.settle()


async def look_at(walk: Walk, state: State, *, closely: bool) -> list[str]:
    """What is wrong with what lies over the page; closely: with axe-core, too."""
    page = walk.page
    faults = [f"too wide: {one}" for one in await page.evaluate(_WIDE, _OVER)]
    faults += [f"code: {one}" for one in await page.evaluate(_CODES, _OVER)]
    if closely:
        over = await page.locator(f":is({_OVER}):visible").count()
        faults += await barriers(page, _OVER if over else "main")
    return [f"{state.page} › {state.name}: {one}" for one in faults]


async def close(page: Page, state: State) -> list[str]:
    """By Escape, as often as something lies over the page; the faults."""
    for _ in range(3):
        over = page.locator("[role=dialog]:visible, [role=menu]:visible")
        if not await over.count():
            return []
        await page.keyboard.press("Escape")
        try:
            await over.first.wait_for(state="hidden", timeout=_SOON)
        except NeverCame:
            continue
    left = await page.locator("[role=dialog]:visible").count()
    return [f"{state.page} › {state.name}: Escape does not close it"] if left else []


def _named(page: Page, click: str) -> Locator:
    """What can be clicked and begins with one of these names: in the dialog or menu that is open,
    else in the page.
    """
    name = re.compile(f"^({click})")
    part = page.locator(_PARTS)
    found = part.get_by_role("button", name=name)
    for role in _ROLES[1:]:
        found = found.or_(part.get_by_role(role, name=name))  # type: ignore[arg-type]
    segment = part.locator("label[class*=SegmentedControl]").filter(has_text=name)
    return found.or_(segment).locator("visible=true").first
