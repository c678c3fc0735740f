"""Messages: a service that takes them, refuses, or hangs, and somebody who is told by it."""

import threading
from functools import partial
from pathlib import Path
from typing import Any

from dosebell_host.errors import UserError
from dosebell_host.history.store import open_history
from dosebell_host.watch.kind import Around
from dosebell_host.watch.tell.entry import SecretAddress, TellEntry
from dosebell_host.watch.tell.service import MessageService
from dosebell_host.watch.tell.tell_sink import TellSink
from dosebell_host.watch.tell.whose import Persons
from dosebell_host.watch.watcher import Watcher
from watched import WatchedDesk

SECRET = "s3cret"
URL = f"tgram://{SECRET}:token/1"


class FakeService:
    """Takes messages while it `works`; while it `hangs`, nobody gets an answer."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.tried = 0
        self.works = True
        self.answers = threading.Event()
        self.answers.set()

    def check(self, address: SecretAddress) -> None:
        """All is well with it."""

    def send(self, address: SecretAddress, text: str) -> None:
        self.tried += 1
        self.answers.wait()
        if not self.works:
            raise UserError(f"{address} did not take the message")
        self.taken.append(text)


class ToldPerson:
    """One who is told of what happens at a desk, by rules as the settings have them."""

    def __init__(self, desk: WatchedDesk, folder: Path, *when: str, **more: Any) -> None:
        self.desk = desk
        self.folder = folder
        self.service = FakeService()
        self._said = {"name": "anna", "url": URL, "when": list(when), **more}
        self.watcher = self._start()

    def _start(self) -> Watcher:
        entry, around = TellEntry.read(self._said), Around(self.desk.notes.append)
        history = partial(open_history, self.desk.notes.append, self.folder / "history.sqlite3")
        self.sink = TellSink(
            entry,
            "tell anna",
            around,
            MessageService(self.service, entry.url, limit_s=0.05),
            Persons(history),
            self.folder / "told.json",
        )
        return self.desk.watcher(self.sink)

    def killed(self) -> None:
        """The program ends at once, and starts again."""
        self.sink.close()
        self.watcher = self._start()

    def look(self, seconds: float = 0) -> list[str]:
        """What is told once so much time has passed."""
        before = len(self.service.taken)
        self.desk.wait(seconds)
        for _ in range(2):
            # A record that is new is offered after the views.
            self.watcher.look()
            self.desk.wait(1)
            self.sink.tell()
        return self.service.taken[before:]

    def close(self) -> None:
        self.watcher.close()
