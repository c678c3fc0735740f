"""What every contact with a box does before anything else.

Who is there, is its clock right, what has it noted since the last time, and which schedule is in
force: the answers are kept in the history of this laptop.
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property

from dosebell.plan import Plan
from dosebell_host.box import clock_verdict
from dosebell_host.box.client import Client
from dosebell_host.box.fetch import fetch
from dosebell_host.box.hello import Hello
from dosebell_host.box.ports import resolve
from dosebell_host.box.reach import Reach
from dosebell_host.box.told_apart import told_apart
from dosebell_host.box.transfer import read_schedule
from dosebell_host.errors import DeviceRefused, UserError
from dosebell_host.history.store import History, open_history
from dosebell_host.schedule.lines import is_of, known, plan_of
from dosebell_host.schedule.local_time import LaptopClock, LocalTime, from_unix, laptop_local_time
from dosebell_host.talk import Note, Progress, no_progress

_UNREADABLE = "the schedule on the box cannot be read here"
_HOW_TO_READ = "upgrade dosebell on this laptop, or push a schedule again"


@dataclass
class Contact:
    """A box that answered. `lines` are those of the schedule in force; none without one, or where
    this release cannot read it.
    """

    client: Client
    hello: Hello
    history: History
    lines: list[str]
    laptop: LaptopClock = time.time
    # That of the board on USB, "" where it is not known.
    usb_serial: str = ""

    @cached_property
    def plan(self) -> Plan:
        """The schedule in force, as the box reads it."""
        return plan_of(self.lines)

    @property
    def is_plan_unknown(self) -> bool:
        """Whether the box has a schedule that this release cannot read."""
        return bool(self.hello.revision) and not self.lines

    def check_plan_known(self) -> None:
        """Raise `UserError` where nothing can be done without knowing the schedule in force."""
        if self.is_plan_unknown:
            raise UserError(_UNREADABLE, fix=_HOW_TO_READ, code="lines")

    @property
    def local(self) -> LocalTime:
        """Local times where the person lives; the laptop's own without a schedule."""
        return LocalTime(self.plan.zone) if self.lines else laptop_local_time(self.laptop())

    @property
    def now_s(self) -> int:
        """Now by the box's clock, else by the laptop's, in seconds since 2000."""
        return from_unix(self.hello.utc if self.hello.utc is not None else self.laptop())

    def look_again(self) -> None:
        """Ask the box anew who it is and what it has noted.

        One that cannot tell has said so at the meeting, and what was done meanwhile is done.
        """
        self.hello = told_apart(self.history, self.client.hello(), self.usb_serial)
        with suppress(DeviceRefused):
            fetch(self.client, self.history, self.hello)


def meet(
    client: Client,
    history: History,
    note: Note,
    *,
    sync: bool = True,
    port: str | None = None,
    usb_serial: str = "",
    laptop: LaptopClock = time.time,
    progress: Progress = no_progress,
) -> Contact:
    """Greet the box, read what it has noted, and set its clock where that is ours to do.

    A box with a dead flash refuses some of that, and is met all the same. `note` is told what a
    person should hear beside the result of the command; `port` is the one that this person named,
    for what they should type next.
    """
    client.tell(note)
    said = client.hello()
    hello = told_apart(history, said, usb_serial)
    _notice_wiped(history, hello, usb_serial, note)
    _notice_copied(history, said, hello, note)
    _read_journal(client, history, hello, note, progress)
    if sync:
        hello = _sync_clock(client, history, hello, laptop, note, port, usb_serial)
    history.note_box(hello.met(usb_serial, laptop()))
    lines = _schedule_of(client, history, hello, note)
    contact = Contact(client, hello, history, known(hello.revision, lines), laptop, usb_serial)
    if lines and contact.is_plan_unknown:
        note(
            f"{_UNREADABLE.capitalize()}, so only what the box itself says of it is told:"
            f" {_HOW_TO_READ}."
        )
    return contact


def _read_journal(
    client: Client, history: History, hello: Hello, note: Note, progress: Progress
) -> None:
    try:
        fetched = fetch(client, history, hello, progress)
    except DeviceRefused as refusal:
        note(
            f"What the box has noted since this laptop last read it is not known:"
            f" {refusal.message}."
        )
        return
    for sentence in fetched.sentences():
        note(sentence)


def _sync_clock(
    client: Client,
    history: History,
    hello: Hello,
    laptop: LaptopClock,
    note: Note,
    port: str | None,
    usb_serial: str,
) -> Hello:
    """Who is there once its clock is set, if that is to be; the box notes that it was."""
    verdict = clock_verdict.judge_clock(hello, laptop())
    if verdict.action == clock_verdict.SET:
        try:
            client.clock_set(laptop)
        except DeviceRefused as refusal:
            apart = clock_verdict.difference_text(verdict.ahead_s)
            note(f"The box's clock is {apart}, and could not be set: {refusal.message}.")
            return hello
    if sentence := verdict.sentence(port):
        note(sentence)
    if verdict.action == clock_verdict.SET:
        hello = told_apart(history, client.hello(), usb_serial)
        # A box that cannot tell has said so before.
        with suppress(DeviceRefused):
            fetch(client, history, hello)
    return hello


def _notice_wiped(history: History, hello: Hello, usb_serial: str, note: Note) -> None:
    """A board known by its USB serial number that calls itself another box was wiped."""
    known = history.boxes()
    if not usb_serial or any(box.device_id == hello.device_id for box in known):
        return
    if any(box.usb_serial == usb_serial for box in known):
        note(
            "This board was erased since this laptop last met it: it has forgotten its schedule"
            " and its journal. What it had noted before is still in the history here."
        )


def _notice_copied(history: History, said: Hello, hello: Hello, note: Note) -> None:
    """A board that this laptop meets for the first time, and that says another one's id."""
    if hello.device_id != said.device_id and not _is_known(history, hello):
        note(
            f"This board says the id of another one that this laptop knows, {said.device_id}, but"
            " has another USB serial number: its flash was copied from that board, or that one's"
            f" from it. What it notes is kept apart, under {hello.device_id}."
        )


def _is_known(history: History, hello: Hello) -> bool:
    return any(box.device_id == hello.device_id for box in history.boxes())


def _schedule_of(client: Client, history: History, hello: Hello, note: Note) -> list[str]:
    """The lines in force, known or not: from the history where it has them, else from the box."""
    if not hello.revision:
        return []
    lines = history.schedule(hello.revision)
    if lines is None or not is_of(hello.revision, lines):
        try:
            lines = read_schedule(client)
        except DeviceRefused as refusal:
            note(f"What the schedule on the box says is not known: {refusal.message}.")
            return []
        if is_of(hello.revision, lines):
            history.save_schedule(hello.revision, lines)
    return lines


@contextmanager
def session(
    port: str | None,
    note: Note,
    reach: Reach,
    *,
    sync: bool = True,
    progress: Progress = no_progress,
    kept_in: History | None = None,
) -> Iterator[Contact]:
    """A contact with the board that `port` means, as `ports.resolve` reads it.

    What it reads goes to the history that is open already, else to this laptop's.
    """
    target = resolve(port, reach)
    client = Client(reach.link(target))
    opened = nullcontext(kept_in) if kept_in else closing(open_history(note))
    with closing(client), opened as history:
        yield meet(
            client,
            history,
            note,
            sync=sync,
            port=port,
            usb_serial=target.serial,
            laptop=reach.clock,
            progress=progress,
        )
