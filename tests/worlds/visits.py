"""Somebody at the page, beside a laptop and a box: what they open, press and read.

    visit = Visit(Box.with_schedule().until("07:31"))
    assert visit.reads("/").buttons == ["Take D3K2, due 07:30", ...]
    assert visit.presses("/", "Take D3K2, due 07:30") == ["d3k2 of ...: taken at 07:31."]

Each request is answered by the whole application, guards included. What a page shows of a box is
what a watcher would have seen at that moment, unless `visit.watcher.is_looking` is turned off.
"""

from dataclasses import replace
from html.parser import HTMLParser

from httpx2 import Response

from desk import Desk as Terminal
from domain import Box
from dosebell_host.actions.status import read_status
from dosebell_host.box.contact import session
from dosebell_host.box.reach import Target, opened
from dosebell_host.errors import DeviceRefused, NoDevice
from dosebell_host.schedule.lines import title_of
from dosebell_host.talk import no_note
from dosebell_host.watch.view import BoxView, Presence
from pages import HOME, Page

_VOID = {"meta", "link", "input", "br", "hr"}


class Looking:
    """A watcher that asks the box anew at each look, for as long as it `is_looking`."""

    def __init__(self, terminal: Terminal) -> None:
        self.is_looking = True
        self._terminal = terminal
        self._seen: dict[str, BoxView] = {}

    def views(self) -> tuple[BoxView, ...]:
        if self.is_looking:
            self._look()
        return tuple(self._seen.values())

    def wait(self, after: int, timeout_s: float) -> int:
        return max(after, 0)

    def _look(self) -> None:
        reach = self._terminal.reach
        try:
            with session(None, no_note, reach, sync=False) as contact:
                status = read_status(contact)
                names = contact.history.names()
        except (NoDevice, DeviceRefused):
            self._seen = {name: _gone(view) for name, view in self._seen.items()}
            return
        device_id = status.hello.device_id
        self._seen[device_id] = BoxView(
            device_id,
            names.get(device_id, ""),
            title_of(status.lines),
            Presence.HERE,
            reach.clock(),
            status,
            "usb",
        )


def _gone(view: BoxView) -> BoxView:
    return BoxView(
        view.device_id, view.name, view.title, Presence.AWAY, view.heard_at, view.status
    )


class Read(HTMLParser):
    """A page as somebody reads it: words, headings, buttons, links and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.headings: list[tuple[int, str]] = []
        self.buttons: list[str] = []
        self.links: dict[str, str] = {}
        self.told: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        # By the words of a button, where its form goes and what it sends.
        self.forms: dict[str, tuple[str, dict[str, str]]] = {}
        self._inside: list[tuple[str, dict[str, str], list[str]]] = []
        self._form: tuple[str, dict[str, str]] = ("", {})
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        self.elements.append((tag, said))
        if tag == "form":
            self._form = said.get("action", ""), {}
        if tag == "input" and "name" in said:
            self._form[1][said["name"]] = said.get("value", "")
        if tag not in _VOID:
            self._inside.append((tag, said, []))

    def handle_data(self, data: str) -> None:
        for _, _, words in self._inside:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        opened, said, parts = self._inside.pop()
        assert opened == tag, (opened, tag)
        words = " ".join("".join(parts).split())
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append((int(tag[1]), words))
        if tag == "a":
            self.links[words] = said["href"]
        if tag == "button":
            self.buttons.append(words)
            action, fields = self._form
            own = {said["name"]: said["value"]} if "name" in said else {}
            self.forms[words] = action, {**fields, **own}
        if tag == "p" and any(outer[1].get("class") == "told" for outer in self._inside):
            self.told.append(words)
        if tag == "main":
            self.words = words


class Visit:
    """A browser that is let in; `box` is plugged in, or nothing is."""

    def __init__(self, box: Box | None = None, is_phone: bool = False) -> None:
        self.terminal = Terminal(box)
        self.watcher = Looking(self.terminal)
        page = Page(self.terminal, self.watcher, (HOME,))
        self.app = page.app
        self.client = page.phone() if is_phone else page.visitor()

    def use(self, watcher: Looking) -> None:
        """From now on that one watches."""
        self.watcher = watcher
        self.app.state.desk = replace(self.app.state.desk, watcher=watcher)

    def plug_in(self, port: str) -> None:
        """From now on that port is the one board here, spoken with over a real line."""
        board = Target(port, "the board")
        reach = replace(self.terminal.reach, plugged=lambda: [board], open=opened)
        self.terminal.reach = reach
        self.app.state.desk = replace(self.app.state.desk, reach=reach)

    def posts(self, action: str, **fields: str) -> Response:
        """Send a form, and go nowhere after it."""
        return self.client.post(action, data=fields, follow_redirects=False)

    @property
    def device_id(self) -> str:
        """That of the first box that is known."""
        with session(None, no_note, self.terminal.reach, sync=False) as contact:
            return contact.hello.device_id

    def reads(self, path: str, code: int = 200) -> Read:
        answer = self.client.get(path)
        assert answer.status_code == code, answer.text
        return Read(answer.text)

    def gets(self, path: str) -> "tuple[int, dict[str, str], bytes]":
        answer = self.client.get(path)
        return answer.status_code, dict(answer.headers), answer.content

    def presses(self, path: str, button: str, **typed: str) -> list[str]:
        """Press a button of a page, with that typed into its form; what the next page tells."""
        action, fields = self.reads(path).forms[button]
        return self.sends(action, **{**fields, **typed})

    def sends(self, action: str, **fields: str) -> list[str]:
        """Send a form, as from a page that was loaded at any time; what the next page tells."""
        answer = self.posts(action, **fields)
        assert answer.status_code == 303, answer.text
        return self.reads(answer.headers["location"]).told
