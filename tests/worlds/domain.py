"""A box in a world, in the words of the people who use it: local times, presses, what it shows.

A test builds its situation in two or three lines and then compares whole values:

    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.until("07:31")
    assert box.press() == "taken"
    assert box.story() == ["07:30 ringing d3k2/0 breakfast", "07:31 taken d3k2/0"]

What happened is read from the flash and from what the board was told to show, never from what
the firmware says of itself.
"""

import io
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from dosebell import civil, pattern
from dosebell.app import App
from dosebell.board import View
from dosebell.button import DEBOUNCE_MS
from dosebell.store import Files
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import Compiled, compile_schedule
from dosebell_host.sim.board import SimulatedBatteryClock
from dosebell_host.sim.flash import MemoryFiles
from dosebell_host.sim.world import World

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SEARCHING_MS = 300
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MEALS = '[meals]\nbreakfast = "07:30"\nlunch = "12:30"\ndinner = "18:30"\n'

# What a story leaves out of a record's detail, and how it says the rest.
LEFT_OUT = {"d", "late_s", "n", "at", "open", "board", "revision", "step_s"}
SAID_BY_KEY = {"off", "soon", "backfilled", "clock", "undone"}
SAID_BY_VALUE = {"meal", "why", "by"}


def dose(ident: str, *lines: str, days: str = '"daily"') -> str:
    """One dose as TOML; `lines` are what it has beyond its id, its name and its days."""
    body = "\n".join(lines)
    return f'[[dose]]\nid = "{ident}"\nname = "{ident.upper()}"\ndays = {days}\n{body}\n'


def plan(*parts: str, zone: str = "Europe/Berlin", alerts: str = "", meals: str = MEALS) -> str:
    """A schedule as TOML, with three meals."""
    head = f'version = 1\ntimezone = "{zone}"\n[alerts]\n{alerts}\n'
    return head + meals + "".join(parts)


# Breakfast at 07:30, else lunch at 12:30; the one that most people start with.
D3K2_DOSE = dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"')
D3K2 = plan(D3K2_DOSE)
# Two that ring at one time, and two times a day of one dose.
IRON_DOSE = dose("iron", 'at = ["07:30"]')
DROPS_DOSE = dose("drops", 'at = ["08:00", "20:00"]')
DROPS = plan(DROPS_DOSE)


def due_names(view: View) -> list[str]:
    """Names of what rings or is snoozed."""
    return [each.name for each in view.open if each.state in ("ringing", "snoozed")]


@cache
def compiled(text: str) -> Compiled:
    return compile_schedule(read_file.parse(text, "test.toml"))


def utc_of(text: str, zone: str) -> int:
    """Seconds since 2000 of "2026-11-23 07:30" on that zone's wall, or of "... 07:30Z"."""
    if text.endswith("Z"):
        moment = datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    else:
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return int((moment - EPOCH).total_seconds())


def framed(request: object) -> bytes:
    """A request as it goes over the wire, sealed without the product's help."""
    body = json.dumps(request).encode()
    return b"%s*%08x\n" % (body, zlib.crc32(body))


class RefusedError(Exception):
    """The box said no; the text is its reason."""


@dataclass(frozen=True)
class Entry:
    """A record as a reader of the flash sees it; `at` is the local time, None while unset."""

    seq: int
    boot: int
    at: datetime | None
    trust: str
    kind: str
    dose: str
    date: str
    slot: str
    detail: dict[str, str]

    @property
    def occurrence(self) -> tuple[str, str, str]:
        return self.dose, self.date, self.slot


def entry_of(line: str, zone: str) -> Entry:
    seq, boot, utc, trust, kind, dose_id, date, slot, detail = line.split(" ")
    at = None if utc == "-" else datetime.fromtimestamp(int(utc), ZoneInfo(zone))
    pairs = {} if detail == "-" else dict(pair.split("=", 1) for pair in detail.split(","))
    return Entry(int(seq), int(boot), at, trust, kind, dose_id, date, slot, pairs)


class Flash(MemoryFiles):
    """A flash that can refuse to be written, and that tells of each change around it."""

    def __init__(self) -> None:
        super().__init__()
        # Paths that begin so can't be written now; "" for none.
        self.refuses = ""
        # Called with (what, path) before each change, and after it.
        self.before: Callable[[str, str], None] = _nothing
        self.after: Callable[[str, str], None] = _nothing

    def open(self, path: str, mode: str) -> Any:
        if "r" in mode:
            return super().open(path, mode)
        with self.change("open", path):
            return _Writing(self, path, self.contents.get(path, b"") if "a" in mode else b"")

    def rename(self, old: str, new: str) -> None:
        with self.change("rename", new):
            super().rename(old, new)

    def remove(self, path: str) -> None:
        with self.change("remove", path):
            super().remove(path)

    @contextmanager
    def change(self, what: str, path: str) -> Iterator[None]:
        if self.refuses and path.startswith(self.refuses):
            raise OSError(28, "no space left on the flash")
        self.before(what, path)
        yield
        self.after(what, path)


class _Writing(io.BytesIO):
    """A file being written; what it holds is on flash as a whole once it is flushed."""

    def __init__(self, flash: Flash, path: str, content: bytes) -> None:
        super().__init__()
        self._flash = flash
        self._path = path
        self.write(content)

    def flush(self) -> None:
        with self._flash.change("flush", self._path):
            self._flash.contents[self._path] = self.getvalue()

    def close(self) -> None:
        try:
            if not self.closed:
                self.flush()
        finally:
            super().close()


def _nothing(what: str, path: str) -> None:
    pass


class Box:
    """A powered box and the world around it. Times are what its own clock on the wall shows."""

    def __init__(self, at: str, zone: str, battery_clock: bool, files: Files | None) -> None:
        self.zone = zone
        self.files = Flash() if files is None else files
        start_s = utc_of(at, zone)
        self.world = World(start_s, self.files, battery_clock, seed="test")
        self._began = datetime.fromtimestamp(start_s + civil.UNIX_2000, ZoneInfo(zone)).date()
        self._told = 0
        self._number = 0

    @classmethod
    def with_schedule(
        cls,
        text: str = D3K2,
        at: str = "2026-11-23 07:00",
        *,
        battery_clock: bool = True,
        files: Files | None = None,
    ) -> "Box":
        """A box that is on, has its clock set by the host and this schedule in force."""
        box = cls.bare(at, _zone(text), battery_clock=battery_clock, files=files)
        box.set_clock(at)
        box.push(text)
        box.begin_story()
        return box

    @classmethod
    def bare(
        cls,
        at: str = "2026-11-23 07:00",
        zone: str = "Europe/Berlin",
        *,
        battery_clock: bool = False,
        files: Files | None = None,
    ) -> "Box":
        """A box that is on, and knows no schedule and no more of the time than its clock does."""
        box = cls(at, zone, battery_clock, files)
        box.world.power_on()
        return box

    # Time.

    @property
    def app(self) -> App:
        assert self.world.app is not None, "the box is off"
        return self.world.app

    @property
    def now_s(self) -> int:
        return self.world.now_s + self._ahead_s

    @property
    def now(self) -> str:
        return self._local(self.now_s).strftime("%Y-%m-%d %H:%M:%S")

    def at(self, text: str) -> int:
        """Seconds since 2000 of "2026-11-24 07:30", or of the next "07:30" on its wall."""
        if "-" in text:
            return utc_of(text, self.zone)
        day = self._local(self.now_s).date()
        found = utc_of(f"{day} {text}", self.zone)
        return found if found > self.now_s else utc_of(f"{day + timedelta(1)} {text}", self.zone)

    def until(self, text: str) -> "Box":
        wait_s = self.at(text) - self.now_s
        assert wait_s >= 0, f"{text} has passed, it is {self.now}"
        self.world.run_until(self.world.now_s + wait_s)
        return self

    def wait(self, seconds: int = 0, *, minutes: int = 0, hours: int = 0, ms: int = 0) -> "Box":
        span_ms = (seconds + 60 * minutes + 3600 * hours) * 1000 + ms
        self.world.run_until_ms(self.world.now_ms + span_ms)
        return self

    def set_clock(self, text: str, *, force: bool = False, ms: int = 0) -> int:
        """What `clock.set` says to that local time: the step in seconds."""
        utc = self.at(text) + civil.UNIX_2000
        step_s: int = self.request("clock.set", utc=utc, ms=ms, force=force)["step_s"]
        return step_s

    # Power.

    @property
    def battery_clock(self) -> SimulatedBatteryClock:
        found = self.world.board.rtc
        assert isinstance(found, SimulatedBatteryClock)
        return found

    def power_cut(self, since: str, until: str) -> "Box":
        self.until(since)
        off_at_s = self.now_s
        self.world.power_off()
        self.world.run_until(self.world.now_s + self.at(until) - off_at_s)
        self.world.power_on()
        return self

    def reset(self) -> "Box":
        """What the watchdog does."""
        self.world.power_on("reset")
        return self

    @property
    def due(self) -> list[str]:
        """Names of what rings or is snoozed, as the board is told."""
        return due_names(self.app.view)

    # The button.

    def press(self, held_ms: int = 200) -> str:
        """Press and let go; the answer that is shown then, "" where there is none."""
        # Nobody is so quick: a button that is down from the very start asks for service instead.
        if self.app.button.wait_ms() <= DEBOUNCE_MS:
            self.wait(ms=DEBOUNCE_MS)
        self.world.press(held_ms)
        return self.app.view.answer

    def press_long(self) -> str:
        return self.press(2500)

    def press_very_long(self) -> str:
        return self.press(8500)

    # The wire.

    def request(self, method: str, **params: object) -> dict[str, Any]:
        """The result; raises `RefusedError` with the reason where the box says no.

        While the box looks through its journal it is asked again, as a laptop does.
        """
        reply = self.reply(method, params)
        while "error" in reply and reply["error"]["data"]["reason"] == "searching":
            self.wait(ms=SEARCHING_MS)
            reply = self.reply(method, params)
        if "error" in reply:
            raise RefusedError(reply["error"]["data"]["reason"])
        result: dict[str, Any] = reply["result"]
        return result

    def refusal(self, method: str, **params: object) -> str:
        """The reason why the box says no; "" where it says yes."""
        try:
            self.request(method, **params)
        except RefusedError as reason:
            return str(reason)
        return ""

    def reply(self, method: str, params: object) -> dict[str, Any]:
        self._number += 1
        request = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        [reply] = self.feed(framed(request))
        assert (reply["jsonrpc"], reply["id"]) == ("2.0", self._number)
        return reply

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """The replies to these bytes, each a whole frame that the host would believe."""
        return [_believed(line) for line in self.world.feed(data).splitlines(keepends=True)]

    def push(self, text: str, *, commit: bool = True) -> dict[str, Any]:
        made = compiled(text)
        self.request("schedule.begin", count=len(made.lines), hash=made.hash)
        for n, line in enumerate(made.lines):
            self.request("schedule.line", n=n, line=line)
        if not commit:
            return {}
        self.zone = _zone(text)
        return self.request("schedule.commit", hash=made.hash)

    def row(self, dose_id: str) -> dict[str, Any]:
        """What `dose.list` says of one dose."""
        start: int | None = 0
        while start is not None:
            page = self.request("dose.list", **{"from": start})
            for row in page["rows"]:
                if row["dose"] == dose_id:
                    return dict(row)
            start = page["next"]
        raise KeyError(dose_id)

    # What can be seen.

    @property
    def light(self) -> str:
        return self.world.board.light

    @property
    def sound(self) -> str:
        return self.world.board.sound

    def begin_story(self) -> None:
        """Forget what happened so far."""
        entries = self.entries()
        self._told = entries[-1].seq + 1 if entries else 0
        self._began = self._local(self.now_s).date()
        self.world.board.outputs.clear()

    def entries(self) -> list[Entry]:
        """Every record on flash, without snapshots."""
        lines = journal_lines(self.files)
        return [e for e in (entry_of(line, self.zone) for line in lines) if e.kind != "snapshot"]

    def story(self, *kinds: str) -> list[str]:
        """The records as short lines: local time, kind, dose/slot and what is worth saying."""
        return [
            self._said(entry)
            for entry in self.entries()
            if entry.seq >= self._told and (not kinds or entry.kind in kinds)
        ]

    def shown(self) -> list[tuple[str, str, str]]:
        """(local time, light, sound) at each change of what the board was told to show."""
        found: list[tuple[str, str, str]] = []
        for output in self.world.board.outputs:
            at = self._local(output.at_ms // 1000 + self._ahead_s).strftime("%H:%M:%S")
            if not found or found[-1][1:] != (output.light, output.sound):
                found.append((at, output.light, output.sound))
        return found

    def sounds(self) -> list[tuple[str, str]]:
        """(local time, sound) at each change of the sound."""
        found: list[tuple[str, str]] = [("", pattern.SILENT)]
        found += [(at, sound) for at, _, sound in self.shown()]
        return [two for one, two in pairwise(found) if one[1] != two[1]]

    def lights(self) -> list[tuple[str, str]]:
        """(local time, light) at each change of the light."""
        found: list[tuple[str, str]] = [("", pattern.OFF)]
        found += [(at, light) for at, light, _ in self.shown()]
        return [two for one, two in pairwise(found) if one[1] != two[1]]

    def diary(self) -> list[str]:
        """Every effect from here on, in order: lights, sounds, and kinds of records written."""
        effects: list[str] = []
        known = {path: len(data) for path, data in self._logs().items()}

        shows = [(self.light, self.sound)]

        def shown(view: View) -> None:
            if shows[-1] != (view.light, view.sound):
                shows.append((view.light, view.sound))
                effects.append(f"{view.light}, {view.sound}")

        def written(what: str, path: str) -> None:
            if what != "flush" or not path.startswith("/log/"):
                return
            fresh = self._logs()[path][known.get(path, 0) :]
            known[path] = known.get(path, 0) + len(fresh)
            kinds = [line.split(" ")[4] for line in _payloads(fresh)]
            effects.append("wrote " + " ".join(kind for kind in kinds if kind != "snapshot"))

        assert isinstance(self.files, Flash)
        self.world.board.on_show, self.files.after = shown, written
        return effects

    def _logs(self) -> dict[str, bytes]:
        assert isinstance(self.files, MemoryFiles)
        return {
            path: data for path, data in self.files.contents.items() if path.startswith("/log/")
        }

    @property
    def _ahead_s(self) -> int:
        """How far the box's clock is ahead of the world; a clock that knows nothing is right."""
        if self.world.app is not None and self.app.box.clock.trusted:
            return self.app.box.clock.now_s - self.world.now_s
        rtc = self.world.board.rtc
        return int(getattr(rtc, "offset_ms", 0)) // 1000

    def _local(self, utc_s: int) -> datetime:
        return datetime.fromtimestamp(utc_s + civil.UNIX_2000, ZoneInfo(self.zone))

    def _said(self, entry: Entry) -> str:
        words = ["unset" if entry.at is None else self._time(entry.at), entry.kind]
        if entry.dose != "-":
            words.append(entry.dose + ("" if entry.date == "-" else f"/{entry.slot}"))
        if entry.at is not None and entry.date not in ("-", f"{entry.at.date()}"):
            words.append(f"of {entry.date[5:]}")
        for key, value in entry.detail.items():
            words += self._said_pair(entry.kind, key, value)
        return " ".join(words)

    def _said_pair(self, kind: str, key: str, value: str) -> Iterator[str]:
        if key in LEFT_OUT or (key == "left" and kind != "stock"):
            return
        if key in SAID_BY_KEY:
            yield key
        elif key in SAID_BY_VALUE:
            yield value
        elif key in ("from", "to"):
            at = datetime.fromtimestamp(int(value), ZoneInfo(self.zone))
            yield f"{key} {self._time(at)}"
        else:
            yield f"{key} {value}"

    def _time(self, at: datetime) -> str:
        day = "" if at.date() == self._began else WEEKDAYS[at.weekday()] + " "
        if abs((at.date() - self._began).days) > 6:
            day = f"{at:%m-%d} "
        return f"{day}{at:%H:%M:%S}".removesuffix(":00")


def journal_lines(files: Files) -> list[str]:
    """The payload of every line of every segment, oldest first; damaged lines left out."""
    lines: list[str] = []
    for name in files.names("/log"):
        with files.open("/log/" + name, "rb") as file:
            lines += _payloads(file.read())
    return lines


def _payloads(data: bytes) -> list[str]:
    found = []
    for line in data.splitlines(keepends=True):
        body, _, check = line.rpartition(b"*")
        if check == b"%08x\n" % zlib.crc32(body):
            found.append(body.decode())
    return found


def _believed(line: bytes) -> dict[str, Any]:
    """A reply, which has to be an ASCII frame of at most 1024 bytes."""
    assert len(line) <= 1024 and line.isascii() and line.endswith(b"\n"), line
    [payload] = _payloads(line)
    reply: dict[str, Any] = json.loads(payload)
    return reply


def _zone(text: str) -> str:
    return read_file.parse(text, "test.toml").timezone
