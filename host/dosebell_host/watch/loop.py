"""`dosebell watch` from its first line until somebody ends it."""

import contextlib
import difflib
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dosebell_host.box.reach import Reach
from dosebell_host.box.running_loop import RunningLoop, are_ports_wanted, register, running_loop
from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.history.store import open_history
from dosebell_host.resources import config_file
from dosebell_host.talk import Note
from dosebell_host.watch.config import Configured, load
from dosebell_host.watch.database.entry import of_address as address_of_database
from dosebell_host.watch.database.make import DATABASE
from dosebell_host.watch.elsewhere import Elsewhere
from dosebell_host.watch.kind import Around
from dosebell_host.watch.mqtt.entry import MqttEntry
from dosebell_host.watch.mqtt.entry import of_address as address_of_broker
from dosebell_host.watch.mqtt.make import MQTT, forget
from dosebell_host.watch.printed import Printed, SeenEvent, noted, ready
from dosebell_host.watch.shared_tables import open_shared
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.tell.choice import chosen
from dosebell_host.watch.watcher import Watcher
from dosebell_host.wording import printable

COMMAND = "watch"
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def watch(
    reach: Reach,
    port: str | None,
    say: Callable[[SeenEvent], None],
    note: Note,
    mqtt: Sequence[str] = (),
    tells: Sequence[str] = (),
    databases: Sequence[str] = (),
) -> None:
    """Watch until a signal ends it; `say` is told line by line, `note` before the first of them.
    The addresses in `mqtt` and `databases` are those of brokers and databases beside the ones of
    the settings; `tells` names those who get messages, all where it is empty.

    Raises `UserError` where the settings are not right, or another loop runs.
    """
    entries = entries_meant(note, mqtt, tells, databases)
    with register(COMMAND) as registered, ended_by_signals() as stop:
        if registered is None:
            raise already_running(running_loop())
        tell = _one_at_a_time(say)
        hear = partial(_hear, tell)
        say(ready())
        for sentence in about_nobody(entries, note):
            hear(sentence)
        watcher_of(reach, entries, hear, [Printed(tell)], port=port).run(stop)


def watcher_of(
    reach: Reach,
    entries: list[Configured],
    note: Note,
    more: list[Sink],
    port: str | None = None,
) -> Watcher:
    """The watcher of this laptop, with the sinks of its settings and some more."""
    around = Around(note, reach, Elsewhere())
    sinks = [entry.sink(around) for entry in entries]
    return Watcher(
        reach,
        open_shared,
        [*more, *sinks],
        note=note,
        port=port,
        from_start=[entry.name for entry in entries if entry.is_from_start],
        are_ports_wanted=are_ports_wanted,
    )


def already_running(found: RunningLoop | None) -> UserError:
    """That another loop watches the boxes of this laptop."""
    which = f"`dosebell {found.command}`" if found and found.command else "another dosebell"
    where = f" at {found.url}" if found and found.url else ""
    number = f" (process {found.pid})" if found and found.pid else ""
    return UserError(
        f"{which} watches the boxes of this machine already{where}{number}",
        fix="end that one first (a service: systemctl --user stop dosebell)",
        code="watched",
    )


def try_all(
    note: Note,
    tell: Callable[[str], None],
    mqtt: Sequence[str] = (),
    tells: Sequence[str] = (),
    databases: Sequence[str] = (),
) -> None:
    """Send a test to all whom `watch` would tell: through every entry of the settings, of those
    who get messages through the ones that `tells` names, and to the brokers and the databases at
    the addresses.

    Raises `UserError`, of several `ManyErrors`, once all of them were tried.
    """
    entries = entries_meant(note, mqtt, tells, databases)
    if not entries:
        fix = "`dosebell watch --init` writes a file to begin with"
        raise UserError(f"nobody is to be told by {config_file()}", fix=fix, code="config")
    for sentence in about_nobody(entries, note):
        note(sentence)
    done, failed = [], []
    for entry in entries:
        try:
            done.append(f"{entry.name}: {entry.try_out()}")
        except UserError as error:
            where = ": ".join(each for each in (entry.where, entry.name, error.where) if each)
            failed.append(UserError(error.message, where=where, fix=error.fix, code=error.code))
    for sentence in done:
        # What went well is no result where the rest did not.
        (note if failed else tell)(sentence)
    if failed:
        raise ManyErrors(failed) if len(failed) > 1 else failed[0]


def about_nobody(entries: Sequence[Configured], note: Note) -> Iterator[str]:
    """That an entry is about a box that is not known here, in a sentence for each."""
    wanted = [(each, box) for each in entries if (box := getattr(each.entry, "box", ""))]
    if not wanted:
        return
    with contextlib.closing(open_history(note)) as history:
        names = history.names()
        known = {*names.values(), *(box.device_id for box in history.boxes())}
    for each, box in wanted:
        if box not in known:
            near = difflib.get_close_matches(box[:64], sorted(names.values()), n=1, cutoff=0.5)
            asked = f'; did you mean "{near[0]}"?' if near else "."
            yield f'{each.where}: {each.name}: no box is called "{printable(box)}" yet{asked}'


def forget_all(note: Note, mqtt: Sequence[str], tell: Callable[[str], None]) -> None:
    """Clear what the brokers of the settings, and those at the addresses, keep of every box that
    this laptop ever met.

    Raises `UserError` where a watcher runs, which would say it all again.
    """
    if running_loop() is not None:
        raise already_running(running_loop())
    entries = entries_meant(note, mqtt)
    brokers = [(e.entry, e.name) for e in entries if isinstance(e.entry, MqttEntry)]
    if not brokers:
        fix = "name one with --mqtt, or in the file of settings"
        raise UserError("no broker is named", fix=fix, code="config")
    with contextlib.closing(open_history(note)) as history:
        device_ids = [box.device_id for box in history.boxes()]
    for entry, name in brokers:
        tell(forget(entry, name, device_ids))


def entries_meant(
    note: Note,
    mqtt: Sequence[str] = (),
    tells: Sequence[str] = (),
    databases: Sequence[str] = (),
) -> list[Configured]:
    """Whom a command line means, as of `watch`. Of one broker or database there is one entry, and
    an address of what stands in the settings means that, with its password.

    Raises `UserError` where the settings or an address are not right.
    """
    path = config_file()
    found = chosen(load(path, note), tells, str(path))
    for each in (*map(_of_broker, mqtt), *map(_of_database, databases)):
        if each.name not in [entry.name for entry in found]:
            found.append(each)
    return found


def _of_broker(address: str) -> Configured:
    entry = address_of_broker(address)
    return Configured(MQTT, entry, MQTT.names(entry))


def _of_database(address: str) -> Configured:
    entry = address_of_database(address)
    return Configured(DATABASE, entry, DATABASE.names(entry))


def service_unit(command: str) -> str:
    """A unit of systemd for this user, that starts `command` at each login."""
    return f"""\
# Save this as ~/.config/systemd/user/dosebell.service, then:
#   systemctl --user enable --now dosebell
# To have it run while nobody is logged in: loginctl enable-linger
[Unit]
Description=dosebell: watches the boxes that are plugged in

[Service]
ExecStart={command} watch
Restart=on-failure
RestartSec=10

[Install]
WantedBy=default.target
"""


@contextlib.contextmanager
def ended_by_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C, a kill and a closed terminal set while the block runs."""
    stop = threading.Event()
    found = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    # Whoever started it by nohup wants it to outlive the terminal.
    numbers = [number for number in found if signal.getsignal(number) is not signal.SIG_IGN]
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def own_command() -> str:
    """How this dosebell was started, for a unit that starts it again."""
    return f'"{sys.executable}" -m dosebell_host'


def _one_at_a_time(say: Callable[[SeenEvent], None]) -> Callable[[SeenEvent], None]:
    """Threads of sinks speak, too."""
    lock = threading.Lock()

    def one(event: SeenEvent) -> None:
        with lock:
            say(event)

    return one


def _hear(tell: Callable[[SeenEvent], None], sentence: str) -> None:
    tell(noted(sentence))
