"""What time it is, and how far that can be trusted.

The device counts from a base of its own on elapsed milliseconds. Where the base came from is its
trust: `host` (set since power-on), `rtc` (the battery clock), `reset` (carried over a watchdog
reset) or `unset`. With no trusted clock it judges nothing: it never invents time.
"""

from dosebell import civil, const

HOST = "host"
RTC = "rtc"
RESET = "reset"
UNSET = "unset"

# Nothing before the zone tables begin is a time of day.
EARLIEST_S = civil.day_of(2025, 1, 1) * civil.DAY_S
LATEST_S = civil.day_of(2100, 1, 1) * civil.DAY_S

# A battery clock that is further ahead of the last-seen time waits for a host.
_JUMP_S = const(400 * 86400)


class Clock:
    """Seconds since 2000 (`now_s`) and since the start (`uptime_s`), moved by `advance` alone."""

    def __init__(self) -> None:
        self.trust = UNSET
        self.now_s = 0
        self.uptime_s = 0
        self._now_ms = 0
        self._uptime_ms = 0

    def advance(self, elapsed_ms: int) -> None:
        self._uptime_ms += elapsed_ms
        if self._uptime_ms >= 1000:
            self.uptime_s += self._uptime_ms // 1000
            self._uptime_ms %= 1000
        if self.trust != UNSET:
            self._now_ms += elapsed_ms
            if self._now_ms >= 1000:
                self.now_s += self._now_ms // 1000
                self._now_ms %= 1000

    def set(self, now_s: int, now_ms: int, trust: str) -> None:
        self.now_s = now_s
        self._now_ms = now_ms
        self.trust = trust

    @property
    def trusted(self) -> bool:
        return self.trust != UNSET

    @property
    def uptime_ms(self) -> int:
        return self.uptime_s * 1000 + self._uptime_ms

    def until_ms(self, at_s: int) -> int:
        """Milliseconds until the clock shows `at_s`."""
        return max(0, (at_s - self.now_s) * 1000 - self._now_ms)

    def until_uptime_ms(self, at_s: int) -> int:
        """Milliseconds until the uptime is `at_s`."""
        return max(0, (at_s - self.uptime_s) * 1000 - self._uptime_ms)


def plausible(utc_s: int) -> bool:
    return EARLIEST_S <= utc_s < LATEST_S


def ladder(rtc_s: int | None, kept_s: int | None, seen_s: int) -> tuple[str, int]:
    """(trust, seconds since 2000) at power-on: the best of what is there.

    `rtc_s` is what the battery clock shows, `kept_s` what survived a watchdog reset, each None
    where there is nothing valid; `seen_s` is the last time seen before. A clock that shows less
    than that has lost its time, and one that shows far more is not believed either.
    """
    if rtc_s is not None and plausible(rtc_s) and seen_s <= rtc_s <= (seen_s or rtc_s) + _JUMP_S:
        return RTC, rtc_s
    if kept_s is not None and plausible(kept_s):
        return RESET, kept_s
    return UNSET, 0
