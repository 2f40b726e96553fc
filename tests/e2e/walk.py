"""Every page of the web, as its router names them, opened one after the other in one browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import ConsoleMessage, Page, Request, Response
from playwright.async_api import TimeoutError as NeverCame

from e2e.accessibility import barriers
from e2e.belongings import some_contact
from e2e.desk import WAIT
from kwabo.stack.demo.rest import Person

FEATURES = Path(__file__).parents[2] / "web" / "src" / "features"
_ROUTE = re.compile(r'getParentRoute: \(\) => (\w+),\s*path: "([^"]*)"')
_TABS = re.compile(r"const TABS: readonly string\[\] = \[([^\]]*)\]")
_WITH_TABS = {"campaigns": "/campaigns/$campaignId", "timetable": "/timetable"}
_PARENTS = {"rootRoute": "", "layout": "/settings"}

# Where the ids of a route come from: the list of the REST interface and the field.
_LISTS = {
    "campaignId": ("/campaigns", "campaign_id"),
    "ruleSetId": ("/rule-sets", "rule_set_id"),
    "scriptId": ("/scripts", "script_id"),
    "responseSetId": ("/response-sets", "response_set_id"),
    "callableTimeSetId": ("/callable-time-sets", "callable_time_set_id"),
    "contactListId": ("/contact-lists", "contact_list_id"),
    "importId": ("/imports", "import_id"),
    "importTemplateId": ("/import-templates", "import_template_id"),
    "importScheduleId": ("/import-schedules", "import_schedule_id"),
    "dncListId": ("/dnc-lists", "dnc_list_id"),
    "userId": ("/users", "user_id"),
    "dataActionId": ("/data-actions", "data_action_id"),
    "webhookId": ("/webhooks", "webhook_id"),
    "flowId": ("/flows", "flow_id"),
    "promptId": ("/prompts", "prompt_id"),
    "queueId": ("/queues", "queue_id"),
}

_LOOK_EVERY = 60  # milliseconds
# Client-side, as a click on a link: the page under test is not loaded anew.
_FOLLOW = "path => { window.history.pushState({}, '', path); }"
_SETTLED = """() => {
  const main = document.querySelector('main');
  const waits = '[class*=Skeleton-root], [class*=Loader-root]';
  return main !== null && main.querySelector(waits) === null;
}"""
_LOOK = """() => {
  const main = document.querySelector('main');
  const root = document.documentElement;
  const wide = root.scrollWidth - root.clientWidth;
  const codes = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (/^[A-Z]{3,}(_[A-Z0-9]+)+$/.test(text)) codes.push(text);
  }
  const culprits = [];
  if (wide > 0) {
    for (const one of document.querySelectorAll('main *')) {
      if (one.getBoundingClientRect().right > root.clientWidth + 1) {
        culprits.push(one.tagName.toLowerCase() + '.' + String(one.getAttribute('class')));
      }
    }
  }
  return {
    path: location.pathname,
    reserved: main.querySelector('[data-reserved]') !== null,
    headings: [...document.querySelectorAll('h1')].map(one => one.textContent.trim()),
    wide, codes, culprits: culprits.slice(0, 4),
  };
}"""


def routes() -> list[str]:
    """The paths of the router, with `$name` for ids; one for each tab that has an address."""
    found: list[str] = []
    for file in sorted(FEATURES.glob("*/routes.ts")):
        text = file.read_text()
        paths = [
            (_PARENTS[parent] + path).rstrip("/") or "/" for parent, path in _ROUTE.findall(text)
        ]
        tabs = _TABS.search(text)
        if tabs:
            base = _WITH_TABS[file.parent.name]
            paths += [f"{base}?tab={tab}" for tab in re.findall(r'"([^"]+)"', tabs[1])]
        found += paths
    return found


async def ids(admin: Person) -> dict[str, str]:
    """An id for each `$name` of the routes; those of which the organisation has none are left
    out.
    """
    found: dict[str, str] = {"language": "fr"}
    for name, (path, field) in _LISTS.items():
        items = (await admin.get(path))["items"]
        if items:
            found[name] = str(items[0][field])
    found["contactListId"], found["contactId"] = await some_contact(admin)
    async for one in admin.pages("/campaigns"):
        attempts = await admin.get(f"/campaigns/{one['campaign_id']}/attempts", limit=1)
        if attempts["items"]:
            found["campaignId"] = str(one["campaign_id"])
            found["attemptId"] = str(attempts["items"][0]["attempt_id"])
    return found


def fill(route: str, known: Mapping[str, str]) -> str:
    """The route as an address. Raises KeyError without an id for it."""
    return re.sub(r"\$(\w+)", lambda name: known[name[1]], route)


class Walk:
    """One person's walk; `faults` says what was wrong where, `reserved` which pages said that they
    are not for this person.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.faults: list[str] = []
        self.reserved: list[str] = []
        self._url = url
        self._at = "/"
        self._open: set[Request] = set()
        self._hears = {
            "console": self._console,
            "pageerror": lambda error: self._fault(f"exception: {error}"),
            "request": self._request,
            "requestfinished": self._ended,
            "requestfailed": self._failed,
            "response": self._response,
        }
        for event, hear in self._hears.items():
            page.on(event, hear)  # type: ignore[call-overload]

    def end(self) -> None:
        """Listen no longer."""
        for event, hear in self._hears.items():
            self.page.remove_listener(event, hear)

    async def begin(self) -> None:
        """Load the program anew."""
        await self.page.goto(self._url)
        await self.settle()

    async def visit(self, path: str, *, closely: bool = True) -> None:
        """Open a page and look at it; closely: with axe-core, too."""
        self._at = path
        await self.page.evaluate(_FOLLOW, path)
        await self.settle()
        seen = dict(await self.page.evaluate(_LOOK))
        if seen["reserved"]:
            self.reserved.append(path)
        if not seen["headings"]:
            self._fault("no h1")
        if seen["wide"] > 0:
            self._fault(f"{seen['wide']} px too wide: {', '.join(seen['culprits'])}")
        if seen["codes"]:
            self._fault(f"codes: {', '.join(seen['codes'])}")
        if closely:
            for barrier in await barriers(self.page):
                self._fault(barrier)

    async def settle(self) -> None:
        """Until the page has all that it asked for, in two looks, for one answer may ask more."""
        quiet = 0
        await self._wait_for_content()
        for _ in range(WAIT // _LOOK_EVERY):
            await self.page.wait_for_timeout(_LOOK_EVERY)
            quiet = quiet + 1 if not self._open else 0
            if quiet == 2:
                break
        else:
            self._fault(f"never answered: {', '.join(one.url for one in self._open)}")
        await self._wait_for_content()

    async def _wait_for_content(self) -> None:
        try:
            await self.page.wait_for_function(_SETTLED, timeout=WAIT)
        except NeverCame:
            self._fault("its content never came")

    def _fault(self, what: str) -> None:
        self.faults.append(f"{self._at}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        # Answers of 4xx and 5xx are told by _response, with their address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._fault(f"console: {message.text[:300]}")

    def _request(self, request: Request) -> None:
        self._open.add(request)

    def _ended(self, request: Request) -> None:
        self._open.discard(request)

    def _failed(self, request: Request) -> None:
        self._open.discard(request)
        # What a page asked for and no longer needs when it is left is given up.
        if request.failure != "net::ERR_ABORTED":
            self._fault(f"{request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            path = response.url.removeprefix(self._url)
            self._fault(f"{response.request.method} {path}: {response.status}")
