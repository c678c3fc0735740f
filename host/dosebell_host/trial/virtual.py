"""`dosebell virtual`: a virtual Pico from its first instant until someone stops it."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dosebell import civil, clock, record, schedule
from dosebell.journal import Journal
from dosebell.plan import Plan
from dosebell.store import CRASH, Files, Store
from dosebell_host.box.file_lock import is_locked
from dosebell_host.box.running_virtuals import register
from dosebell_host.errors import UsageError, UserError
from dosebell_host.resources import keep_private
from dosebell_host.schedule.local_time import LocalTime, day_text, laptop_local_time, read_here
from dosebell_host.schedule.plan_file import next_due_s
from dosebell_host.schedule.values import show
from dosebell_host.sim import keyboard
from dosebell_host.sim.endpoints import Endpoint
from dosebell_host.sim.flash import FolderFiles, MemoryFiles
from dosebell_host.sim.observed import Observer
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.plain import PlainLines
from dosebell_host.sim.serve import Server, open_endpoint
from dosebell_host.sim.world import World
from dosebell_host.trial.leap import BEFORE_NEXT_S, Leap
from dosebell_host.wizard.moment_words import WhichMoment, as_programs_write

# Locked in the folder while a virtual Pico runs there.
_GUARD = "running"
# What of its folder is the flash of the box.
_KEPT = (_GUARD, *FolderFiles.FOLDERS, CRASH.removeprefix("/"))

Complain = Callable[[str], None]


@dataclass(frozen=True)
class VirtualWishes:
    """What the command line asks for. Without `start`, `at_next` and `speed` it is now."""

    speed: float | None = None
    start: str | None = None
    at_next: bool = False
    state: Path | None = None
    tcp: int | None = None


def run(wishes: VirtualWishes, complain: Complain, now_s: int) -> None:
    """Serve a virtual Pico; `complain` is told of input that is not understood, and `now_s` is the
    laptop's time in seconds since 2000.

    Raises `UserError` where the wishes do not go together or can't be had.
    """
    with _flash(wishes.state) as files:
        pace = _pace(wishes, files, now_s)
        _check_not_before_last_seen(files, pace.now_ms() // 1000, now_s)
        world = World(pace.now_ms() // 1000, files)
        observer = Observer(world)
        world.power_on()
        endpoint = _endpoint(wishes.tcp)
        server = Server(world, endpoint, pace)
        leap = Leap(world, pace) if wishes.at_next and _plan(files) is None else None
        with register(endpoint.url), _ended_by_signals(server):
            # Scripts wait for this line; it comes first, and only once the port can be opened.
            print(f"ready {endpoint.url}", flush=True)
            if leap:
                complain("Push a schedule to it: soon after, its next dose is due in 20 s.")
            _show_while_running(server, observer, endpoint.url, complain, leap)


def _show_while_running(
    server: Server, observer: Observer, url: str, complain: Complain, leap: Leap | None
) -> None:
    if not (keyboard.is_ours(sys.stdin) and keyboard.is_ours(sys.stdout)):
        server.on_pass = _both(PlainLines(observer).on_pass, leap)
        keyboard.follow(server, lambda line: keyboard.on_line(server, line, complain), True)
        server.run()
        return
    # Only here, because it takes rich a while to load.
    from dosebell_host.sim.display import FRAME_S, Display

    with keyboard.single_keys(), Display(observer, url, server.pace.speed) as display:
        server.on_pass, server.longest_sleep_s = _both(display.on_pass, leap), FRAME_S
        keyboard.follow(server, lambda key: keyboard.on_key(server, key), False)
        server.run()


def _both(show: Callable[[], None], leap: Leap | None) -> Callable[[], None]:
    def on_pass() -> None:
        show()
        if leap:
            leap.on_pass()

    return on_pass


@contextlib.contextmanager
def _ended_by_signals(server: Server) -> Iterator[None]:
    """Let Ctrl-C, a kill and a closed terminal end the server as the key q does."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(number, lambda *_: server.stop()) for number in numbers]
    # In the background, putting the terminal back must not suspend us.
    if hasattr(signal, "SIGTTOU"):
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextlib.contextmanager
def _flash(folder: Path | None) -> Iterator[Files]:
    """The files of the box: in a folder that no other virtual Pico uses, or in memory."""
    if folder is None:
        yield MemoryFiles()
        return
    try:
        files = FolderFiles(folder)
        keep_private(folder, _KEPT)
        guard = (folder / _GUARD).open("w")
    except OSError as error:
        message = f"{folder} cannot be used ({error.strerror})"
        fix = "name a folder you may write to"
        raise UserError(message, where="--state", fix=fix, code="state") from None
    with guard:
        if is_locked(guard):
            fix = "stop that one, or name another folder"
            message = f"another virtual Pico is running in {folder}"
            raise UserError(message, where="--state", fix=fix, code="state")
        yield files


def _pace(wishes: VirtualWishes, files: Files, now_s: int) -> Pace:
    """Where time begins and how fast it goes; the laptop's own time unless asked otherwise."""
    if wishes.start is not None and wishes.at_next:
        raise UsageError(
            "--start and --at-next both say when to start", fix="take one of them out"
        )
    speed = 1.0 if wishes.speed is None else wishes.speed
    plan = _plan(files)
    if wishes.at_next and plan:
        return Pace(_before_next_s(plan, files, now_s) * 1000, speed)
    if wishes.start is not None:
        return Pace(_start_s(wishes.start, files, now_s) * 1000, speed)
    return Pace.of_this_laptop() if wishes.speed is None else Pace(now_s * 1000, speed)


def _start_s(typed: str, files: Files, now_s: int) -> int:
    """`--start`, in the zone of the schedule that is there, else in the laptop's."""
    local = _local(files, now_s)
    text = as_programs_write(typed, "--start", WhichMoment(local.date(now_s)))
    start_s = local.read(text, "--start") if _plan(files) else read_here(text, "--start")
    if not clock.plausible(start_s):
        message = f"no box believes a clock that shows {show(typed)}"
        raise UsageError(message, where="--start", fix="start in the years 2025 to 2099")
    return start_s


def _before_next_s(plan: Plan, files: Files, now_s: int) -> int:
    due_s = next_due_s(plan, max(now_s, _last_seen_s(files)) + BEFORE_NEXT_S)
    if due_s is None:
        fix = "push one that goes on"
        raise UserError("the schedule in it has come to its end", fix=fix, code="no-schedule")
    return due_s - BEFORE_NEXT_S


def _check_not_before_last_seen(files: Files, start_s: int, now_s: int) -> None:
    """A clock that shows less than the box has seen has lost its time, so the box would say."""
    seen_s = _last_seen_s(files)
    if start_s < seen_s:
        seen = _local(files, now_s).datetime(seen_s)
        raise UserError(
            f"this box has seen {day_text(seen.date(), True)} {seen:%H:%M:%S} already",
            fix="start later with --start, or name another --state folder",
            code="state",
        )


def _local(files: Files, now_s: int) -> LocalTime:
    """Times where the schedule is that is there, else by this laptop."""
    plan = _plan(files)
    return LocalTime(plan.zone) if plan else laptop_local_time(now_s + civil.UNIX_2000)


def _plan(files: Files) -> Plan | None:
    lines = Store(files).read("schedule")
    return schedule.parse(lines) if lines else None


def _last_seen_s(files: Files) -> int:
    """The last time that the box noted; 0 where it never ran."""
    lines = Store(files).read("seen")
    return max(Journal(files).recall().seen_s, record.from_unix(lines[0]) if lines else 0)


def _endpoint(tcp: int | None) -> Endpoint:
    try:
        return open_endpoint(tcp)
    except OSError as error:
        message = f"port {tcp} cannot be had ({os.strerror(error.errno or 0)})"
        fix = "name another one, or 0 for any that is free"
        raise UserError(message, where="--tcp", fix=fix, code="tcp") from None
