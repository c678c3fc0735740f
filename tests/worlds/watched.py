"""A laptop that watches simulated boxes: they are plugged in and pulled, and time passes.

desk = WatchedDesk(usb0=Box.with_schedule())
desk.look()
assert desk.views() == ["box-1 here"]
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from domain import Box
from dosebell import civil
from dosebell_host import resources
from dosebell_host.box.link import Port
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice
from dosebell_host.sim.wire import Wire
from dosebell_host.watch.shared_tables import open_shared
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.watcher import Watcher

# A port is opened anew at each look.
Opens = Callable[[], Port]


class WatchedDesk:
    """Boxes by the port at which they are plugged in. The laptop's clock goes as theirs, but for
    `ahead_s`; `plug`, `pull` and `wait` are what happens there.
    """

    def __init__(self, folder: Path, **boxes: Box) -> None:
        self.boxes = dict(boxes)
        self.ports: dict[str, Opens] = {}
        self.strangers: list[str] = []
        self.serials: dict[str, str] = {}
        self.opened: list[str] = []
        self.notes: list[str] = []
        self.ahead_s = 0.0
        self.slept_s = 0.0
        self.synchronised: bool | None = True
        self.are_ports_wanted = False
        # Whether the ports cannot be listed.
        self.fails = False
        self._began_s = next(iter(boxes.values())).world.now_ms / 1000 if boxes else 0.0
        self._waited_s = 0.0
        self._path = folder / resources.FILE_NAME
        for name, box in boxes.items():
            self.plug(name, box)
        self.reach = Reach(
            plugged=self._plugged,
            find_virtuals=list,
            mounted=list,
            open=self._open,
            clock=lambda: self.now_s + civil.UNIX_2000 + self.ahead_s,
            elapsed_s=lambda: self.now_s - self.slept_s,
        )

    @property
    def now_s(self) -> float:
        """Seconds since 2000."""
        return self._began_s + self._waited_s

    def plug(self, name: str, box: Box, serial: str = "") -> None:
        self.boxes[name] = box
        self.serials[name] = serial or name
        self.ports[name] = lambda: Wire(box.world)

    def pull(self, name: str) -> None:
        del self.ports[name]

    def watcher(self, *sinks: Sink, **options: Any) -> Watcher:
        return Watcher(
            self.reach,
            partial(open_shared, path=self._path),
            sinks,
            note=self.notes.append,
            are_ports_wanted=lambda: self.are_ports_wanted,
            synchronised=lambda: self.synchronised,
            **options,
        )

    def wait(self, seconds: float) -> None:
        """Time passes, for the laptop and for every box."""
        self._waited_s += seconds
        for box in self.boxes.values():
            box.world.run_until_ms(max(box.world.now_ms, int(self.now_s * 1000)))

    def _plugged(self) -> list[Target]:
        if self.fails:
            raise OSError(5, "Input/output error")
        boards = [Target(name, name, "Pico", self.serials.get(name, "")) for name in self.ports]
        others = [Target(name, name, "modem", is_board=False) for name in self.strangers]
        return [*boards, *others]

    def _open(self, port: str) -> Port:
        self.opened.append(port)
        if port not in self.ports:
            raise NoDevice(f"there is no port {port}")
        return self.ports[port]()
