"""Which place a box asks for, where a schedule says `answer = "each"`: reckoned from the records.

What rings is asked for in the order in which it began to, at one instant in the order of the file.
What was passed waits for the end of its snooze and then stands at the end. Where a step of the
clock, an undo or a failing flash leaves the order open, it is not asked about.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from life_books import Key, Line
from life_calendar import Planned
from life_oracle import Oracle
from oracle import duration

LAST_CALL_S = 600
# So near the end of a snooze nobody can say on which side of it the box is.
NEAR_S = 20
DEFAULT_SNOOZE = "15m"
# After these the order is what it is, until nothing rings any more.
UNSETTLING = ("clock", "fault", "gap", "pressed")


class Asking:
    """What is asked for, and in which order, as the records of one box tell."""

    def __init__(self, oracle: Oracle) -> None:
        self._oracle = oracle
        # When each began to ring, and its number in the file then.
        self._turns: dict[Key, tuple[int, int]] = {}
        # Until when what was passed is silent; None where that is not said by the design.
        self._passed: dict[Key, int | None] = {}
        self.settled = True

    @property
    def table(self) -> Any:
        return self._oracle.reign.calendar.table

    @property
    def one_by_one(self) -> bool:
        return _answers_each(self.table)

    def unsettle(self) -> None:
        self.settled = False

    def read(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if line.kind in UNSETTLING or (line.kind == "boot" and line.utc is None):
                self.settled = False
            elif line.kind == "boot" and line.utc is not None:
                self._begin_again(line.utc)
            elif line.kind == "schedule":
                self._pushed()
            elif line.due is not None:
                self._note(line)

    def _begin_again(self, at: int) -> None:
        """A restart forgets who was passed and whose turn it was."""
        rings = {*self._turns, *self._passed}
        self._passed.clear()
        self._turns = {key: (at, self._number(key[0])) for key in rings}

    def _pushed(self) -> None:
        """Before another schedule, which may have asked for all at once, or had other numbers."""
        before = self._oracle.reigns[-2:-1]
        if not (self.one_by_one and before and _answers_each(before[0].calendar.table)):
            self.settled = False

    def _note(self, line: Line) -> None:
        assert line.utc is not None
        self._turns.pop(line.key, None)
        self._passed.pop(line.key, None)
        if line.kind == "ringing":
            self._turns[line.key] = line.utc, self._number(line.dose)
        elif line.kind == "snoozed":
            self._passed[line.key] = self._wakes_at(line)
        elif line.kind == "undone":
            self.settled = False

    def _wakes_at(self, line: Line) -> int | None:
        assert line.utc is not None
        each = self._oracle.reign.calendar.at(*line.key)
        window = each.window_at(line.utc) if each else None
        if window is None:
            return None
        last_call = max(window[0], window[1] - LAST_CALL_S)
        snooze = duration(self.table["alerts"].get("snooze", DEFAULT_SNOOZE))
        wakes = line.utc + int(snooze.total_seconds())
        return min(wakes, last_call) if line.utc < last_call else None

    def settle(self, rings: list[Planned], now: int) -> None:
        """Forget what does not ring any more; a snooze that has ended rings at the end."""
        keys = {each.key for each in rings}
        self._turns = {key: turn for key, turn in self._turns.items() if key in keys}
        for key, wakes in list(self._passed.items()):
            if key not in keys:
                del self._passed[key]
            elif wakes is not None and now > wakes + NEAR_S:
                del self._passed[key]
                self._turns[key] = wakes, self._number(key[0])
        if not keys:
            self.settled = True

    def passed(self, each: Planned, now: int) -> bool | None:
        """Whether it is snoozed now; None where nobody can say."""
        if each.key not in self._passed:
            return False
        wakes = self._passed[each.key]
        return None if wakes is None or now > wakes - NEAR_S else True

    def head(self, rings: list[Planned], now: int) -> list[Planned] | None:
        """The place that is asked for, empty where all were passed; None where nobody can say."""
        states = [self.passed(each, now) for each in rings]
        waits = [each for each, was in zip(rings, states, strict=True) if not was]
        sure = self.settled and None not in states
        if not sure or any(each.key not in self._turns for each in waits):
            return None
        if not waits:
            return []
        return self.together(min(waits, key=lambda each: self._turns[each.key]), waits)

    def together(self, first: Planned, among: list[Planned]) -> list[Planned]:
        """Those that lie where `first` does; without a place it alone."""
        place = self.place(first)
        return [each for each in among if each is first or (place and self.place(each) == place)]

    def in_file_order(self, among: list[Planned]) -> list[Planned]:
        return sorted(among, key=lambda each: self._number(each.dose))

    def flashes(self, each: Planned) -> int:
        return self.place(each) or self._number(each.dose)

    def place(self, each: Planned) -> int:
        """Where it lies on its date; 0 without a place."""
        found = next(dose for dose in self.table["dose"] if dose["id"] == each.dose)
        place = found.get("place", 0)
        if isinstance(place, list) and not _is_week(place):
            place = place[each.slot]
        day = dt.date.fromisoformat(each.date).weekday()
        number: int = place[day] if isinstance(place, list) else place
        return number

    def _number(self, dose: str) -> int:
        ids = [each["id"] for each in self.table["dose"]]
        return ids.index(dose) + 1 if dose in ids else 0


def _is_week(place: list[Any]) -> bool:
    return len(place) == 7 and not any(isinstance(entry, list) for entry in place)


def _answers_each(table: Any) -> bool:
    return bool(table.get("alerts", {}).get("answer") == "each")
