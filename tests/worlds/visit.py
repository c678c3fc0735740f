"""Somebody's browser at the page of a laptop: opens pages, sends forms, reads what stands there.

visit = Visit(desk)
visit.opens("/box/0001/schedule")            the words of the page
visit.sends("/box/0001/schedule/meals", {"at.breakfast": "08:00"})     and where that leads
"""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import httpx2 as httpx

from desk import Desk as Laptop
from pages import HOME, Page

Fields = Mapping[str, str | list[str]]


class Visit:
    """A browser of the person of this laptop, or a paired phone, which may only look."""

    def __init__(self, laptop: Laptop, is_phone: bool = False) -> None:
        self.laptop = laptop
        self.status = 0
        self.source = ""
        page = Page(laptop, lan=(HOME,) if is_phone else ())
        self.app = page.app
        self._client = page.phone() if is_phone else page.visitor()

    def opens(self, path: str, status: int = 200) -> str:
        """The words of a page."""
        return self._read(self._client.get(path), status)

    def sends(self, path: str, fields: Fields, status: int = 200) -> str:
        """The words of the page that a form leads to."""
        return self._read(self.fetches(path, fields), status)

    @property
    def laptop_day(self) -> date:
        """The date on this laptop's clock, in Berlin."""
        return datetime.fromtimestamp(self.laptop.reach.clock(), ZoneInfo("Europe/Berlin")).date()

    def gets(self, path: str) -> httpx.Response:
        return self._client.get(path)

    def fetches(self, path: str, fields: Fields) -> httpx.Response:
        return self._client.post(path, data=dict(fields))

    def form(self, action: str) -> dict[str, list[str]]:
        """What the form of that action on the page holds, as a browser would send it."""
        [form] = re.findall(rf'<form method="post" action="{re.escape(action)}"[^>]*>(.*?)</form>',
                            self.source, re.DOTALL)  # fmt: skip
        return _fields(form)

    def _read(self, answer: httpx.Response, status: int) -> str:
        self.status, self.source = answer.status_code, answer.text
        assert answer.status_code == status, self.words
        return self.words

    @property
    def words(self) -> str:
        """The page as somebody reads it, on one line."""
        main = self.source.partition("<main")[2].partition("</main>")[0] or self.source
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main.partition(">")[2])).split())


def _fields(form: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = {name: html.unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        ticked = said.get("type") not in ("radio", "checkbox") or " checked" in tag
        if "name" in said and ticked:
            found.setdefault(said["name"], []).append(said.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n?(.*?)</textarea>', form,
                                 re.DOTALL):  # fmt: skip
        found[name] = [html.unescape(text)]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form,
                                    re.DOTALL):  # fmt: skip
        found[name] = re.findall(r'value="([^"]*)" selected', options)[:1] or [""]
    return found
