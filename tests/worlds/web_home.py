"""A home at whose page somebody sits: a box with a month behind it, served at a real port.

with a_home(tmp_path) as home:
    home.box.until("07:31")
    home.served.link()

A request, the watcher and a test may want the simulated box at once; it is lent to one of them at
a time, as a port is.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from threading import Lock

from desk import USB, Desk
from domain import Box
from dosebell_host.box.link import Port
from dosebell_host.box.reach import Target
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.web.desk import Watching
from dosebell_host.web.serve import watching
from pages import HOME, AtPort, at_a_port
from visits import Looking

SCHEDULE = """\
version = 1
title = "Anna's"
timezone = "Europe/Berlin"

[meals]
breakfast = { at = "07:30", fat_g = 12 }   # two eggs
lunch = "12:30"

[[dose]]
id = "d3k2"
name = "D3 and K2"
take = "1 capsule"
place = 3
with = ["breakfast", "lunch"]
days = "daily"
stock = { count = 60, low = 8 }
contents = [
  { nutrient = "vitamin-d3", amount = 1000, unit = "IU" },
  { nutrient = "vitamin-k2", form = "MK-7", amount = 100, unit = "mcg" },
]

[[dose]]
id = "drops"
name = "Eye drops"
at = ["08:00", "20:00"]
days = "daily"

[person]
age = 52
medicines = []
"""
TODAY = date(2026, 11, 23)
BEGAN = date(2026, 10, 20)


class _Lent(Wire):
    """A line to the box that nobody else has until it is closed."""

    def __init__(self, world: World, lock: Lock) -> None:
        lock.acquire()
        self._lock = lock
        super().__init__(world)

    def close(self) -> None:
        if self.is_open:
            super().close()
            self._lock.release()


class SharedDesk(Desk):
    """A laptop whose one box several threads speak with, in turn. It is `plugged` in at first."""

    def __init__(self, box: Box | None = None) -> None:
        super().__init__(box)
        self.lock = Lock()
        self.is_plugged = box is not None
        self.reach = replace(self.reach, plugged=self._plugged)

    def until(self, text: str) -> None:
        """Time goes on to that local time, here and in the box."""
        assert self.box is not None
        with self.lock:
            self.box.until(text)

    def presses(self) -> None:
        """Somebody presses the button of the box."""
        assert self.box is not None
        with self.lock:
            self.box.press()

    def _plugged(self) -> list[Target]:
        return [USB] if self.is_plugged else []

    def _open(self, port: str) -> Port:
        return _Lent(self.box.world, self.lock) if self.box else super()._open(port)


@dataclass
class Home:
    """The laptop, and its page as it is served."""

    desk: SharedDesk
    served: AtPort

    @property
    def box(self) -> Box:
        assert self.desk.box is not None
        return self.desk.box

    @property
    def path(self) -> str:
        """Where the pages of the box begin."""
        return f"/box/{self.box.app.box.device_id}"


def lived_in(schedule: str = SCHEDULE) -> Box:
    """A box that was answered for a month; on every seventh day nobody was there."""
    box = Box.with_schedule(schedule, at=f"{BEGAN} 06:00")
    for day in range((TODAY - BEGAN).days):
        for at in ("07:40", "08:05", "20:10"):
            box.until(f"{BEGAN + timedelta(day)} {at}")
            if day % 7:
                box.press()
    return box.until(f"{TODAY} 07:00")


@contextmanager
def a_home(folder: Path, schedule: str = SCHEDULE, at: str = "07:31") -> Iterator[Home]:
    """A home that has lived with its box for a month, on a Monday morning at that time."""
    desk = _laptop(folder, schedule, at)
    with _served(desk) as home:
        yield home


@contextmanager
def an_empty_home() -> Iterator[Home]:
    """A laptop that has met no box."""
    with _served(SharedDesk()) as home:
        yield home


@contextmanager
def a_watched_home(folder: Path, at: str = "07:29") -> Iterator[Home]:
    """The same home with the watcher of `dosebell web`, which looks every second."""
    desk = _laptop(folder, SCHEDULE, at)
    told: list[str] = []
    reach = replace(desk.reach, elapsed_s=time.monotonic)
    with watching(reach, told.append) as watcher, _served(desk, watcher) as home:
        yield home


def _laptop(folder: Path, schedule: str, at: str) -> SharedDesk:
    file = folder / "anna.toml"
    file.write_text(schedule, encoding="utf-8")
    desk = SharedDesk(lived_in(schedule))
    pushed = desk.types("push", file, "--yes")
    assert pushed.exit_code == 0, pushed.output
    desk.until(at)
    return desk


@contextmanager
def _served(desk: SharedDesk, watcher: Watching | None = None) -> Iterator[Home]:
    # The browser is told that this machine is where a phone looks for the laptop.
    with at_a_port(desk, watcher=watcher or Looking(desk), lan=(HOME,)) as served:
        yield Home(desk, served)
