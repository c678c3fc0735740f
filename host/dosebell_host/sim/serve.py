"""A virtual Pico that others can reach: the world of the simulator, live.

One loop does all: it lets the world follow the clock, steps the firmware at its deadlines and on
every byte, and passes on presses. Other threads and signal handlers only leave a note and wake it.
"""

import contextlib
import os
import selectors
import socket
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from dosebell_host.sim.endpoints import Endpoint, TcpEndpoint
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.world import World

# The longest the loop sleeps, so that a laptop clock that is set is noticed soon.
LONGEST_SLEEP_S = 1.0
# How soon bytes are offered again to a client that did not read them.
RETRY_S = 0.02
# A loop that answers nobody for so long has ended.
CALL_TIMEOUT_S = 60.0
# Between two presses the button is up for so long, in milliseconds of the world.
RELEASED_MS = 100

T = TypeVar("T")


class Server:
    """Runs a world at a pace, behind an endpoint. `on_pass` is called after every pass."""

    def __init__(self, world: World, endpoint: Endpoint, pace: Pace) -> None:
        self.world = world
        self.pace = pace
        self.on_pass: Callable[[], None] = lambda: None
        self.longest_sleep_s = LONGEST_SLEEP_S
        self._endpoint = endpoint
        # (world time in ms, whether the button is down from then on)
        self._button: deque[tuple[int, bool]] = deque()
        self._notes: deque[Callable[[], object]] = deque()
        self._stopping = False
        self._wake_receiver, self._waker = socket.socketpair()
        self._wake_receiver.setblocking(False)
        self._waker.setblocking(False)

    def run(self) -> None:
        """Serve until `stop`, then close the endpoint."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_receiver, selectors.EVENT_READ, self._woken)
            self._endpoint.attach(selector)
            try:
                while not self._stopping:
                    self._pass()
                    for key, _ in selector.select(self._sleep_s()):
                        self._receive(key.data())
            finally:
                self._endpoint.close()
                self._wake_receiver.close()
                self._waker.close()

    def stop(self) -> None:
        """End `run` soon. Safe from any thread, and in a signal handler."""
        self._stopping = True
        self.wake()

    def press(self, held_ms: int) -> None:
        """Press the button for so many milliseconds of the world, after any press before."""
        last_ms = self._button[-1][0] + RELEASED_MS if self._button else 0
        down_ms = max(last_ms, self.world.now_ms)
        self._button += [(down_ms, True), (down_ms + held_ms, False)]

    def call_soon(self, function: Callable[[], object]) -> None:
        """Have the loop call it. Safe from any thread."""
        self._notes.append(function)
        self.wake()

    def call(self, function: Callable[[], T]) -> T:
        """Have the loop call it, and wait for what it returns. From another thread only."""
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(function())
            except BaseException as error:
                done.set_exception(error)

        self.call_soon(run)
        return done.result(CALL_TIMEOUT_S)

    def wake(self) -> None:
        # A full pipe means that the loop is about to wake anyway.
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")

    def _pass(self) -> None:
        while self._notes:
            self._notes.popleft()()
        self._catch_up()
        self._be_patient()
        self.on_pass()

    def _catch_up(self) -> None:
        """Let the world reach the present, with the presses that fall into that time."""
        now_ms = self.pace.now_ms()
        while self._button and self._button[0][0] <= now_ms:
            at_ms, pressed = self._button.popleft()
            self.world.run_until_ms(at_ms)
            self.world.hold(pressed)
        self.world.run_until_ms(now_ms)

    def _receive(self, data: bytes) -> None:
        if data:
            self._catch_up()
            self._endpoint.send(self.world.feed(data))
            self._be_patient()

    def _be_patient(self) -> None:
        """Give a schedule that is on its way in the time that it takes."""
        app = self.world.app
        waiting = app is not None and app.draft is not None
        self.pace.wait_for_host(waiting, self.world.now_ms)

    def _sleep_s(self) -> float:
        """Until the firmware, the button or an unread reply needs the loop."""
        wait_ms = self.world.deadline_ms()
        if self._button:
            wait_ms = min(wait_ms, self._button[0][0] - self.world.now_ms)
        # Rounded up to the next millisecond: waking just before a deadline would spin.
        sleep_s = min(self.pace.real_s(wait_ms) + 0.001, self.longest_sleep_s)
        return min(sleep_s, RETRY_S) if self._endpoint.flush() else sleep_s

    def _woken(self) -> bytes:
        with contextlib.suppress(OSError):
            self._wake_receiver.recv(4096)
        return b""


def open_endpoint(tcp_port: int | None = None) -> Endpoint:
    """A pseudo-terminal where there are any and no TCP port is asked for, else a socket."""
    if tcp_port is None and hasattr(os, "openpty"):
        from dosebell_host.sim.pseudo_tty import PtyEndpoint

        return PtyEndpoint()
    return TcpEndpoint(tcp_port or 0)
