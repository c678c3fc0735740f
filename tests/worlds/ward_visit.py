"""Somebody at the page of a ward, on a laptop that has met no box.

visit = WardVisit(ward_of_people([Person("anna", "Anna")]))
assert "Anna" in visit.reads("/ward").words
"""

import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from desk import Desk
from domain import Box
from dosebell import civil
from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.link import Link
from dosebell_host.errors import UserError
from dosebell_host.history.store import Tables, open_history
from dosebell_host.sim.wire import Wire
from dosebell_host.talk import no_note
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.ward import Batch, Ward
from dosebell_host.web.ward.line import WardLine
from pages import HOME, Page
from visits import Read
from ward_people import NOW


class WardVisit:
    """A browser at that page; the database answers until it is `gone`."""

    def __init__(self, tables: Tables, is_phone: bool = False, at: float = NOW) -> None:
        self.laptop = Desk()
        self.laptop.ahead_s = at - NOW
        self.elapsed_s = 0.0
        self.gone: UserError | None = None
        self._tables = tables
        line = WardLine(self._open, self.laptop.reach.clock, lambda: self.elapsed_s)
        self.page = Page(self.laptop, lan=(HOME,), ward=line)
        self.client: TestClient = self.page.phone() if is_phone else self.page.visitor()

    def gets(self, path: str) -> Response:
        return self.client.get(path)

    def reads(self, path: str, code: int = 200) -> Read:
        answer = self.gets(path)
        assert answer.status_code == code, answer.text
        return Read(answer.text)

    def loses_the_database(self) -> None:
        self.gone = UserError("no database answers", where="db.local", fix="start it there")
        assert self.page.desk.ward is not None
        self.page.desk.ward.hang_up()

    def _open(self) -> Tables:
        if self.gone is not None:
            raise self.gone
        return _Kept(self._tables)


@dataclass
class _Kept:
    """Tables that stay when a connection to them is closed."""

    tables: Tables
    close_count: int = field(default=0)

    def __post_init__(self) -> None:
        self.rows, self.write = self.tables.rows, self.tables.write

    def close(self) -> None:
        self.close_count += 1


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
        for journal in history.journals(hello.device_id):
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
