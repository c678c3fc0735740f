"""Every task of every page, by mouse, by keyboard alone, and by a browser that runs no script.

A task is written once. It ends with what the page says, and where something was changed, with
what has become of it in the box or on disk.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import browsing, launched
from hands import Hands, Keyboard, Mouse, downloaded
from ics_reader import planned
from pages import HOME
from web_home import Home, a_home, an_empty_home

NOW = "D3 and K2, due 07:30"
TOOK = "D3 and K2 of 2026-11-23: taken at"


def says(hands: Hands, words: str) -> None:
    """The page comes to say so."""
    expect(hands.page.locator("main")).to_contain_text(words)


def take(hands: Hands, home: Home) -> None:
    hands.presses(f"Take {NOW}")
    says(hands, TOOK)
    assert home.box.story("taken")[-1] == "11-23 07:31 taken d3k2/0 host"


def skip(hands: Hands, home: Home) -> None:
    hands.presses(f"Skip {NOW}")
    says(hands, "D3 and K2 of 2026-11-23: skipped")
    assert home.box.story("skipped")[-1] == "11-23 07:31 skipped d3k2/0"


def snooze(hands: Hands, home: Home) -> None:
    hands.presses(f"Snooze {NOW}")
    says(hands, "is snoozed, and will ring again")
    assert home.box.row("d3k2")["state"] == "snoozed"


def undo(hands: Hands, home: Home) -> None:
    hands.presses(f"Take {NOW}")
    says(hands, TOOK)
    hands.presses(f"Undo {NOW}, taken, 07:31")
    says(hands, "rings")
    assert home.box.row("d3k2")["state"] == "ringing"


def look_a_month_back(hands: Hands, home: Home) -> None:
    hands.presses("History of Anna's")
    hands.presses("Oct 2026")
    says(hands, "20 Oct 2026 to 31 Oct 2026")


def look_at_dates(hands: Hands, home: Home) -> None:
    hands.presses("History of Anna's")
    hands.types("From", "2026-11-02")
    hands.presses("Show these days")
    says(hands, "2 Nov 2026 to 23 Nov 2026")


def look_at_a_day(hands: Hands, home: Home) -> None:
    hands.presses("History of Anna's")
    hands.presses("Sun 22 Nov 2026")
    says(hands, "D3 and K2, due 07:30: ✓ taken, 07:40")
    hands.presses("Day before")
    expect(hands.page.locator("h1")).to_have_text("Sat 21 Nov 2026")


def download_the_report(hands: Hands, home: Home) -> None:
    hands.presses("History of Anna's")
    hands.presses("Nov 2026")
    file = downloaded(hands, "Report of these days, one file to print")
    assert file.suggested_filename == "report-2026-11-01-to-2026-11-23.html"
    assert "D3 and K2" in file.path().read_text(encoding="utf-8")


def rename_a_box(hands: Hands, home: Home) -> None:
    hands.presses("Boxes")
    hands.types("No name yet", "mother")
    hands.presses(f"Call it so {home.box.app.box.device_id}")
    says(hands, "mother")
    assert home.desk.gets("boxes")["items"][0]["name"] == "mother"


def count_stock(hands: Hands, home: Home) -> None:
    hands.presses("Boxes")
    hands.types("for what you counted of D3 and K2", "42")
    hands.presses("Note it for D3 and K2")
    says(hands, "42 left")
    assert home.box.row("d3k2")["stock"] == 42


def practise(hands: Hands, home: Home) -> None:
    hands.page.goto(f"{home.served.address}/boxes")
    home.box.press()
    hands.page.reload()
    hands.presses("Ring to practise at Anna's")
    says(hands, "If you did not see or hear it")
    assert home.box.sound != "silent"


def change_breakfast(hands: Hands, home: Home) -> None:
    hands.presses("Schedule of Anna's")
    hands.types("Breakfast at", "08:15")
    hands.presses("Save the meals")
    says(hands, "Saved here. The box keeps its schedule until you push.")
    hands.presses("Look at it and push it to the box")
    says(hands, "08:15")


def add_a_dose(hands: Hands, home: Home) -> None:
    hands.presses("Schedule of Anna's")
    hands.presses("Add a dose")
    hands.types("What to add", "Magnesium 300 mg")
    hands.types("When", "20:00")
    hands.presses("Add it")
    says(hands, "Not on the box yet")
    expect(hands.page.get_by_role("heading", name="Magnesium 300 mg")).to_be_visible()


def say_what_is_in_it(hands: Hands, home: Home) -> None:
    hands.presses("Schedule of Anna's")
    hands.presses("Change D3 and K2")
    hands.types("What is in it", "D3 2000 IU, K2 MK-7 100 µg, zinc 10 mg")
    hands.presses("Save this dose")
    says(hands, "was read as vitamin-d3 2000 IU, vitamin-k2 MK-7 100 mcg, zinc 10 mg.")
    hands.presses("Change D3 and K2")
    found = hands.page.get_by_label("What is in it")
    expect(found).to_have_value("vitamin-d3 2000 IU, vitamin-k2 MK-7 100 mcg, zinc 10 mg")


def mistype_what_is_in_it(hands: Hands, home: Home) -> None:
    hands.presses("Schedule of Anna's")
    hands.presses("Change D3 and K2")
    hands.types("What is in it", "D3 lots")
    hands.presses("Save this dose")
    says(hands, '"D3 lots" does not say what it is, how much and in which unit')
    found = hands.page.get_by_label("What is in it")
    expect(found).to_have_value("D3 lots")
    expect(found).to_have_accessible_description(re.compile('nothing.*Not understood "D3 lots"'))


def remove_a_dose(hands: Hands, home: Home) -> None:
    hands.presses("Schedule of Anna's")
    hands.presses("Change Eye drops")
    hands.presses("Take Eye drops out of the schedule")
    says(hands, "drops is taken out here.")


def push_what_loses_something(hands: Hands, home: Home) -> None:
    remove_a_dose(hands, home)
    hands.presses("Look at it and push it to the box")
    hands.presses("Push it to the box")
    says(hands, "This would be lost:")
    hands.presses("Leave it as it is")
    assert "Eye drops" in home.desk.gets("pull")["file"]
    hands.presses("Look at it and push it to the box")
    hands.presses("Push it to the box")
    hands.presses("Push it")
    says(hands, "Pushed to the box")
    assert "Eye drops" not in home.desk.gets("pull")["file"]


def pair_a_phone_and_revoke_it(hands: Hands, home: Home) -> None:
    hands.presses("Phones")
    hands.presses("Pair a phone")
    link = hands.page.locator("main code").inner_text()
    assert link.startswith(f"http://{HOME}:")
    options = {"java_script_enabled": False} if isinstance(hands, Unscripted) else {}
    chromium = hands.page.context.browser
    assert chromium
    with browsing(chromium, **options) as other:
        phone = type(hands)(other.new_page())
        phone.page.goto(link)
        phone.types("What to call this phone", "Anna's phone")
        phone.presses("Pair this phone")
        says(phone, "rings")
        assert phone.page.get_by_role("button").count() == 0
        hands.presses("Phones")
        hands.presses("Let Anna's phone look no more")
        says(hands, "Anna's phone may look no more.")
        phone.page.get_by_role("link", name="Today", exact=True).click()
        expect(phone.page.locator("h1")).to_have_text("How to get in")


def show_the_plan_in_a_calendar(hands: Hands, home: Home) -> None:
    hands.presses("Boxes")
    hands.presses("Show its plan in a calendar of Anna's")
    hands.presses("Make a link")
    link = hands.page.get_by_label("Link for a calendar on this laptop").input_value()
    assert planned(asked(link))[0] == ("D3 and K2", datetime(2026, 11, 23, 6, 30, tzinfo=UTC))
    # It may be copied again at any time, also for a phone.
    hands.page.reload()
    at_home = hands.page.get_by_label("Link for a calendar in your home network").input_value()
    assert at_home == link.replace("127.0.0.1", HOME)
    hands.presses("Make a new link, and end this one")
    now = hands.page.get_by_label("Link for a calendar on this laptop")
    expect(now).not_to_have_value(link)
    newer = now.input_value()
    assert (asked(link), planned(asked(newer)) != []) == (b"", True)
    hands.presses("End this link")
    says(hands, "The link is ended.")
    assert asked(newer) == b""


def asked(link: str) -> bytes:
    """What a calendar is answered, which sends no cookie; nothing where the link is none."""
    try:
        with urllib.request.urlopen(link) as answer:
            assert answer.headers.get_content_type() == "text/calendar"
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        assert error.code == 404
        return b""


def set_up(hands: Hands, home: Home) -> None:
    hands.presses("Set up")
    hands.types("Your time zone", "Europe/Berlin")
    hands.presses("Go on")
    hands.types("Vitamin D3 in one intake", "1000 IU")
    hands.types("Vitamin K2 in one intake", "MK-7 100 mcg")
    hands.presses("Go on")
    expect(hands.page.get_by_role("heading", name="When you take it")).to_be_visible()
    hands.presses("Go on")
    hands.types("All else you take", "none")
    hands.presses("Go on")
    file = downloaded(hands, "Save my.toml on this laptop")
    assert "MK-7" in file.path().read_text(encoding="utf-8")


def try_it(hands: Hands, home: Home) -> None:
    hands.page.goto(f"{home.served.address}/try")
    hands.chooses("D3 + K2 and eye drops")
    hands.presses("Switch it on")
    says(hands, "Light: nothing to do")
    hands.presses("A minute in a second")
    box = home.served.page.app.state.trials.box
    version = 0
    while not box.seen().rings:
        version = box.wait(version, 60)
    hands.presses("Look again")
    says(hands, "Light: time to take it")
    hands.presses("As fast as real time")
    hands.presses("Press: taken")
    says(hands, "taken")
    hands.presses("On to the next dose")
    hands.presses("Switch it off")
    says(hands, "Try it without a box")


Task = Callable[[Hands, Home], None]
AT_HOME: tuple[Task, ...] = (
    *(take, skip, snooze, undo),
    *(look_a_month_back, look_at_dates, look_at_a_day, download_the_report),
    *(rename_a_box, count_stock, practise),
    *(change_breakfast, add_a_dose, say_what_is_in_it, mistype_what_is_in_it, remove_a_dose),
    push_what_loses_something,
    *(pair_a_phone_and_revoke_it, show_the_plan_in_a_calendar),
)
WITHOUT_A_BOX: tuple[Task, ...] = (set_up, try_it)


class Unscripted(Mouse):
    """A mouse at a browser that runs no script."""


class Way(NamedTuple):
    """How somebody goes about it."""

    chromium: Browser
    hands: type[Mouse] | type[Keyboard]


# Each way is done in one process, so that it needs one browser.
WAYS = [
    pytest.param(way, id=way.__name__.lower(), marks=pytest.mark.xdist_group(way.__name__))
    for way in (Mouse, Keyboard, Unscripted)
]


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    with launched() as chromium:
        yield Way(chromium, request.param)


@pytest.mark.parametrize("task", AT_HOME, ids=lambda task: task.__name__)
def test_task(way: Way, task: Task, tmp_path: Path) -> None:
    with a_home(tmp_path) as home:
        done(way, task, home)


@pytest.mark.parametrize("task", WITHOUT_A_BOX, ids=lambda task: task.__name__)
def test_task_without_a_box(way: Way, task: Task) -> None:
    with an_empty_home() as home:
        done(way, task, home)


def done(way: Way, task: Task, home: Home) -> None:
    """That task, from the link that `dosebell web` prints on."""
    with browsing(way.chromium, java_script_enabled=way.hands is not Unscripted) as context:
        page: Page = context.new_page()
        page.goto(home.served.link())
        task(way.hands(page), home)
