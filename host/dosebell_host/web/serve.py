"""`dosebell web`: a page at this laptop's own address, from its first answer until it is ended."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dosebell_host.box.reach import Reach
from dosebell_host.box.running_loop import (
    Registered,
    are_ports_wanted,
    register,
    running_loop,
)
from dosebell_host.errors import UserError
from dosebell_host.history.tables.tables import Tables
from dosebell_host.resources import config_file
from dosebell_host.sim.keyboard import typed_lines
from dosebell_host.talk import Note
from dosebell_host.watch.config import load
from dosebell_host.watch.database.entry import DatabaseEntry
from dosebell_host.watch.database.make import open_ward
from dosebell_host.watch.shared_tables import open_shared
from dosebell_host.watch.watcher import Watcher
from dosebell_host.web.app import make_app
from dosebell_host.web.desk import Desk, own_folder
from dosebell_host.web.guard.keys import Keys, forget_invitations, invite
from dosebell_host.web.pages.phones import pairing_link
from dosebell_host.web.server import PageServer
from dosebell_host.web.sockets import lan_addresses, listening, port_of
from dosebell_host.web.ward.line import ENDS_THERE_S, WardLine

# What the loop of this laptop is noted as.
COMMAND = "web"
_RUNS_ALREADY = (
    "dosebell web runs already, and this link opens that one. To start it in another way, end it"
    " first."
)


@dataclass(frozen=True)
class WebWishes:
    """What the command line asks for. Without `listen` any free port from the default one on."""

    no_open: bool = False
    listen: int | None = None
    lan: bool = False


def run(wishes: WebWishes, reach: Reach, note: Note, say: Note) -> None:
    """Serve the page until a signal ends it; `say` is told each link, and `note` what is none.

    One that runs already is opened instead. Raises `UserError` where the port or a home network
    cannot be had.
    """
    with register(COMMAND) as registered:
        if registered is None and (running := _running_page()):
            _show(invited_link(running, own_folder()), wishes, say)
            note(_RUNS_ALREADY)
        else:
            # Beside a `dosebell watch` both hold a port for moments only.
            _serve(wishes, reach, note, say, registered)


def _serve(
    wishes: WebWishes, reach: Reach, note: Note, say: Note, registered: Registered | None
) -> None:
    lan = lan_addresses() if wishes.lan else ()
    sockets = listening(wishes.listen, lan)
    port, folder = port_of(sockets), own_folder()
    if registered:
        forget_invitations(folder)
        registered.tell(f"http://127.0.0.1:{port}")
    keys = Keys(folder, port, reach.clock, time.monotonic)
    with watching(reach, note) as watcher:
        desk = Desk(reach, folder, watcher, ward=ward_of_settings(reach, note))
        app = make_app(desk, keys, port, lan)
        server = PageServer(app)
        # The server is made with the app, and the app asks the server whether it ends.
        app.state.ending = server.is_ending
        # Whoever has read the first line may end it at once.
        with server.capture_signals():
            # Scripts wait for this line; it comes first, and only once the port answers.
            _show(launch_link(keys, port), wishes, say)
            if keys.phones.trouble:
                note(keys.phones.trouble)
            if lan:
                _show_code(keys, lan, port, note)
            _follow_enter(lambda: say(launch_link(keys, port)))
            server.run(sockets)


def ward_of_settings(reach: Reach, note: Note) -> WardLine | None:
    """The line to the first database of the settings; None where there is none, and, as `note` is
    told, where they are not right: the boxes of this laptop have their pages all the same.
    """
    try:
        entries = [each.entry for each in load(config_file(), note)]
    except UserError as error:
        note(str(error))
        return None
    entry = next((each for each in entries if isinstance(each, DatabaseEntry)), None)
    if entry is None:
        return None
    return WardLine(partial(_tables_of, entry), reach.clock, reach.elapsed_s)


def _tables_of(entry: DatabaseEntry) -> Tables:
    return open_ward(entry, limit_s=ENDS_THERE_S).tables


@contextlib.contextmanager
def watching(reach: Reach, note: Note) -> Iterator[Watcher]:
    """A watcher of all boxes that looks in a thread of its own while the block runs."""
    watcher = Watcher(reach, open_shared, note=note, are_ports_wanted=are_ports_wanted)
    stop = threading.Event()
    thread = threading.Thread(target=watcher.run, args=(stop,), name="dosebell-loop")
    thread.start()
    try:
        yield watcher
    finally:
        stop.set()
        thread.join()


def _running_page() -> str:
    """The address of the page that runs already, "" where a loop without a page does."""
    loop = running_loop()
    return loop.url if loop else ""


def _show(link: str, wishes: WebWishes, say: Note) -> None:
    say(link)
    if not wishes.no_open:
        open_browser(link)


def invited_link(address: str, folder: Path) -> str:
    """A link into the page of another process of this user. Raises `UserError` where the folder
    that both know can't be written.
    """
    try:
        return f"{address}/enter?token={invite(folder)}"
    except OSError as error:
        fix = "press Enter in the terminal where it runs"
        message = f"dosebell web runs already, and {folder} cannot be used ({error.strerror})"
        raise UserError(message, fix=fix, code="file") from None


def launch_link(keys: Keys, port: int) -> str:
    """A link that lets a browser of this laptop in, once."""
    return f"http://127.0.0.1:{port}/enter?token={keys.launch_token()}"


def open_browser(link: str) -> None:
    """Open it where there is a screen; a browser that lives in the terminal is not wanted."""
    has_screen = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if sys.platform.startswith("linux") and not has_screen:
        return
    import webbrowser

    # Some browsers keep their caller waiting.
    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _show_code(keys: Keys, lan: tuple[str, ...], port: int, note: Note) -> None:
    import segno

    link = pairing_link(keys, lan, port)
    note("To let a phone of this network look, point its camera at this:")
    if sys.stderr.isatty():
        segno.make(link, error="m").terminal(sys.stderr, compact=True)
    note(link)
    note("It is good for one phone, for ten minutes. What it shows goes unencrypted.")


def _follow_enter(fresh: Callable[[], None]) -> None:
    """Make a fresh link at every Enter."""

    def read() -> None:
        for _ in typed_lines():
            fresh()

    # A thread that is never joined: what it waits for may not come before the end.
    threading.Thread(target=read, daemon=True).start()
