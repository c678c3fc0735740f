"""How the time of a virtual world follows the real one."""

import math
import time
from collections.abc import Callable

from dosebell import civil


class Pace:
    """World milliseconds since 2000 as a function of real time: from `start_ms` on, at `speed`."""

    def __init__(
        self, start_ms: int, speed: float = 1.0, real_s: Callable[[], float] = time.monotonic
    ) -> None:
        self.speed = speed
        self._speed_now = speed
        self._real_s = real_s
        self._start_ms = start_ms
        self._began_s = real_s()

    @classmethod
    def of_this_laptop(cls) -> "Pace":
        """The world's time is the laptop's, also after it slept or its clock was put forward."""
        return cls(round((time.time() - civil.UNIX_2000) * 1000), 1.0, _Forward(time.time))

    def now_ms(self) -> int:
        return self._start_ms + int((self._real_s() - self._began_s) * 1000 * self._speed_now)

    def leap(self, world_ms: int) -> None:
        """From now on it is so much later there."""
        self._start_ms += world_ms

    def real_s(self, world_ms: int) -> float:
        """How many real seconds a stretch of world time takes."""
        return world_ms / 1000 / self._speed_now

    def wait_for_host(self, waiting: bool, at_ms: int) -> None:
        """While the box waits for a host, time goes on from `at_ms` no faster than the host's own.

        Else the patience of the box would be over before a laptop could go on.
        """
        speed = min(1.0, self.speed) if waiting else self.speed
        if speed != self._speed_now:
            self._start_ms, self._began_s = at_ms, self._real_s()
            self._speed_now = speed


class _Forward:
    """A clock that is never put back: where `clock` is, it goes on from where it was."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last_s = clock()
        self._passed_s = 0.0

    def __call__(self) -> float:
        now_s = self._clock()
        self._passed_s += max(0.0, now_s - self._last_s)
        self._last_s = now_s
        return self._passed_s


class Standing(Pace):
    """Time that stands still: the world moves on only as somebody moves it."""

    def __init__(self) -> None:
        super().__init__(0)

    def now_ms(self) -> int:
        return 0

    def real_s(self, world_ms: int) -> float:
        return math.inf
