"""What axe-core finds wrong with a page for people who see little, or use no mouse."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.async_api import Page

_AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Serious and critical ones of WCAG 2.2, A and AA.
_LOOK = """async within => {
  const parts = [...document.querySelectorAll(within)].filter(one => one.getClientRects().length);
  if (parts.length === 0) return [];
  const found = await axe.run({ include: parts }, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
  });
  return found.violations
    .filter(one => one.impact === 'serious' || one.impact === 'critical')
    .map(one => `${one.id}: ` + one.nodes.slice(0, 3).map(node => {
      const colours = node.any.find(check => check.id === 'color-contrast')?.data;
      const place = node.target.join(' ');
      if (!colours) return place;
      return `${place} (${colours.fgColor} on ${colours.bgColor}, ${colours.contrastRatio})`;
    }).join(', '));
}"""


@cache
def _source() -> str:
    return _AXE.read_text()


async def barriers(page: Page, within: str = "html") -> list[str]:
    """What hinders somebody on this page, or in these parts of it, with up to three places each."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    return list(await page.evaluate(_LOOK, within))
