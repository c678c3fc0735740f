"""What a pushed schedule plans, as plain numbers; only the oracle is asked."""

import pickle
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from oracle import DEFAULT_EARLY, DEFAULT_LATE, Occurrence, duration, occurrences

DAY_S = 86_400
# Of one dose so many dates are worked out at once.
STRETCH_DAYS = 16
# So far is looked for neighbours: the farthest are those of a month's last day but one.
SPANS_DAYS = (4, 32, 126)
ORIGIN = date(2025, 1, 1)


@dataclass(frozen=True)
class Planned:
    """One occurrence of one dose. Instants are Unix seconds; `windows` are (due, closes)."""

    dose: str
    due: int
    date: str
    slot: int
    opens: int
    windows: tuple[tuple[int, int], ...]
    off: bool

    @property
    def key(self) -> tuple[str, int]:
        return self.dose, self.due

    @property
    def closes(self) -> int:
        return self.windows[-1][1]

    def window_at(self, now: int) -> tuple[int, int] | None:
        return next((each for each in self.windows if each[0] <= now < each[1]), None)

    def edges(self) -> list[int]:
        """Every instant at which something changes by itself."""
        return [self.opens, *(edge for window in self.windows for edge in window)]

    def __str__(self) -> str:
        return f"{self.dose} due {said(self.due)}"


class Calendar:
    """A schedule as it was pushed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.table: dict[str, Any] = tomllib.loads(text)
        self.zone: str = self.table["timezone"]
        self.doses: list[str] = [each["id"] for each in self.table["dose"]]
        self._tables = {each["id"]: each for each in self.table["dose"]}
        self._rules: dict[str, bytes] = {}
        self._stretches: dict[tuple[str, int], tuple[list[int], list[Planned]]] = {}

    def line(self, ident: str) -> Any:
        """All that decides when this dose is due; None where there is no such dose."""
        if ident not in self.doses:
            return None
        found = self._dose(ident)
        meals = self.table.get("meals") if "with" in found else None
        return found, meals, self.table.get("except"), self.zone

    def early_s(self, ident: str) -> int:
        """So long before its due an occurrence of this dose may open."""
        return _seconds(self._dose(ident).get("early", DEFAULT_EARLY))

    def longest_s(self, ident: str) -> int:
        """So long after its first due it may be open."""
        dose = self._dose(ident)
        return _seconds(dose.get("late", DEFAULT_LATE)) + (DAY_S if "with" in dose else 0)

    def between(self, ident: str, first: int, last: int) -> list[Planned]:
        """The occurrences of this dose due in [first, last], by due."""
        if ident not in self._tables or last < first:
            return []
        # A date is up to 14 hours of zone and a day of meals away from where UTC has it.
        low = (_day(first) - 2) // STRETCH_DAYS
        high = (_day(last) + 2) // STRETCH_DAYS
        found: list[Planned] = []
        for number in range(low, high + 1):
            dues, planned = self._stretch(ident, number)
            found += planned[bisect_left(dues, first) : bisect_right(dues, last)]
        return found

    def _stretch(self, ident: str, number: int) -> tuple[list[int], list[Planned]]:
        """The occurrences of so many dates, with their dues apart to be searched."""
        known = self._stretches.get((ident, number))
        if known is None:
            planned = [Planned(ident, *each) for each in _worked_out(self._rule(ident), number)]
            known = [each.due for each in planned], planned
            self._stretches[ident, number] = known
        return known

    def _rule(self, ident: str) -> bytes:
        """What decides when a dose is due, in a form to be looked up by."""
        if ident not in self._rules:
            dose = {**self._dose(ident), "id": "", "name": ""}
            table = {"timezone": self.zone, "dose": [dose]}
            table |= {key: self.table[key] for key in ("meals", "except") if key in self.table}
            self._rules[ident] = pickle.dumps(table)
        return self._rules[ident]

    def _dose(self, ident: str) -> Any:
        return self._tables[ident]

    def at(self, ident: str, due: int) -> Planned | None:
        return next(iter(self.between(ident, due, due)), None)

    def before(self, ident: str, at: int, count: int) -> list[int]:
        """The last few dues before an instant, the latest last."""
        for days in SPANS_DAYS:
            found = [each.due for each in self.between(ident, at - days * DAY_S, at - 1)]
            if len(found) >= count:
                break
        return found[-count:]

    def after(self, ident: str, at: int, count: int) -> list[int]:
        """The next few dues from an instant on."""
        for days in SPANS_DAYS:
            found = [each.due for each in self.between(ident, at, at + days * DAY_S)]
            if len(found) >= count:
                break
        return found[:count]


@lru_cache(maxsize=64)
def calendar(text: str) -> Calendar:
    return Calendar(text)


# An occurrence without its dose: most pushes leave most doses alone.
Worked = tuple[int, str, int, int, tuple[tuple[int, int], ...], bool]


@lru_cache(maxsize=4096)
def _worked_out(rule: bytes, number: int) -> tuple[Worked, ...]:
    first = ORIGIN + timedelta(days=number * STRETCH_DAYS)
    return tuple(_numbers(each) for each in occurrences(pickle.loads(rule), first, STRETCH_DAYS))


def _numbers(each: Occurrence) -> Worked:
    windows = [(each.due, each.closes), *((due, closes) for _, due, closes in each.fallback)]
    return (
        _unix(each.due),
        each.date.isoformat(),
        each.slot,
        _unix(each.opens),
        tuple((_unix(due), _unix(closes)) for due, closes in windows),
        each.off,
    )


def _seconds(text: str) -> int:
    return int(duration(text).total_seconds())


def _day(unix_s: int) -> int:
    return unix_s // DAY_S - (ORIGIN - date(1970, 1, 1)).days


def _unix(moment: datetime) -> int:
    return int(moment.timestamp())


def said(unix_s: int) -> str:
    return f"{datetime.fromtimestamp(unix_s, UTC):%Y-%m-%d %a %H:%M:%SZ}"
