"""`dosebell web`: a page at this laptop's own address, from its first answer until it is ended."""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from dosebell_host.box.reach import Reach
from dosebell_host.sim.keyboard import typed_lines
from dosebell_host.talk import Note
from dosebell_host.web.app import make_app
from dosebell_host.web.desk import Desk, own_folder
from dosebell_host.web.guard.keys import Keys, forget_invitations
from dosebell_host.web.pages.phones import pairing_link
from dosebell_host.web.server import PageServer
from dosebell_host.web.sockets import lan_addresses, listening, port_of

Say = Callable[[str], None]


@dataclass(frozen=True)
class WebWishes:
    """What the command line asks for. Without `listen` any free port from the default one on."""

    no_open: bool = False
    listen: int | None = None
    lan: bool = False


def run(wishes: WebWishes, reach: Reach, note: Note) -> None:
    """Serve the page until a signal ends it; `note` is told what is no link.

    Raises `UserError` where the port or a home network cannot be had.
    """
    lan = lan_addresses() if wishes.lan else ()
    sockets = listening(wishes.listen, lan)
    port, folder = port_of(sockets), own_folder()
    forget_invitations(folder)
    keys = Keys(folder, port, reach.clock, time.monotonic)
    # The server is made with the app, and the app asks the server whether it ends.
    app = make_app(Desk(reach, folder), keys, port, lan)
    server = PageServer(app)
    app.state.ending = server.is_ending
    link = launch_link(keys, port)
    # Scripts wait for this line; it comes first, and only once the port answers.
    print(f"ready {link}", flush=True)
    if lan:
        _show_code(keys, lan, port, note)
    if not wishes.no_open:
        open_browser(link)
    _follow_enter(lambda: print(launch_link(keys, port), flush=True))
    server.run(sockets)


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
