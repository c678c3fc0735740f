"""Years with a person who forgets, presses late, unplugs, edits and travels; then the books.

`make soak` runs ten years; a few months of other seeds run every time.
"""

import random
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from accountant import Books, Period, read_line
from domain import Box
from tally import trying

START = "2026-03-01 00:00"
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/Lisbon", "Australia/Sydney"]
TIMES = ["06:45", "07:30", "08:00", "09:15", "10:00"]
EVENINGS = ["18:00", "19:30", "21:00"]
DAYS = ['"daily"', '["mon", "thu"]', "{ every = 3 }", "{ on = 5, off = 2 }"]
LATES = ["1h", "3h", "5h"]


class Person:
    """A random person with one box. Every choice comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.zone = "Europe/Berlin"
        self.books = Books()
        self.since_seq = 0
        first = self.schedule()
        self.box = Box.with_schedule(first, at=START)
        self._in_force(first)

    def live(self, days: int) -> None:
        """So many days, each with what people do in a day."""
        end_s = self.box.now_s + days * 86400
        while self.box.now_s < end_s:
            self.box.wait(self.random.randrange(600, 4 * 3600))
            act, weight = zip(*self._habits(), strict=True)
            self.random.choices(act, weight)[0]()
            if self.random.random() < 0.02:
                self._harvest()
        # What is open now comes to its end before the books are closed.
        self.box.wait(hours=30)
        self._harvest()
        self.books.periods[-1].until = self._now()

    def problems(self) -> list[str]:
        return self.books.problems(self._now())

    def schedule(self) -> str:
        """Two or three doses, one with a fallback meal; another one each time it is asked for."""
        pick = self.random.choice
        meals = f'[meals]\nbreakfast = "{pick(TIMES)}"\nlunch = "12:30"\n'
        meals += f'dinner = "{pick(EVENINGS)}"\n'
        doses = [self._dose("d3k2", 'with = ["breakfast", "lunch"]\nfood = "fat"', '"daily"')]
        if self.random.random() < 0.8:
            times = f'at = ["{pick(TIMES)}", "{pick(EVENINGS)}"]'
            doses.append(self._dose("drops", times, pick(DAYS)))
        if self.random.random() < 0.5:
            doses.append(self._dose("iron", 'with = ["dinner"]', pick(DAYS)))
        head = f'version = 1\ntimezone = "{self.zone}"\n[alerts]\nmax_sound = "2m"\nnag = "30m"\n'
        return head + meals + "".join(doses)

    def _dose(self, ident: str, times: str, days: str) -> str:
        late = self.random.choice(LATES)
        return (
            f'[[dose]]\nid = "{ident}"\nname = "{ident}"\n{times}\ndays = {days}\n'
            f'start = 2026-01-01\nlate = "{late}"\nstock = {{ count = 90 }}\n'
        )

    def _habits(self) -> list[tuple[Callable[[], object], float]]:
        return [
            (self._press, 60),
            (self._press_twice, 10),
            (self._snooze, 6),
            (self._undo, 4),
            (lambda: None, 30),
            (self._unplug, 3),
            (self._resync, 4),
            (self._edit, 1),
            (self._travel, 0.5),
            (self._correct, 3),
        ]

    def _press(self) -> None:
        self.box.press()

    def _press_twice(self) -> None:
        self.box.press()
        self.box.wait(2)
        self.box.press()

    def _snooze(self) -> None:
        self.box.press_long()

    def _undo(self) -> None:
        self.box.press_very_long()

    def _unplug(self) -> None:
        """Minutes, hours, or a holiday."""
        hours = self.random.choice([0.01, 0.2, 3, 9, 30, 100])
        world = self.box.world
        world.power_off()
        world.now_ms += int(hours * 3_600_000)
        world.power_on()

    def _resync(self) -> None:
        """A laptop whose clock differs by some seconds or minutes."""
        step_s = self.random.choice([-300, -90, -5, 5, 90, 300])
        self.box.request("clock.set", utc=self._unix() + step_s)

    def _edit(self) -> None:
        self._push(self.schedule())

    def _travel(self) -> None:
        self.zone = self.random.choice(ZONES)
        self._push(self.schedule())

    def _correct(self) -> None:
        """Someone settles what a row shows, from the laptop."""
        rows = self.box.request("dose.list")["rows"]
        open_rows = [row for row in rows if row.get("open")]
        if open_rows:
            row = self.random.choice(open_rows)
            method = self.random.choice(["dose.take", "dose.take", "dose.skip"])
            self.box.request(method, dose=row["dose"], date=row["date"], slot=row["slot"])

    def _push(self, text: str) -> None:
        self.box.push(text)
        self._in_force(text)

    def _in_force(self, text: str) -> None:
        if self.books.periods:
            self.books.periods[-1].until = self._now()
        period = Period(tomllib.loads(text), self._now(), self._now())
        self.books.periods.append(period)

    def _harvest(self) -> None:
        while True:
            page = self.box.request("journal.read", since=self.since_seq)
            self.books.lines += [read_line(text) for text in page["records"]]
            if not page["records"]:
                return
            self.since_seq = page["next"]

    def _unix(self) -> int:
        """What the box takes for now."""
        return int(self.box.request("hello")["utc"])

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._unix(), UTC)


@pytest.mark.parametrize("seed", range(6))
def test_months_of_a_careless_person_leave_no_occurrence_open_and_none_doubled(seed: int) -> None:
    person = Person(seed)
    person.live(days=120)
    with trying("months of a careless person", f"seed {seed}"):
        assert person.problems() == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_ten_years_of_a_careless_person_leave_no_occurrence_open_and_none_doubled(
    seed: int,
) -> None:
    person = Person(1000 + seed)
    person.live(days=3652)
    with trying("ten years of a careless person", f"seed {1000 + seed}"):
        assert person.problems() == []
