"""Pictures of every page, and of what opens by a click, in both languages, schemes and sizes, from
a centre at work: `./dev screenshots --help`.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from e2e import centre
from e2e.album import Picture, write_album
from e2e.audio import write_voice
from e2e.calling_in import open_number
from e2e.desk import Desk, log_in
from e2e.desk_pictures import NUMBER, desk_states
from e2e.program import launch, stack_settings
from e2e.states import STATES, NotThere, close, look_at, open_state
from e2e.walk import Walk, fill, ids, routes
from kwabo.adapters.carrier_lab.behaviours import demo_table
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable, install
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import agentless
from kwabo.stack.demo.inbound import with_heard_agents
from kwabo.stack.demo.rest import Person
from kwabo.stack.home import home_folder, stack_folder
from kwabo.stack.stack import Stack

HEIGHTS = {1280: 800, 390: 844}  # by width


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is looked at."""

    language: str
    scheme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.width}"

    @property
    def closely(self) -> bool:
        """Whether axe-core looks too: each language, scheme and size is seen by it once."""
        return str(self) in ("fr-light-1280", "en-dark-390")


LOOKS = [
    Look(language=language, scheme=scheme, width=width)
    for language, scheme, width in itertools.product(("fr", "en"), ("light", "dark"), HEIGHTS)
]


def main(words: Sequence[str]) -> int:
    """Take them; 1 when a page has a fault."""
    parser = argparse.ArgumentParser(prog="./dev screenshots", description=__doc__)
    home = home_folder()
    parser.add_argument(
        "--out", type=Path, default=home / "screenshots", help="default: %(default)s"
    )
    parser.add_argument(
        "--pages", metavar="TEXT", default="", help="only those that have it in their route"
    )
    parser.add_argument(
        "--look",
        action="append",
        choices=[str(look) for look in LOOKS],
        help="only this one; may be given several times",
    )
    options = parser.parse_args(words)
    try:
        install(home)
    except AsteriskUnavailable as error:
        print(f"No Asterisk: {error}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    voice = options.out / "voice.wav"
    write_voice(voice)
    looks = [look for look in LOOKS if not options.look or str(look) in options.look]
    pictures = asyncio.run(_take(options, looks, voice))
    print(f"{options.out / 'index.html'}: {len(pictures)} pictures")
    return 1 if any(one.faults for one in pictures) else 0


async def _take(options: argparse.Namespace, looks: Sequence[Look], voice: Path) -> list[Picture]:
    album = Album(options.out, options.pages)
    folder = stack_folder("screenshots")
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    settings = stack_settings(home_folder(), folder, operator=True)
    settings = replace(
        settings,
        table=agentless.people(with_heard_agents(demo_table(time_scale=0.5))),
        environment={**settings.environment, **centre.environment(folder / "contacts")},
    )
    async with (
        Stack(settings) as stack,
        Person(stack.url(), "admin", DEMO_PASSWORD) as admin,
        centre.at_work(stack, admin) as campaigns,
        async_playwright() as playwright,
    ):
        known = {**await ids(admin), "campaignId": campaigns[centre.CAMPAIGN]}
        agentless_only = {**known, "campaignId": campaigns[centre.REMINDERS]}
        for look in looks:
            print(look, flush=True)
            await admin.patch("/session/user", {"language": look.language})
            browser = await launch(playwright, voice)
            page = await _open(browser, stack.url(), look)
            walk = Walk(page, stack.url())
            await walk.begin()
            await album.pages(walk, look, known)
            await album.agentless(walk, look, agentless_only)
            await album.states(walk, look, known)
            walk.end()
            await browser.close()
        await admin.patch("/session/user", {"language": "fr"})
        if options.pages in "/desk":
            await open_number(admin, NUMBER)
            for language in sorted({look.language for look in looks}, reverse=True):
                browser = await launch(playwright, voice)
                await desk_states(stack, admin, browser, album.desk, language)
                await browser.close()
    return album.pictures


async def _open(browser: Browser, url: str, look: Look) -> Page:
    """A page on which the administrator has signed in."""
    context = await browser.new_context(
        viewport={"width": look.width, "height": HEIGHTS[look.width]},
        locale="fr-FR",  # of the login page; then the person's own language counts
        color_scheme="dark" if look.scheme == "dark" else "light",
        permissions=["microphone"],
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await log_in(page, url, "admin", DEMO_PASSWORD)
    return page


class Album:
    """The pictures that have been taken."""

    def __init__(self, out: Path, wanted: str) -> None:
        self.pictures: list[Picture] = []
        self._out = out
        self._wanted = wanted  # part of the routes to be seen

    async def pages(self, walk: Walk, look: Look, known: Mapping[str, str]) -> None:
        """Every page of the router."""
        for route in routes():
            if self._wanted in route:
                await self._page(walk, look, route, fill(route, known), _name(route))

    async def agentless(self, walk: Walk, look: Look, known: Mapping[str, str]) -> None:
        """What a campaign without agents shows otherwise."""
        for tab in ("progress", "pacing", "flow-results", "what-ifs", "diagnosis"):
            route = f"/campaigns/$campaignId?tab={tab}"
            if self._wanted in route:
                await self._page(walk, look, route, fill(route, known), f"agentless.{tab}")

    async def states(self, walk: Walk, look: Look, known: Mapping[str, str]) -> None:
        """What opens by clicks."""
        for state in STATES:
            if self._wanted not in state.page or not state.seen_at(look.width):
                continue
            await walk.visit(fill(state.page, known), closely=False)
            try:
                await open_state(walk, state)
                faults = await look_at(walk, state, closely=look.closely)
            except NotThere as missing:
                faults = [str(missing)]
            file = self._file(str(look), f"{_name(state.page)}~{state.name}")
            await walk.page.screenshot(path=file)
            faults += await close(walk.page, state)
            self._add(f"{state.page} › {state.name}", str(look), file, faults)

    async def desk(self, desk: Desk, name: str) -> None:
        """The desk as it is, in both schemes and sizes."""
        for scheme, width in itertools.product(("light", "dark"), HEIGHTS):
            await desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            await desk.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            file = self._file(f"{desk.language}-{scheme}-{width}", f"desk~{name}")
            await desk.page.wait_for_timeout(150)
            await _take_whole(desk.page, file)
            wide = await desk.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            faults = [f"desk › {name}: {wide} px too wide"] if wide > 0 else []
            self._add(f"/desk › {name}", f"{desk.language}-{scheme}-{width}", file, faults)
        await desk.page.emulate_media(color_scheme="light")
        await desk.page.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})

    async def _page(self, walk: Walk, look: Look, route: str, path: str, name: str) -> None:
        before = len(walk.faults)
        await walk.visit(path, closely=look.closely)
        file = self._file(str(look), name)
        await _take_whole(walk.page, file)
        self._add(route, str(look), file, walk.faults[before:])

    def _file(self, look: str, name: str) -> Path:
        return self._out / look / f"{name}.png"

    def _add(self, page: str, look: str, file: Path, faults: Sequence[str]) -> None:
        for fault in faults:
            print(f"{look}: {fault}", file=sys.stderr, flush=True)
        told = file.relative_to(self._out)
        self.pictures.append(Picture(page=page, look=look, file=told, faults=tuple(faults)))
        write_album(self._out, self.pictures)


async def _take_whole(page: Page, file: Path) -> None:
    """The page in a window as high as it, so that what sticks to an edge covers nothing."""
    size = page.viewport_size
    assert size is not None
    height = int(await page.evaluate("document.documentElement.scrollHeight"))
    await page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    await page.screenshot(path=file)
    await page.set_viewport_size(size)


def _name(route: str) -> str:
    name = route.strip("/").replace("?tab=", "/").replace("$", "").replace("/", ".")
    return name or "home"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
