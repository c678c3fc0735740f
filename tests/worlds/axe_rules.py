"""What axe looks for on a page, and what a page that is too wide is made of."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERY_RULE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# In the dark nothing is another one but the colours.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", EVERY_RULE),
    ("dark", COLOURS),
)
# A page that is wider than its window, and what of it.
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => !each.closest(".scroll"))
    .map((each) => each.outerHTML.slice(0, 100))"""


def examined(page: Page, what: str, axe: Axe) -> list[str]:
    """What is wrong with the page as it stands, in light and in dark."""
    found = [f"{what}: wider than its window: {each}" for each in page.evaluate(WIDER)]
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for each in axe.run(page, options=rules).response["violations"]:
            nodes = [node["html"][:160] for node in each["nodes"]]
            found.append(f"{what}, {scheme}: {each['id']}: {nodes}")
    return found
