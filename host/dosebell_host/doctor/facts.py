"""What `dosebell doctor` finds out, as far as it gets; it judges nothing and changes nothing.

The clock is measured and left alone, and the records that are new are saved on this laptop as at
every contact. What the box refuses to tell, because its firmware is older or its flash fails,
leaves the other answers as they are.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TypeVar

from dosebell_host.box import clock_drift
from dosebell_host.box.client import Client
from dosebell_host.box.clock_drift import Offset
from dosebell_host.box.fetch import Fetched, fetch
from dosebell_host.box.hello import Hello
from dosebell_host.box.ports import resolve
from dosebell_host.box.reach import Reach, Target
from dosebell_host.box.replies import BoxStatus, DeviceInfo
from dosebell_host.box.told_apart import told_apart
from dosebell_host.doctor.laptop import Laptop, PortFacts, holders, look, look_at_port
from dosebell_host.errors import DeviceRefused, UserError
from dosebell_host.history.records import Entry
from dosebell_host.history.store import History, open_history
from dosebell_host.schedule.lines import known, plan_of, title_of
from dosebell_host.talk import Progress, no_progress

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class BoxFacts:
    """What a box tells. What it refuses to tell is the refusal.

    `laptop_s` is this laptop's clock when the box said hello, in Unix seconds; `before` are the
    other boxes that this very board has been; `troubles` are those of the saved history. `title`
    and the number of `doses` are those of its schedule, as far as this laptop knows it.
    """

    hello: Hello
    laptop_s: float
    status: BoxStatus | DeviceRefused
    info: DeviceInfo | DeviceRefused
    crash: tuple[str, ...] = ()
    offset: Offset | None = None
    last_set: Entry | None = None
    fetched: Fetched | DeviceRefused = field(default_factory=lambda: Fetched(0, 0, False))
    title: str = ""
    doses: int = 0
    before: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that is known. `named` is the port that the person named, None for the one found.

    `trouble` is why there is no `box`, or why it can't be asked; `heard` is what answered instead.
    """

    laptop: Laptop
    named: str | None = None
    target: Target | None = None
    port: PortFacts | None = None
    trouble: UserError | None = None
    heard: tuple[str, ...] = ()
    box: BoxFacts | None = None

    @property
    def is_virtual(self) -> bool:
        return self.box is not None and self.box.hello.virtual


def gather(named: str | None, reach: Reach, progress: Progress = no_progress) -> Facts:
    """Look at the laptop, the port and the box, until something is in the way."""
    here = look()
    try:
        target = resolve(named, reach)
    except UserError as trouble:
        return Facts(here, named, trouble=trouble)
    port = look_at_port(target.port)
    try:
        link = reach.link(target)
    except UserError as trouble:
        if trouble.code == "busy":
            port = replace(port, holders=holders(target.port))
        return Facts(here, named, target, port, trouble)
    with closing(link):
        try:
            box = ask(Client(link), target.serial, reach, progress)
        except UserError as trouble:
            # It was asked several times, and may have said the same each time.
            return Facts(here, named, target, port, trouble, tuple(dict.fromkeys(link.heard)))
    return Facts(here, named, target, port, box=box)


def ask(client: Client, usb_serial: str, reach: Reach, progress: Progress) -> BoxFacts:
    """Ask the box all there is. Raises `UserError` where it goes away or can't be understood."""
    hello, laptop_s = client.hello(), reach.clock()
    # One that lives at a time of its own has no drift.
    offset = None if hello.virtual else clock_drift.measure(client, reach.clock, reach.pause)
    info = _answer(client.device_info)
    troubles: list[str] = []
    with closing(open_history(troubles.append)) as history:
        hello = told_apart(history, hello, usb_serial)
        fetched = _answer(lambda: fetch(client, history, hello, progress))
        history.note_box(hello.met(usb_serial, laptop_s))
        lines = known(hello.revision, history.schedule(hello.revision) or [])
        return BoxFacts(
            hello=hello,
            laptop_s=laptop_s,
            status=_answer(client.status),
            info=info,
            crash=_crash(client, info),
            offset=offset,
            last_set=clock_drift.last_set(history.entries(hello.device_id)),
            fetched=fetched,
            title=title_of(lines),
            doses=len(plan_of(lines).doses),
            before=_before(history, hello, usb_serial),
            troubles=tuple(troubles),
        )


def _answer(question: Callable[[], Answer]) -> Answer | DeviceRefused:
    try:
        return question()
    except DeviceRefused as refusal:
        return refusal


def _crash(client: Client, info: DeviceInfo | DeviceRefused) -> tuple[str, ...]:
    """The lines of the last traceback."""
    if isinstance(info, DeviceRefused) or info.crash is None:
        return ()
    return client.device_crash()


def _before(history: History, hello: Hello, usb_serial: str) -> tuple[str, ...]:
    """The boxes that this board was before it was erased, known by its USB serial number."""
    return tuple(
        box.device_id
        for box in history.boxes()
        if usb_serial and box.usb_serial == usb_serial and box.device_id != hello.device_id
    )
