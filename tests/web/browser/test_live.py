"""A page that stands open: what happens at the box comes to it, and disturbs nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from chromium import browsing, launched
from dosebell_host.web.server import PageServer, served
from dosebell_host.web.sockets import listening
from pages import Page as Served
from web_home import a_home, a_watched_home

pytestmark = pytest.mark.xdist_group("browser live")

OUT_OF_DATE = "This page is not up to date"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as found:
        yield found


def is_live(request: Request) -> bool:
    return "dosebell-live" in request.headers


def stays(page: Page) -> None:
    """From now on it can be told whether the page was loaded anew."""
    page.evaluate("window.stays = true")


def has_stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stays === true"))


def test_what_rings_comes_to_an_open_page_and_is_said_aloud(
    chromium: Browser, tmp_path: Path
) -> None:
    with a_watched_home(tmp_path) as home, browsing(chromium) as context:
        page = context.new_page()
        page.goto(home.served.link())
        expect(page.locator("main")).to_contain_text("Nothing rings.")
        stays(page)
        home.desk.until("07:31")
        expect(page.get_by_role("button", name="Take D3 and K2")).to_be_visible()
        spoken = page.locator("[aria-live=polite]")
        expect(spoken).to_have_text("Anna's: D3 and K2 rings.")
        home.desk.presses()
        expect(page.locator("main")).to_contain_text("Nothing rings.")
        expect(spoken).to_have_text("")
        assert has_stayed(page)


def test_who_goes_by_keyboard_stays_where_they_were(chromium: Browser, tmp_path: Path) -> None:
    with a_watched_home(tmp_path) as home, browsing(chromium) as context:
        page = context.new_page()
        page.goto(home.served.link())
        link = page.get_by_role("link", name="Schedule of Anna's")
        link.focus()
        home.desk.until("07:31")
        expect(page.get_by_role("button", name="Take D3 and K2")).to_be_visible()
        expect(link).to_be_focused()


def test_who_types_is_not_disturbed(chromium: Browser, tmp_path: Path) -> None:
    with a_watched_home(tmp_path) as home, browsing(chromium) as context:
        page = context.new_page()
        page.goto(home.served.link())
        page.goto(f"{home.served.address}/boxes")
        name = page.get_by_label("No name yet")
        name.press_sequentially("mot")
        with page.expect_event("requestfinished", is_live):
            home.desk.until("07:31")
        name.press_sequentially("her")
        expect(name).to_have_value("mother")
        name.press("Enter")
        expect(page.locator("main")).to_contain_text("mother")


def test_a_page_whose_server_has_ended_says_so_and_how_to_get_in_again(
    chromium: Browser, tmp_path: Path
) -> None:
    with browsing(chromium, is_forgiving=True) as context:
        page = context.new_page()
        with a_home(tmp_path) as home:
            page.goto(home.served.link())
            expect(page.get_by_text(OUT_OF_DATE)).to_have_count(0)
        expect(page.get_by_text(OUT_OF_DATE)).to_be_visible()
        port = home.served.page.port
        again = Served(home.desk, port=port)
        server = PageServer(again.app)
        again.app.state.ending = server.is_ending
        with served(server, listening(port)):
            expect(page.locator("h1")).to_have_text("How to get in")


def test_a_page_finds_a_server_again_that_still_knows_it(
    chromium: Browser, tmp_path: Path
) -> None:
    with browsing(chromium, is_forgiving=True) as context:
        page = context.new_page()
        with a_home(tmp_path) as home:
            page.goto(home.served.link())
            expect(page.get_by_role("button", name="Take D3 and K2")).to_be_visible()
        expect(page.get_by_text(OUT_OF_DATE)).to_be_visible()
        stays(page)
        home.desk.presses()
        app, port = home.served.page.app, home.served.page.port
        server = PageServer(app)
        app.state.ending = server.is_ending
        with served(server, listening(port)):
            expect(page.locator("main")).to_contain_text("Nothing rings.")
            expect(page.get_by_text(OUT_OF_DATE)).to_have_count(0)
        assert has_stayed(page)
