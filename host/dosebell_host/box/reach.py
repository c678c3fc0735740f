"""How this laptop reaches boards: what is plugged in, how a port is opened, what time it is.

Whoever speaks with a box is handed one `Reach`; `Reach()` is this laptop as it is. Nothing that
takes a while to load is loaded before a port is looked for.
"""

import string
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dosebell_host.box.patience import (
    LINK_PATIENCE,
    RESTART_PATIENCE,
    LinkPatience,
    RestartPatience,
)
from dosebell_host.schedule.local_time import LaptopClock
from dosebell_host.wording import printable

if TYPE_CHECKING:
    from dosebell_host.box.link import Link, Port

# How a Pico with MicroPython names itself on USB, whichever Pico it is.
PICO_VID_PID = (0x2E8A, 0x0005)

Pause = Callable[[float], None]


@dataclass(frozen=True)
class Target:
    """A port to open. `name` is what messages call it; `serial` is the USB serial number or ""."""

    port: str
    name: str
    description: str = ""
    serial: str = ""
    is_board: bool = True


def plugged_in() -> list[Target]:
    """The USB ports of this laptop."""
    from serial.tools import list_ports

    return usb_ports(list_ports.comports())


def usb_ports(found: Iterable[Any]) -> list[Target]:
    """Those of the ports that pyserial found which are on USB."""
    return [
        Target(
            port=info.device,
            name=info.device,
            description=printable(info.product or info.description or ""),
            serial=printable(info.serial_number or ""),
            is_board=(info.vid, info.pid) == PICO_VID_PID,
        )
        for info in found
        if info.vid is not None
    ]


def running_virtuals() -> list[str]:
    """The ports of the virtual boards that run on this laptop, the one started last first."""
    from dosebell_host.box.running_virtuals import find_all

    return find_all()


def device_named(name: str) -> str | None:
    """The device_id of the box that this laptop's person calls so, or None."""
    from dosebell_host.history.store import open_history
    from dosebell_host.talk import no_note

    # Whatever is wrong with the history is told where it is used for more.
    with closing(open_history(no_note)) as history:
        return history.device_named(name)


def virtuals_trouble() -> str:
    """What keeps this laptop from finding its virtual boards, or ""."""
    from dosebell_host.box.running_virtuals import trouble

    return trouble()


def mounted() -> Iterator[Path]:
    """Where this laptop mounts a drive."""
    if sys.platform == "win32":
        yield from (Path(f"{letter}:/") for letter in string.ascii_uppercase[3:])
        return
    for root, pattern in (("/media", "*"), ("/media", "*/*"), ("/run/media", "*/*")):
        with suppress(OSError):
            yield from Path(root).glob(pattern)
    for root in ("/Volumes", "/mnt"):
        with suppress(OSError):
            yield from Path(root).glob("*")


def opened(port: str) -> "Port":
    """The port, by pyserial. Raises `NoDevice` where it can't be opened.

    A watcher on this laptop has it for a moment every second: that is waited for.
    """
    from dosebell_host.box.open_port import open_port, waiting_for_watcher

    return waiting_for_watcher(open_port, port)


def opened_at_once(port: str) -> "Port":
    """The same for a watcher itself, which comes again soon anyway."""
    from dosebell_host.box.open_port import open_port

    return open_port(port)


@dataclass(frozen=True)
class Reach:
    """How a laptop finds boards and opens ports, what its clock shows, and how it waits.

    `clock` tells Unix seconds; `elapsed_s` counts seconds from anywhere and is never set.
    """

    plugged: Callable[[], list[Target]] = plugged_in
    find_virtuals: Callable[[], list[str]] = running_virtuals
    virtuals_trouble: Callable[[], str] = virtuals_trouble
    mounted: Callable[[], Iterable[Path]] = mounted
    named: Callable[[str], str | None] = device_named
    open: Callable[[str], "Port"] = opened
    clock: LaptopClock = time.time
    elapsed_s: Callable[[], float] = time.monotonic
    pause: Pause = time.sleep
    patience: LinkPatience = LINK_PATIENCE
    restart: RestartPatience = RESTART_PATIENCE

    def link(self, target: Target, patience: LinkPatience | None = None) -> "Link":
        """A link over that port. Raises `NoDevice` where it can't be opened."""
        from dosebell_host.box.link import Link

        port = self.open(target.port)
        return Link(port, target.name, patience or self.patience, self.elapsed_s)


def at_once(reach: Reach) -> Reach:
    """The same laptop, where nobody waits for a port that another one has."""
    return replace(reach, open=opened_at_once) if reach.open is opened else reach
