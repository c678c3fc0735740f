"""`dosebell watch`: how soon a press is told, and how much of this machine it takes to watch.

A press goes the whole way: a simulated box, the watcher in its threads, a real mosquitto and
somebody who hears it; and apprise, to a web server of this machine. It falls anywhere between two
looks. What it costs to watch is the CPU time of the looks, without that of the simulated boxes.
"""

import contextlib
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from bench import budgets
from bench.effort import Effort
from bench.table import Figure, Row, counted
from domain import Box, dose, plan
from dosebell_host.history.store import open_history
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.talk import no_note
from dosebell_host.watch.kind import Around
from dosebell_host.watch.mqtt.access import Access
from dosebell_host.watch.mqtt.announced import Announced
from dosebell_host.watch.mqtt.broker import Broker
from dosebell_host.watch.mqtt.mqtt_sink import MqttSettings, MqttSink
from dosebell_host.watch.mqtt.standing import StandingReasons
from dosebell_host.watch.shared_tables import open_shared
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.tell.by_apprise import ByApprise
from dosebell_host.watch.tell.entry import TellEntry
from dosebell_host.watch.tell.service import MessageService
from dosebell_host.watch.tell.tell_sink import TellSink
from dosebell_host.watch.tell.whose import Persons
from dosebell_host.watch.watcher import LOOK_EVERY_S, Watcher
from model_broker import ModelBroker, ModelLine
from mosquitto import Hearer, is_here, mosquitto
from mqtt_loop import TOPICS, WILL
from waiting import wait_until
from watched import WatchedDesk
from web_home import SharedDesk

HOURS = range(1, 24, 3)
SCHEDULE = plan(dose("drops", f"at = {[f'{hour:02}:00' for hour in HOURS]}".replace("'", '"')))
COUNTS = (1, 10, 100)
MINUTE_S = 60
# In the order in which `_Told.pressed` says how soon.
TOLD = ("MQTT message", "message by apprise")


def rows(effort: Effort) -> Iterator[Row | str]:
    if is_here():
        yield from _told_soon(effort.of(16, 4))
    else:
        yield "no mosquitto is here, so nothing says how soon a press is told"
    yield from _cost(effort.of(5, 1))


# How soon.


def _told_soon(presses: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, _told(Path(folder)) as told:
        times = [told.pressed(n) for n in range(presses + 1)][1:]
    for what, found_s in zip(TOLD, zip(*times, strict=True), strict=True):
        yield Row(
            f"press to {what}, the slowest of {presses}",
            Figure(max(found_s), "s"),
            budget=budgets.TOLD_SOON,
            note=f"median {median(found_s):.2f} s; boxes are looked at every {LOOK_EVERY_S:g} s",
        )


class _Told:
    """A box whose doses nobody answers until somebody presses, and those who are told of it."""

    def __init__(self, desk: SharedDesk, hearer: Hearer, messages: list[bytes]) -> None:
        self._desk = desk
        self._hearer = hearer
        self._messages = messages
        self._chance = random.Random(1)

    def pressed(self, n: int) -> tuple[float, float]:
        """Seconds until the one and the other have heard of a press at the next dose."""
        assert self._desk.box is not None
        self._desk.until(f"{HOURS[n % len(HOURS)]:02}:02")
        # That nobody answers was told.
        wait_until(lambda: len(self._messages) == 2 * n + 1)
        time.sleep(self._chance.uniform(0, LOOK_EVERY_S))
        began_s = time.monotonic()
        self._desk.presses()
        heard = (lambda: self._taken() == n + 1, lambda: len(self._messages) == 2 * n + 2)
        return _seconds_until(heard, began_s)

    def _taken(self) -> int:
        return sum('"event_type":"taken"' in each.payload for each in list(self._hearer.log))


def _seconds_until(
    heard: tuple[Callable[[], bool], Callable[[], bool]], began_s: float
) -> tuple[float, float]:
    found_s: list[float | None] = [None, None]

    def all_heard() -> bool:
        for n, has_heard in enumerate(heard):
            if found_s[n] is None and has_heard():
                found_s[n] = time.monotonic() - began_s
        return None not in found_s

    wait_until(all_heard)
    first, second = found_s
    return first or 0.0, second or 0.0


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[_Told]:
    desk = SharedDesk(Box.with_schedule(SCHEDULE, at="2026-11-23 00:30"))
    # The box lives from dose to dose; the watcher looks as often as it does.
    desk.reach = replace(desk.reach, elapsed_s=time.monotonic)
    with mosquitto(folder) as broker, _web_server() as (address, messages):
        hearer = Hearer(broker.port)
        sinks: list[Sink] = [_mqtt_sink(broker.port), _tell_sink(folder, address)]
        watcher = Watcher(
            desk.reach,
            partial(open_shared, path=folder / "history.sqlite3"),
            sinks,
            note=no_note,
            synchronised=lambda: True,
        )
        stop = threading.Event()
        thread = threading.Thread(target=watcher.run, args=(stop,))
        thread.start()
        try:
            yield _Told(desk, hearer, messages)
        finally:
            stop.set()
            thread.join()
            hearer.close()


def _mqtt_sink(port: int) -> MqttSink:
    return _sink(Broker(Access("127.0.0.1", port, "dosebell-bench"), will=WILL))


def _sink(line: Broker | ModelLine) -> MqttSink:
    return MqttSink(
        MqttSettings("mqtt bench", TOPICS, lambda view: True),
        line,
        Announced(),
        standing=StandingReasons(),
        note=no_note,
        obeys=None,
        elapsed_s=time.monotonic,
        birth_delay_s=lambda: 0.0,
    )


def _tell_sink(folder: Path, address: str) -> TellSink:
    entry = TellEntry.read({"name": "bench", "url": address, "when": ["unanswered 1m"]})
    sink = TellSink(
        entry,
        "tell bench",
        Around(no_note),
        MessageService(ByApprise(), entry.url),
        Persons(partial(open_history, no_note, folder / "history.sqlite3")),
        folder / "told.json",
    )
    sink.start()
    return sink


@contextlib.contextmanager
def _web_server() -> Iterator[tuple[str, list[bytes]]]:
    """An address for apprise, and the messages that came there."""
    messages: list[bytes] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"json://127.0.0.1:{server.server_port}", messages
        finally:
            server.shutdown()


# How much.


def _cost(minutes: int) -> Iterator[Row]:
    one: Figure | None = None
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            cost_s = median(_Minutes(Path(folder), count).costs(minutes))
        ours = Figure(cost_s, "s")
        what = f"CPU of a minute of watching {counted(count, 'box', 'boxes')}"
        if one is None:
            one = ours
            yield Row(what, ours)
        else:
            as_many = Figure(one.value * count, "s")
            yield Row(what, ours, f"{count} times one", as_many, budgets.NO_MORE_THAN_TWICE)


class _Minutes:
    """Boxes that are watched, and told to a broker, while nothing happens to them."""

    def __init__(self, folder: Path, count: int) -> None:
        self._of_boxes_s = 0.0
        boxes = {
            f"usb{n}": Box.with_schedule(SCHEDULE, at="2026-11-23 00:30") for n in range(count)
        }
        self._desk = WatchedDesk(folder, **boxes)
        for name, box in boxes.items():
            self._desk.ports[name] = partial(_Metered, box.world, self._spend)
        self._line = ModelLine(ModelBroker(), WILL)
        sinks: list[Sink] = [_sink(self._line)]
        self._watcher = self._desk.watcher(*sinks)

    def costs(self, minutes: int) -> list[float]:
        """CPU seconds of each; a first one, in which all is read, is left out."""
        found = [self._minute() for _ in range(minutes + 1)][1:]
        self._watcher.close()
        return found

    def _minute(self) -> float:
        spent_s = 0.0
        for _ in range(int(MINUTE_S / LOOK_EVERY_S)):
            self._desk.wait(LOOK_EVERY_S)
            self._line.connect()
            self._of_boxes_s = 0.0
            began_s = time.process_time()
            self._watcher.look()
            spent_s += time.process_time() - began_s - self._of_boxes_s
            self._line.arrive()
            self._line.answer()
        return spent_s

    def _spend(self, seconds: float) -> None:
        self._of_boxes_s += seconds


class _Metered(Wire):
    """A line that tells how much CPU the simulated box behind it took."""

    def __init__(self, world: World, spend: Callable[[float], None]) -> None:
        super().__init__(world)
        self._spend = spend

    def write(self, data: bytes, /) -> int:
        began_s = time.process_time()
        try:
            return super().write(data)
        finally:
            self._spend(time.process_time() - began_s)

    def read(self, size: int = 1, /) -> bytes:
        began_s = time.process_time()
        try:
            return super().read(size)
        finally:
            self._spend(time.process_time() - began_s)
