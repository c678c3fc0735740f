"""Somebody's browser at the page of a laptop: opens pages, sends forms, reads what stands there.

visit = Visit(desk, folder)
visit.opens("/box/0001/schedule")            the words of the page
visit.sends("/box/0001/schedule/meals", {"at.breakfast": "08:00"})     and where that leads
"""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2 as httpx
from starlette.testclient import TestClient

from desk import Desk as Laptop
from dosebell_host.box.reach import Reach
from dosebell_host.web.app import make_app
from dosebell_host.web.desk import Desk
from dosebell_host.web.guard.keys import Keys

PORT = 8722
HERE = f"http://127.0.0.1:{PORT}"
Fields = Mapping[str, str | list[str]]


class Visit:
    """A browser of the person of this laptop; `folder` is the page's own, and `reach` how it
    reaches boxes, where that is not as the laptop does; a paired phone may only look.
    """

    def __init__(
        self, laptop: Laptop, folder: Path, reach: Reach | None = None, is_phone: bool = False
    ) -> None:
        self.laptop = laptop
        self.status = 0
        self.source = ""
        keys = Keys(folder, PORT, laptop.reach.clock, lambda: 0.0)
        self.app = make_app(Desk(reach or laptop.reach, folder), keys, PORT)
        self._client = TestClient(self.app, base_url=HERE)
        if is_phone:
            self._client.cookies.set(keys.cookie_name, keys.phones.add("Anna's phone"))
        else:
            self._client.get("/enter", params={"token": keys.launch_token()})

    def opens(self, path: str, status: int = 200) -> str:
        """The words of a page."""
        return self._read(self._client.get(path), status)

    def sends(self, path: str, fields: Fields, status: int = 200) -> str:
        """The words of the page that a form leads to."""
        answer = self._client.post(path, data=dict(fields), headers={"Origin": HERE})
        return self._read(answer, status)

    @property
    def laptop_day(self) -> date:
        """The date on this laptop's clock, in Berlin."""
        return datetime.fromtimestamp(self.laptop.reach.clock(), ZoneInfo("Europe/Berlin")).date()

    def gets(self, path: str) -> httpx.Response:
        return self._client.get(path)

    def fetches(self, path: str, fields: Fields) -> httpx.Response:
        return self._client.post(path, data=dict(fields), headers={"Origin": HERE})

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
