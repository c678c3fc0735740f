"""Every page that there is, light and dark, narrow and wide: axe finds nothing, and all fits in.

The pages are those of the app's own routes, so that a new one is examined without a word here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from starlette.routing import Route

from axe_rules import examined
from chromium import browsing, launched
from web_home import Home, a_home, an_empty_home

WIDTHS = (320, 1280)
# Answered with no page: a link that is spent, a file, a stream.
NO_PAGE = (
    *("/enter", "/pair/phone", "/events", "/calendar/{secret}.ics"),
    *("/box/{box}/report", "/box/{box}/schedule/file"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as found:
        yield found


def addresses(home: Home) -> list[str]:
    """One address of each page."""
    values = {"box": home.box.app.box.device_id, "date": "2026-11-22", "dose": "d3k2"}
    routes = [
        route.path
        for route in home.served.page.app.routes
        if isinstance(route, Route) and "GET" in (route.methods or ())
    ]
    pages = [each for each in routes if each not in NO_PAGE and not each.startswith("/static/")]
    pair = f"/pair?key={home.served.page.keys.pairing.make()}"
    return [each.format(**values) if each != "/pair" else pair for each in pages]


def stories(home: Home) -> dict[str, Callable[[Page], None]]:
    """Pages that come only of doing something."""
    schedule = f"{home.served.address}{home.path}/schedule"

    def told(page: Page) -> None:
        page.goto(home.served.address)
        page.get_by_role("button", name="Take").first.click()
        expect(page.locator(".told")).to_be_visible()

    def days_misunderstood(page: Page) -> None:
        page.goto(f"{home.served.address}{home.path}/history")
        page.get_by_role("textbox", name="From").fill("soon")
        page.get_by_role("button", name="Show these days").click()
        expect(page.get_by_role("alert")).to_contain_text('"soon" is no date')
        expect(page.get_by_role("textbox", name="From")).to_have_value("soon")

    def misunderstood(page: Page) -> None:
        page.goto(f"{schedule}/dose/d3k2")
        page.get_by_label("How many there are").fill("many")
        page.get_by_label("What is in it").fill("D3 lots")
        page.get_by_role("button", name="Save this dose").click()
        expect(page.get_by_text("Nothing was saved.")).to_be_visible()

    def asked(page: Page) -> None:
        page.goto(f"{schedule}/dose/drops")
        page.get_by_role("button", name="Take Eye drops out of the schedule").click()
        page.get_by_role("link", name="Look at it and push it to the box").click()
        page.get_by_role("button", name="Push it to the box").click()
        expect(page.get_by_text("This would be lost:")).to_be_visible()

    def drafted(page: Page) -> None:
        page.goto(schedule)
        expect(page.get_by_text("Not on the box yet")).to_be_visible()

    def to_be_pushed(page: Page) -> None:
        page.goto(f"{schedule}/push")
        expect(page.get_by_text("What changes")).to_be_visible()

    def linked(page: Page) -> None:
        page.goto(f"{home.served.address}{home.path}/calendar")
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_label("Link for a calendar in your home network")).to_be_visible()

    def tried(page: Page) -> None:
        page.goto(f"{home.served.address}/try")
        page.get_by_label("An organiser with 7 compartments").check()
        page.get_by_role("button", name="Switch it on").click()
        expect(page.get_by_text("Light: nothing to do")).to_be_visible()

    def gone(page: Page) -> None:
        home.served.page.app.state.trials.stop()
        home.desk.is_plugged = False
        page.goto(home.served.address)
        expect(page.get_by_text("Needs attention")).to_be_visible()

    return {
        made.__name__: made
        for made in (
            *(told, days_misunderstood, misunderstood, asked, drafted, to_be_pushed, linked),
            *(tried, gone),
        )
    }


@pytest.fixture(
    params=[
        pytest.param(each, marks=pytest.mark.xdist_group(f"browser {each}")) for each in WIDTHS
    ]
)
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of each width."""
    with browsing(chromium, viewport={"width": request.param, "height": 900}) as context:
        yield context.new_page()


def test_every_page_of_a_home(page: Page, tmp_path: Path) -> None:
    found: list[str] = []
    axe = Axe()
    with a_home(tmp_path) as home:
        page.goto(home.served.link())
        for address in addresses(home):
            page.goto(f"{home.served.address}{address}")
            found += examined(page, address, axe)
        for name, story in stories(home).items():
            story(page)
            found += examined(page, name, axe)
    assert not found, "\n".join(found)


def test_every_page_of_somebody_who_is_new(page: Page) -> None:
    found: list[str] = []
    axe = Axe()
    with an_empty_home() as home:
        page.goto(f"{home.served.address}/")
        found += examined(page, "the door", axe)
        page.goto(home.served.link())
        for address in ("/", "/boxes", "/nowhere"):
            page.goto(f"{home.served.address}{address}")
            found += examined(page, address, axe)
    assert not found, "\n".join(found)
