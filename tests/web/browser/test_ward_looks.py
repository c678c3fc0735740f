"""The page of a ward in a browser: it fits a phone, axe finds nothing, and it looks again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from axe_rules import examined
from chromium import browsing, launched
from desk import Desk
from pages import AtPort, at_a_port
from ward_people import Person, device_of, gateway_seen, ward_of_people
from ward_twin import TwinTables
from ward_visit import WardDatabase, box_of_two

pytestmark = pytest.mark.xdist_group("browser ward")

LONG = "Maximiliane-Wilhelmine von und zu Oberhofstetten-Unterwaldkirchen"
LOW = ("stock-low", "Vitamin D3 1000 IU + K2 (MK-7) 100 µg: 3 left, time to buy more.", "d3")
PEOPLE = [
    Person("box-1", "Anna Berg", since=200, missed=["Drops", "Calcium"], needs=[LOW]),
    Person("box-2", LONG, since=200, heard_ago_s=7200, gateway="trolley-2"),
    Person("box-3", "Carl", since=200, rings=["d3"]),
    Person("box-4", "Dora", since=1, needs=[("clock-off", "Its clock is 12 min behind.", "")]),
    Person("box-5", "Emil", since=200, needs=[("fault", "The flash is full.", "")]),
    Person("box-6", "Frieda", since=200),
]
# So many that they need pages.
NEIGHBOURS = [Person(f"room-{n}", f"Neighbour {n}", since=200) for n in range(10, 70)]


class Served(NamedTuple):
    at: AtPort
    database: WardDatabase
    device_id: str


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as found:
        yield found


@contextmanager
def a_ward() -> Iterator[Served]:
    """A laptop that has met no box, with the database of a home."""
    tables, laptop = TwinTables(), Desk()
    device_id = box_of_two(tables)
    database = WardDatabase(ward_of_people([*PEOPLE, *NEIGHBOURS], tables), laptop)
    gateway_seen(database.tables, "trolley-2", 7200)
    with at_a_port(laptop, ward=database.line) as at:
        yield Served(at, database, device_id)


def opened(page: Page, ward: Served, path: str) -> None:
    page.goto(f"{ward.at.address}{path}")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_all_fits_in(chromium: Browser, width: int) -> None:
    found: list[str] = []
    axe = Axe()
    window = {"width": width, "height": 900}
    with a_ward() as ward, browsing(chromium, viewport=window) as context:
        page, box = context.new_page(), f"/box/{ward.device_id}"
        page.goto(ward.at.link())
        for path in (
            "/ward",
            "/ward?page=2",
            "/ward?need=missed&gateway=trolley-1&text=anna",
            "/ward?text=nobody",
            f"{box}/history",
            f"{box}/history?until=2026-11-15",
            f"{box}/day/2026-11-15",
        ):
            opened(page, ward, path)
            found += examined(page, path, axe)
        ward.database.goes()
        opened(page, ward, "/ward")
        expect(page.get_by_text("Nothing is known of the ward since")).to_be_visible()
        found += examined(page, "away", axe)
    assert not found, "\n".join(found)


def test_an_open_page_tells_what_is_missed_meanwhile_and_that_the_database_went_away(
    chromium: Browser,
) -> None:
    with a_ward() as ward, browsing(chromium) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(ward.at.link())
        opened(page, ward, "/ward?text=Frieda")
        expect(page.get_by_role("row").last).to_contain_text("fine")
        page.get_by_label("Name or box").fill("Fri")
        ward.database.tables.write(
            "UPDATE outcomes SET status = 'missed' WHERE device_id = ?", [(device_of(PEOPLE[5]),)]
        )
        page.clock.fast_forward(31_000)
        expect(page.get_by_role("row").last).to_contain_text("missed: D3, due 03:00")
        # What is being typed stays.
        expect(page.get_by_label("Name or box")).to_have_value("Fri")
        ward.database.goes()
        page.clock.fast_forward(31_000)
        expect(page.get_by_text("Nothing is known of the ward since")).to_be_visible()
        expect(page.get_by_role("row")).to_have_count(0)
        ward.database.comes_back()
        page.clock.fast_forward(31_000)
        expect(page.get_by_role("row").last).to_contain_text("missed: D3, due 03:00")


def test_who_goes_by_keyboard_stays_at_a_person_who_moves_up(chromium: Browser) -> None:
    with a_ward() as ward, browsing(chromium) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(ward.at.link())
        opened(page, ward, "/ward?text=box-")
        page.get_by_role("link", name="Frieda").focus()
        ward.database.tables.write(
            "UPDATE outcomes SET status = 'missed' WHERE device_id = ?", [(device_of(PEOPLE[5]),)]
        )
        page.clock.fast_forward(31_000)
        expect(page.get_by_role("row").filter(has_text="Frieda")).to_contain_text("missed")
        expect(page.get_by_role("link", name="Frieda")).to_be_focused()


def test_by_keyboard_alone_from_the_filter_to_the_person(chromium: Browser) -> None:
    with a_ward() as ward, browsing(chromium) as context:
        page = context.new_page()
        page.goto(ward.at.link())
        opened(page, ward, "/ward")
        page.get_by_role("combobox", name="Need").focus()
        page.keyboard.press("m")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("anna")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{ward.at.address}/ward?need=missed&gateway=&text=anna")
        link = page.get_by_role("link", name="Anna Berg")
        while not link.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("History of Anna Berg")
