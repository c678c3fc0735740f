"""The clock is set, far and near, there and back, at any minute of a day with doses.

Whatever it was set to, every occurrence that is due afterwards still rings, what was taken is not
asked for again, and each has one end: judged by the accountant and the oracle.
"""

import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from accountant import Books, Period, read_line
from domain import Box, dose, plan
from oracle import occurrences
from tally import trying

ZONE = "Europe/Berlin"
DAY = "2026-11-23"
SCHEDULE = plan(
    dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"', 'late = "2h"'),
    dose("drops", 'at = ["09:00", "20:00"]', 'late = "90m"'),
)
MINUTE, HOUR, DAY_S = 60, 3600, 86400
BACK = [-MINUTE, -HOUR, -5 * HOUR, -DAY_S]
FORTH = [MINUTE, HOUR, 5 * HOUR, DAY_S, 31 * DAY_S, 366 * DAY_S]
# Every minute is tried in the long run; every 23rd, which is no rhythm of a day, each time.
SAMPLED = range(0, 1440, 23)


class Day:
    """A day on which the morning was taken, up to some minute of it."""

    def __init__(self, minute: int) -> None:
        self.box = Box.with_schedule(SCHEDULE, at=f"{DAY} 00:00")
        self.since = self.now()
        for until in ("07:40", "09:10"):
            if minute > int(until[:2]) * 60 + int(until[3:]):
                self.box.until(until)
                self.box.press()
        self.box.wait(minutes=minute - (self.box.now_s - self.box.at(f"{DAY} 00:00")) // 60)

    def step(self, seconds: int) -> None:
        self.box.request("clock.set", utc=self.unix() + seconds, force=True)
        self.box.wait(90)

    def live_on(self, days: int) -> None:
        self.box.wait(hours=24 * days)

    def problems(self) -> list[str]:
        since = 0
        books = Books()
        while True:
            page = self.box.request("journal.read", since=since)
            if not page["records"]:
                break
            books.lines += [read_line(text) for text in page["records"]]
            since = page["next"]
        books.periods.append(Period(tomllib.loads(SCHEDULE), self.since, self.now()))
        return books.problems(self.now()) + self.silent(books)

    def silent(self, books: Books) -> list[str]:
        """Occurrences due after the last step that never rang, though nobody had taken them."""
        last = [line.at for line in books.lines if line.kind == "clock"][-1]
        assert last is not None
        answered = {line.place for line in books.lines if line.kind in ("ringing", "taken")}
        days = (self.now() - last).days + 2
        return [
            f"{each.dose} of {each.date}, due {each.due}, never rang"
            for each in occurrences(tomllib.loads(SCHEDULE), last.date() - timedelta(1), days)
            if last < each.due < self.now()
            and (each.dose, each.date.isoformat(), each.slot) not in answered
        ]

    def unix(self) -> int:
        return int(self.box.request("hello")["utc"])

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.unix(), UTC)


def stepped(minute: int, *steps: int) -> list[str]:
    """What is wrong after these steps of the clock, begun at that minute of the day."""
    day = Day(minute)
    for step in steps:
        day.step(step)
    day.live_on(3)
    return day.problems()


@pytest.mark.parametrize("step", [*BACK, *FORTH])
def test_after_the_clock_was_set_every_later_dose_still_rings(step: int) -> None:
    for minute in SAMPLED:
        with trying("clock step", f"{step} s at minute {minute}"):
            assert stepped(minute, step) == []


@pytest.mark.parametrize("step", FORTH)
def test_a_clock_set_ahead_by_mistake_and_back_costs_no_dose(step: int) -> None:
    for minute in SAMPLED:
        with trying("clock step", f"{step} s at minute {minute}"):
            assert stepped(minute, step, -step) == []


@pytest.mark.soak
@pytest.mark.parametrize("step", [*BACK, *FORTH])
def test_at_every_minute_of_the_day(step: int) -> None:
    for minute in range(1440):
        with trying("clock step", f"{step} s at minute {minute}"):
            assert stepped(minute, step) == []


@pytest.mark.soak
@pytest.mark.parametrize("step", FORTH)
def test_there_and_back_at_every_minute_of_the_day(step: int) -> None:
    for minute in range(1440):
        with trying("clock step", f"{step} s at minute {minute}"):
            assert stepped(minute, step, -step) == []


@pytest.mark.parametrize("off", [60, 600, 3600, 6 * HOUR, 26 * HOUR, 40 * DAY_S, 730 * DAY_S])
@pytest.mark.parametrize("battery_clock", [True, False])
def test_after_a_minute_or_two_years_without_power_it_goes_on(
    off: int, battery_clock: bool
) -> None:
    day = Day(8 * 60)
    world = day.box.world
    if not battery_clock:
        day.box.battery_clock.misbehave("dies")
    true_s = day.unix() + off
    world.power_off()
    world.now_ms += off * 1000
    world.power_on()
    if not battery_clock:
        day.box.wait(30)
        true_s += 30
    day.box.request("clock.set", utc=true_s, force=True)
    day.live_on(3)
    assert day.problems() == []


@pytest.mark.parametrize(
    "around",
    [
        "2034-01-09 13:37:03Z",
        "2038-01-19 03:14:07Z",
        "2028-02-29 12:00:00Z",
        "2049-12-30 12:00:00Z",
    ],
    ids=["small ints end", "2038", "leap day", "the zone table ends"],
)
def test_a_week_around_a_famous_second_is_a_week_like_any_other(around: str) -> None:
    day = Day(0)
    moment = datetime.fromisoformat(around) - timedelta(days=2)
    day.box.request("clock.set", utc=int(moment.timestamp()), force=True)
    day.live_on(7)
    assert day.problems() == []


def test_the_tick_counter_wraps_without_notice() -> None:
    day = Day(0)
    day.box.request("clock.set", utc=day.unix() + 2)
    day.live_on(26)
    assert day.problems() == []
