"""Somebody at a page, who goes by mouse or by keyboard alone.

hands.presses("Take D3 and K2, due 07:30")     a button or a link, by what it says
hands.types("Breakfast at", "08:00")           a field, by its label

A task is written once, and done by each.
"""

from typing import Protocol

from playwright.sync_api import Download, Locator, Page, expect

# More stops than any page has.
_MOST_STOPS = 400
# A busy browser scrolls to where the focus is, and draws it, some frames later.
_STOP = """async (wanted) => {
  const look = () => {
    const now = document.activeElement, box = now.getBoundingClientRect();
    const style = getComputedStyle(now);
    return {
      there: now === wanted,
      lost: now === document.body || now === document.documentElement,
      what: now.outerHTML.slice(0, 120),
      seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
        && box.width > 0 && box.height > 0,
    };
  };
  let stop = look();
  for (let frames = 60; frames && !stop.lost && !stop.seen; frames--) {
    await new Promise(requestAnimationFrame);
    stop = look();
  }
  return stop;
}"""


class Hands(Protocol):
    """What a person does at a page."""

    page: Page

    def __init__(self, page: Page) -> None: ...

    def presses(self, words: str) -> None:
        """A button, or a link, that says so."""

    def types(self, label: str, text: str) -> None:
        """Over what stands in that field."""

    def chooses(self, label: str) -> None:
        """Of several."""


def said(page: Page, words: str) -> Locator:
    """The one thing to press that says so."""
    button = page.get_by_role("button", name=words, exact=True)
    link = page.get_by_role("link", name=words, exact=True)
    found = button.or_(link)
    expect(found, words).to_have_count(1)
    return found


def field(page: Page, label: str) -> Locator:
    """The one field to type in with that label."""
    fillable = page.locator("input, textarea, select")
    found = page.get_by_label(label).and_(fillable)
    expect(found, label).to_have_count(1)
    return found


class Mouse:
    """A person with a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def presses(self, words: str) -> None:
        said(self.page, words).click()

    def types(self, label: str, text: str) -> None:
        field(self.page, label).fill(text)

    def chooses(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()


class Keyboard:
    """A person without a mouse, who must always see where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def presses(self, words: str) -> None:
        self._goes_to(said(self.page, words))
        self.page.keyboard.press("Enter")

    def types(self, label: str, text: str) -> None:
        wanted = field(self.page, label)
        self._goes_to(wanted)
        if wanted.get_attribute("type") == "date":
            # Its parts are typed one after the other, in the order of where the person lives.
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
        expect(wanted).to_have_value(text)

    def chooses(self, label: str) -> None:
        """A group of radio buttons is one stop; arrows go on within it."""
        wanted = self.page.get_by_label(label, exact=True)
        group = wanted.evaluate("(each) => each.type === 'radio' ? each.name : ''")
        if not group:
            self._goes_to(wanted)
            self.page.keyboard.press("Space")
            return
        self._goes_to(self.page.locator(f'input[name="{group}"]:checked'))
        for _ in range(_MOST_STOPS):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {label}")

    def _goes_to(self, wanted: Locator) -> None:
        element = wanted.element_handle()
        lost = 0
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_STOP, element)
            # After the last stop the browser's own come, once round.
            lost += stop["lost"]
            assert lost <= 1, f"no way by keyboard to {wanted}"
            assert stop["lost"] or stop["seen"], f"the focus is not seen at {stop['what']}"
            if stop["there"]:
                return
        raise AssertionError(f"no way by keyboard to {wanted}")


def downloaded(hands: Hands, words: str) -> Download:
    """The file that comes of pressing that."""
    with hands.page.expect_download() as coming:
        hands.presses(words)
    return coming.value
