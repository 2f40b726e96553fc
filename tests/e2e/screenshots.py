"""Pictures of every page in both languages, schemes and sizes, from the whole program with the
demonstration's data: `./dev screenshots --help`.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from e2e.album import Picture, write_album
from e2e.audio import write_voice
from e2e.belongings import furnish
from e2e.desk import log_in
from e2e.program import launch, stack_settings
from e2e.walk import Walk, fill, ids, routes
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable, install
from kwabo.settings import DEMO_PASSWORD
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
    faults = asyncio.run(
        _take(options.out, [one for one in routes() if options.pages in one], looks)
    )
    print(f"{options.out / 'index.html'}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


async def _take(out: Path, wanted: Sequence[str], looks: Sequence[Look], voice: Path) -> list[str]:
    settings = stack_settings(home_folder(), stack_folder("screenshots"), operator=True)
    pictures: list[Picture] = []
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await furnish(stack, admin)
        known = await ids(admin)
        async with async_playwright() as playwright:
            browser = await launch(playwright, voice)
            for look in looks:
                await admin.patch("/session/user", {"language": look.language})
                pictures += await _look(browser, stack.url(), look, wanted, known, out)
            await browser.close()
    write_album(out, pictures)
    return [f"{one.look}: {fault}" for one in pictures for fault in one.faults]


async def _look(
    browser: Browser,
    url: str,
    look: Look,
    wanted: Sequence[str],
    known: Mapping[str, str],
    out: Path,
) -> list[Picture]:
    context = await browser.new_context(
        viewport={"width": look.width, "height": HEIGHTS[look.width]},
        locale="fr-FR",  # of the login page; then the person's own language counts
        color_scheme="dark" if look.scheme == "dark" else "light",
        permissions=["microphone"],
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await log_in(page, url, "admin", DEMO_PASSWORD)
    walk = Walk(page, url)
    await walk.begin()
    pictures = []
    for route in wanted:
        faults = len(walk.faults)
        await walk.visit(fill(route, known))
        file = out / str(look) / f"{_name(route)}.png"
        await _take_whole(page, file)
        pictures.append(
            Picture(
                page=route,
                look=str(look),
                file=file.relative_to(out),
                faults=tuple(walk.faults[faults:]),
            )
        )
    walk.end()
    await context.close()
    return pictures


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
