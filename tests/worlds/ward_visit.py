"""Somebody at the page of a ward, on a laptop that has met no box.

visit = WardVisit(ward_of_people([Person("anna", "Anna")]))
assert "Anna" in visit.reads("/ward").words
"""

import tempfile
from contextlib import closing
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from desk import Desk
from domain import D3K2_DOSE, Box, plan
from dosebell import civil
from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.link import Link
from dosebell_host.errors import UserError
from dosebell_host.history.store import open_history
from dosebell_host.history.tables.tables import Tables
from dosebell_host.schedule.local_time import day_number, read_date
from dosebell_host.sim.wire import Wire
from dosebell_host.talk import no_note
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.ward import Batch, Ward
from dosebell_host.web.ward.line import TRIES_AGAIN_S, WardLine
from pages import HOME, Page
from visits import Read

DROPS_TWICE = '[[dose]]\nid = "drops"\nname = "DROPS"\nat = ["08:00", "20:00"]\n'


class WardDatabase:
    """The tables of a ward, as the pages of a laptop ask them; nobody answers while `is_gone`."""

    def __init__(self, tables: Tables, laptop: Desk) -> None:
        self.tables = tables
        self.elapsed_s = 0.0
        self.is_gone = False
        self.line = WardLine(self._opened, laptop.reach.clock, lambda: self.elapsed_s)

    def goes(self) -> None:
        self.is_gone = True
        self.line.hang_up()

    def comes_back(self) -> None:
        self.is_gone = False
        self.elapsed_s += TRIES_AGAIN_S

    def _opened(self) -> Tables:
        if self.is_gone:
            raise UserError("no database answers", where="db.local", fix="start it there")
        return Lent(self.tables)


class Lent:
    """Tables that stay when a connection to them is closed."""

    def __init__(self, tables: Tables) -> None:
        self.rows, self.write = tables.rows, tables.write

    def close(self) -> None:
        pass


class WardVisit:
    """A browser of the laptop, or a paired phone, at the page."""

    def __init__(self, tables: Tables, is_phone: bool = False) -> None:
        self.laptop = Desk()
        self.database = WardDatabase(tables, self.laptop)
        self.page = Page(self.laptop, lan=(HOME,), ward=self.database.line)
        self.client: TestClient = self.page.phone() if is_phone else self.page.visitor()

    def gets(self, path: str) -> Response:
        return self.client.get(path)

    def reads(self, path: str, code: int = 200) -> Read:
        answer = self.gets(path)
        assert answer.status_code == code, answer.text
        return Read(answer.text)


def box_of_two(tables: WardTables) -> str:
    """A box that was Anna's for two weeks, and is Berta's since; its device_id. On Anna's last day
    nobody took anything.
    """
    box = Box.with_schedule(plan(D3K2_DOSE, DROPS_TWICE), at="2026-11-02 06:00")
    for day in range(2, 23):
        for at in ("07:40", "08:05", "20:10"):
            box.until(f"2026-11-{day:02} {at}")
            if day != 15:
                box.press()
    device_id = bring(box.until("2026-11-23 06:00"), tables)
    for person, since in (("Anna", "2026-11-02"), ("Berta", "2026-11-16")):
        row = (device_id, person, day_number(read_date(since, "since")))
        tables.write("INSERT INTO persons VALUES (?, ?, ?)", [row])
    return device_id


def bring(box: Box, tables: WardTables, gateway: str = "trolley-1") -> str:
    """A gateway reads that box, and brings all of it to the ward; its device_id."""
    now = box.world.now_ms / 1000 + civil.UNIX_2000
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_history(no_note, Path(folder, "history.db"))) as history,
    ):
        client = Client(Link(Wire(box.world), "the box"))
        contact = meet(client, history, no_note, laptop=lambda: now)
        hello = contact.hello
        ward = Ward(tables, lambda: now)
        for journal in history.journals.of(hello.device_id):
            ward.add(
                Batch(
                    device_id=hello.device_id,
                    usb_serial="",
                    board=hello.board,
                    revision=hello.revision,
                    gateway=gateway,
                    journal=journal,
                    lines=tuple(history.lines_between(hello.device_id, journal, 0, 1 << 40)),
                    schedules={hello.revision: contact.lines},
                    name="",
                    seen_s=now,
                )
            )
    return hello.device_id
