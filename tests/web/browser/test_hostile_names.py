"""Names that are markup, or run from right to left: a browser shows them, and runs nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import browsing, launched
from web_home import SCHEDULE, Home, a_home

pytestmark = pytest.mark.xdist_group("browser live")

SCRIPT = "</title><script>window.hit = 1</script>"
QUOTES = "\" onfocus=window.hit=1 autofocus x='"
ARABIC = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH} 1000"
NAMES = (SCRIPT, QUOTES, ARABIC)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as found:
        yield found


def named(name: str) -> str:
    """The schedule, where title, dose and amount are called so."""
    text = name.replace('"', '\\"')
    for ours in ("Anna's", "D3 and K2", "1 capsule"):
        assert ours in SCHEDULE
    said = SCHEDULE.replace("Anna's", text).replace("D3 and K2", text)
    return said.replace("1 capsule", text[:20])


def is_shown(page: Page, name: str) -> bool:
    expect(page.locator("main").get_by_text(name).first).to_be_visible()
    return page.evaluate("window.hit === undefined") is True


@pytest.mark.parametrize("name", NAMES, ids=["script", "quotes", "right to left"])
def test_a_name_is_text(chromium: Browser, tmp_path: Path, name: str) -> None:
    with a_home(tmp_path, named(name)) as home, browsing(chromium) as context:
        page = context.new_page()
        page.goto(home.served.link())
        for path in paths(home):
            page.goto(f"{home.served.address}{path}")
            assert is_shown(page, name), path
        page.goto(f"{home.served.address}{home.path}/schedule/dose/d3k2")
        assert page.get_by_label("Name", exact=True).input_value() == name
        assert page.evaluate("window.hit === undefined")


def paths(home: Home) -> list[str]:
    below = ("/history", "/day/2026-11-22", "/schedule", "/calendar")
    return ["/", "/boxes", *(f"{home.path}{each}" for each in below)]
