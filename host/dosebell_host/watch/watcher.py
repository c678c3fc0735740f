"""The loop of a watcher: every box of this laptop, as it comes and goes.

A look lists the ports, glances at each box whose turn it is, and tells the sinks how all are. Who
answers is looked at every second, for a box that rings is to be seen soon; where nobody does, ever
more rarely, for that may be a board that somebody programs. A port is held for a moment only, and
none at all while another command wants them for itself.

A look by itself knows no threads: tests let it take place when they like. `run` looks again and
again, and has the glances made by a few threads, so that a journal that takes a minute to read
keeps nobody waiting. What comes of a glance is put into the views under one lock, and whoever
waits for a change is woken.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from dosebell_host.box.clock_verdict import SET_FROM_S
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.box.reach import Reach, Target, at_once
from dosebell_host.errors import UserError
from dosebell_host.history.store import History, KnownBox
from dosebell_host.schedule.lines import local_of, title_of
from dosebell_host.talk import Note
from dosebell_host.watch.glance import Heard, glance
from dosebell_host.watch.laptop_clock import Remembered, is_synchronised
from dosebell_host.watch.meant_ports import MeantPorts
from dosebell_host.watch.offers import Offers
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.view import BoxView, Presence

LOOK_EVERY_S = 1.0
# A port at which nobody answers is asked after so long, and twice as long each time.
_LONGEST_BACK_OFF_S = 64.0
# How many boxes are spoken with at a time.
THREADS = 8
# So soon whoever sets the event that ends the loop is obeyed.
_SLICE_S = 0.1
# The laptop slept, or its clock was set, where that went on by so much more than time did.
_JUMP_S = 30.0

# Starts a job: at once, or in a thread of its own.
Start = Callable[[Callable[[], None]], object]
# Opens the history, and tells of its troubles.
OpenHistory = Callable[[Note], History]


class StoppedError(Exception):
    """The loop ends; a journal that is being read is left for the next start."""


@dataclass
class _Port:
    """A port, and who answered there last."""

    target: Target
    heard: Heard | None = None
    device_id: str = ""
    next_s: float = 0.0
    failed: int = 0
    is_asked: bool = False


def no_one_wants_ports() -> bool:
    """Where no other command is to be made way for."""
    return False


class Watcher:
    """Watches the boxes that `reach` finds, or the one at `port` only.

    `open_history` opens what threads may share; `note` is told what a person should hear, each
    thing once. The sinks named in `from_start` are told all that is kept of a box that is new to
    them, the others what happens from now on. `are_ports_wanted` tells whether a command wants the
    ports for itself, and
    `synchronised` whether this laptop's clock is kept right by others.
    """

    def __init__(
        self,
        reach: Reach,
        open_history: OpenHistory,
        sinks: Sequence[Sink] = (),
        *,
        note: Note,
        port: str | None = None,
        from_start: Collection[str] = (),
        are_ports_wanted: Callable[[], bool] = no_one_wants_ports,
        synchronised: Callable[[], bool | None] = is_synchronised,
    ) -> None:
        self._reach = at_once(reach)
        self._note = note
        self._port = port
        self._are_ports_wanted = are_ports_wanted
        self._synchronised = Remembered(synchronised, reach.elapsed_s)
        self._history = open_history(note)
        self._offers = Offers(self._history, sinks, note, reach.elapsed_s, from_start)
        self._lock = threading.Condition()
        self._ports: dict[str, _Port] = {}
        self._views: dict[str, BoxView] = {}
        self._change = 0
        self._told: dict[str, set[str]] = {}
        self._meant = MeantPorts(port, self._reach)
        self._clocks = (reach.clock(), reach.elapsed_s())
        self._settles = False
        self._woken = threading.Event()
        self._stop = threading.Event()

    def views(self) -> tuple[BoxView, ...]:
        """Every box as it was last known, by what people call it."""
        with self._lock:
            return tuple(sorted(self._views.values(), key=lambda view: (view.called, view.port)))

    def wait(self, after: int, timeout_s: float) -> int:
        """How many changes there were, once that is more than `after`, or after so long."""
        with self._lock:
            self._lock.wait_for(lambda: self._change > after, timeout_s)
            return self._change

    def look(self) -> None:
        """Look at every box whose turn it is, one after the other, and tell the sinks."""
        self._glance_at_all(lambda job: job())
        self._tell_sinks()

    def run(self, stop: threading.Event) -> None:
        """Look again and again until `stop` is set; then nothing is open any more."""
        self._stop = stop
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="dosebell-watch")
        try:
            while not stop.is_set():
                self._woken.clear()
                self._glance_at_all(pool.submit)
                self._tell_sinks()
                self._rest(stop)
        finally:
            pool.shutdown(cancel_futures=True)
            self.close()

    def close(self) -> None:
        """Nobody is looked at any more."""
        self._offers.close()
        self._history.close()

    def _rest(self, stop: threading.Event) -> None:
        """Until the next look, or until something has come that the sinks are to be told."""
        until_s = self._reach.elapsed_s() + LOOK_EVERY_S
        while self._reach.elapsed_s() < until_s and not self._woken.is_set():
            if stop.wait(_SLICE_S):
                return

    # Which ports there are.

    def _glance_at_all(self, start: Start) -> None:
        if self._has_jumped():
            self._settles = True
            for port in self._ports.values():
                port.next_s = 0.0
        self._survey()
        now_s = self._reach.elapsed_s()
        is_wanted = self._are_ports_wanted()
        for port in list(self._ports.values()):
            if port.is_asked or not port.target.is_board:
                continue
            if is_wanted:
                self._not_there(port, Presence.BUSY, "Another dosebell command works with it now.")
            elif port.next_s <= now_s:
                port.is_asked = True
                start(partial(self._ask, port))

    def _has_jumped(self) -> bool:
        """Whether more time has passed by the clock than was lived through here, or less."""
        clock_s, elapsed_s = self._reach.clock(), self._reach.elapsed_s()
        before = self._clocks
        self._clocks = (clock_s, elapsed_s)
        return abs((clock_s - before[0]) - (elapsed_s - before[1])) > _JUMP_S

    def _survey(self) -> None:
        self._show_known()
        try:
            found = {target.port: target for target in self._meant.targets(self._is_silent)}
        except (UserError, OSError) as error:
            self._say_once("", {str(error)})
            found = {}
        else:
            self._told.pop("", None)
        for name, port in list(self._ports.items()):
            # Another board at a port of the same name is another board.
            if found.get(name) != port.target:
                del self._ports[name]
                self._told.pop(name, None)
        for name, target in found.items():
            self._ports.setdefault(name, _Port(target))
        for view in self.views():
            port_now = self._ports.get(view.port)
            if view.port and (port_now is None or port_now.device_id not in ("", view.device_id)):
                self._put(replace(view, presence=Presence.AWAY, port="", trouble=""))

    def _is_silent(self, target: Target) -> bool:
        port = self._ports.get(target.port)
        return port is not None and port.failed > 0

    # Who answers.

    def _ask(self, port: _Port) -> None:
        """Glance at one port; whatever comes of it, the loop goes on."""
        try:
            heard = glance(
                port.target,
                self._reach,
                self._history,
                port.heard,
                self._synchronised,
                self._go_on_reading,
            )
        except StoppedError:
            return
        except UserError as error:
            self._failed(port, error)
        except Exception as error:
            # A mistake of ours with one box must not keep the others from being watched.
            self._failed(port, UserError(f"dosebell itself failed ({error!r})"))
        else:
            self._answered(port, heard)
        finally:
            port.is_asked = False
            self._woken.set()

    def _go_on_reading(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise StoppedError

    def _answered(self, port: _Port, heard: Heard) -> None:
        port.heard, port.failed = heard, 0
        port.device_id = heard.hello.device_id
        port.next_s = self._reach.elapsed_s() + LOOK_EVERY_S
        names = self._history.names()
        view = BoxView(
            port.device_id,
            names.get(port.device_id, ""),
            title_of(heard.status.lines),
            Presence.HERE,
            self._reach.clock(),
            heard.status,
            port.target.port,
        )
        self._put(view)
        for sentence in heard.notes:
            self._note(f"{view.called}: {sentence}")
            self._offers.look_back(port.device_id)
        kind, sentence = heard.clock
        self._say_once(port.device_id, {f"{view.called}: {sentence}"} if sentence else set(), kind)

    def _failed(self, port: _Port, error: UserError) -> None:
        is_busy = error.code == "busy"
        port.failed += 1
        wait_s = LOOK_EVERY_S if is_busy else LOOK_EVERY_S * (1 << min(port.failed, 10))
        port.next_s = self._reach.elapsed_s() + min(wait_s, _LONGEST_BACK_OFF_S)
        if not is_busy:
            port.heard = None
        presence = Presence.BUSY if is_busy else Presence.SILENT
        self._not_there(port, presence, " ".join(str(error).split()))

    # What is known of all boxes.

    def _not_there(self, port: _Port, presence: Presence, trouble: str) -> None:
        device_id = port.device_id or self._by_serial(port.target)
        with self._lock:
            before = self._views.get(device_id)
        if before is None:
            if presence is Presence.SILENT:
                self._say_once(port.target.port, {trouble})
            return
        if before.is_here and before.port not in ("", port.target.port):
            # It answers at another port.
            return
        self._put(replace(before, presence=presence, port=port.target.port, trouble=trouble))

    def _by_serial(self, target: Target) -> str:
        known = self._history.boxes() if target.serial else []
        return next((box.device_id for box in known if box.usb_serial == target.serial), "")

    def _show_known(self) -> None:
        """Boxes that this laptop has met before and that have not been seen yet are away."""
        names = self._history.names()
        for box in filter(self._is_meant, self._history.boxes()):
            name = names.get(box.device_id, "")
            with self._lock:
                view = self._views.get(box.device_id)
            if view is None:
                self._put(self._away(box, name))
            elif view.name != name:
                self._put(replace(view, name=name))

    def _is_meant(self, box: KnownBox) -> bool:
        if self._port is None:
            return True
        device_id = self._history.device_named(self._port) or ""
        return box.device_id == (device_id or self._port.removeprefix(ID_PREFIX))

    def _away(self, box: KnownBox, name: str) -> BoxView:
        lines = self._history.schedule(box.revision) or []
        view = BoxView(box.device_id, name, title_of(lines), Presence.AWAY)
        return replace(view, known_local=local_of(lines))

    def _put(self, view: BoxView) -> None:
        with self._lock:
            before = self._views.get(view.device_id)
            self._views[view.device_id] = view
            if before is None or _shown(before) != _shown(view):
                self._change += 1
                self._lock.notify_all()

    def _say_once(self, about: str, sentences: set[str], kind: str = "") -> None:
        """Say what is new of these; what is the matter with one box or port is said once of each
        `kind`, also where its words change a little.
        """
        keys = {kind or sentence for sentence in sentences}
        if keys - self._told.get(about, set()):
            for sentence in sorted(sentences):
                self._note(sentence)
        self._told[about] = keys

    def _tell_sinks(self) -> None:
        # Right after a sleep it would seem that no box was heard for long.
        if self._settles and any(port.is_asked for port in list(self._ports.values())):
            return
        self._settles = False
        if self._offers.make(self.views(), self._reach.clock()):
            self._woken.set()


def _shown(view: BoxView) -> object:
    """What of a view is worth telling: not that a second has passed."""
    bare, status = replace(view, heard_at=None, status=None), view.status
    if status is None:
        return bare
    hello, said = replace(status.hello, utc=None), status.said._replace(uptime_s=0, heap_free=0)
    is_off = status.ahead_s is not None and abs(status.ahead_s) >= SET_FROM_S
    told = status.today, status.of_late, status.coming
    return bare, hello, said, is_off, status.rows, status.lines, *told
