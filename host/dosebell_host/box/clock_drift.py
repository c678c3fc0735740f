"""How far a box's clock is off, to a twentieth of a second, and how fast it runs.

A box tells whole seconds. Asked again and again around the turn of one, each answer narrows down
what the difference can be. Since the last time that a laptop set the clock, that is its drift.
"""

from dataclasses import dataclass

from dosebell_host.box.client import Client
from dosebell_host.box.hello import Hello
from dosebell_host.box.reach import Pause
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import LaptopClock, from_unix

GOOD_ENOUGH_S = 0.05
ASK_EVERY_S = 0.03
MOST_QUESTIONS = 60
# A Pico looks at its clock once a pass of its loop.
_PASS_S = 0.02

DAY_S = 86_400
# What a clock that was just set may be off: the way there, and as much for the laptop's own.
_SET_WITHIN_S = 0.2
# The battery clock counts whole seconds. Set, it is right to half of one, and read again after a
# power cut up to one behind.
_BATTERY_BEHIND_S = 0.5
_BATTERY_WITHIN_S = 1.0


@dataclass(frozen=True)
class Offset:
    """How far the box is ahead of the laptop, right to `within_s`."""

    ahead_s: float
    within_s: float


@dataclass(frozen=True)
class Drift:
    """What the box's clock has gained in `days` since it was set; lost, where that is negative."""

    gained_s: float
    days: float
    ppm: float
    within_ppm: float

    @property
    def at_least_ppm(self) -> float:
        """How fast or slow it runs for certain."""
        return max(0.0, abs(self.ppm) - self.within_ppm)


def measure(client: Client, laptop: LaptopClock, pause: Pause) -> Offset | None:
    """The difference now; None where the clock is unset, or the laptop's was set meanwhile."""
    least_s, most_s = float("-inf"), float("inf")
    for _ in range(MOST_QUESTIONS):
        asked_s = laptop()
        utc = client.hello().utc
        told_s = laptop()
        if utc is None:
            return None
        least_s = max(least_s, utc - told_s)
        most_s = min(most_s, utc + 1 + _PASS_S - asked_s)
        if most_s - least_s <= 2 * GOOD_ENOUGH_S:
            break
        pause(ASK_EVERY_S)
    if most_s < least_s:
        return None
    return Offset((least_s + most_s) / 2, (most_s - least_s) / 2)


def last_set(entries: list[Entry]) -> Entry | None:
    """The last time that a laptop set the clock, as far as this one knows."""
    return next((each for each in reversed(entries) if each.kind == "clock"), None)


def drift(offset: Offset, hello: Hello, since: Entry, laptop_s: float) -> Drift:
    """The drift since that record; `laptop_s` is now, in Unix seconds."""
    elapsed_s = max(1.0, from_unix(laptop_s) - (since.utc_s or 0))
    behind_s = _BATTERY_BEHIND_S if hello.battery_clock else 0.0
    within_s = _BATTERY_WITHIN_S if hello.battery_clock else 0.0
    gained_s = offset.ahead_s + behind_s
    return Drift(
        gained_s=gained_s,
        days=elapsed_s / DAY_S,
        ppm=gained_s / elapsed_s * 1e6,
        within_ppm=(within_s + _SET_WITHIN_S + offset.within_s) / elapsed_s * 1e6,
    )
