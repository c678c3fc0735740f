"""One dose of a schedule, and the days on which it runs."""

from dosebell import civil

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# A rule that runs at all runs within so many days: 31 January to 31 March is 59 days.
_LONGEST_WALK = 62


class Dose:
    """A compiled dose. `times` are minutes of the day, `meals` indexes into the plan's meals;
    exactly one of them is set. `start` and `end` are day numbers or None, both included.

    What stands here costs no dose any memory before it is something else.
    """

    id = ""
    name = ""
    food = ""
    times: tuple[int, ...] | None = None
    meals: tuple[int, ...] | None = None
    rule = "daily"
    # What the rule counts with: weekdays, (every,), (on, off) or days of the month.
    numbers: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None
    early_s = 0
    late_s = 0
    # (count, per_intake, low), or None where stock is not counted.
    stock: tuple[int, ...] | None = None

    def next_day(self, day: int) -> int | None:
        """The first day at or after `day` on which the dose runs, or None past its end."""
        if self.start is not None and day < self.start:
            day = self.start
        day += _AHEAD[self.rule](self, day)
        if self.end is not None and day > self.end:
            return None
        return day

    def previous_day(self, day: int) -> int | None:
        """The last day at or before `day` on which the dose runs, or None before its start."""
        if self.end is not None and day > self.end:
            day = self.end
        day -= _BEHIND[self.rule](self, day)
        if self.start is not None and day < self.start:
            return None
        return day


# How many days it is from `day` to the nearest day of the rule, ahead and behind.


def _none(dose: Dose, day: int) -> int:
    return 0


def _origin(dose: Dose) -> int:
    return dose.start if dose.start is not None else 0


def _every_ahead(dose: Dose, day: int) -> int:
    return (_origin(dose) - day) % dose.numbers[0]


def _every_behind(dose: Dose, day: int) -> int:
    return (day - _origin(dose)) % dose.numbers[0]


def _cycle_ahead(dose: Dose, day: int) -> int:
    on, off = dose.numbers
    place = (day - _origin(dose)) % (on + off)
    return 0 if place < on else on + off - place


def _cycle_behind(dose: Dose, day: int) -> int:
    on, off = dose.numbers
    place = (day - _origin(dose)) % (on + off)
    return 0 if place < on else place - on + 1


def _in_week(dose: Dose, day: int) -> bool:
    return civil.weekday(day) in dose.numbers


def _in_month(dose: Dose, day: int) -> bool:
    year, month, of_month = civil.date_of(day)
    if of_month in dose.numbers:
        return True
    return -1 in dose.numbers and of_month == civil.month_length(year, month)


_RUNS = {"week": _in_week, "month": _in_month}


def _walk_ahead(dose: Dose, day: int) -> int:
    runs = _RUNS[dose.rule]
    for days in range(_LONGEST_WALK):
        if runs(dose, day + days):
            return days
    raise ValueError("days")


def _walk_behind(dose: Dose, day: int) -> int:
    runs = _RUNS[dose.rule]
    for days in range(_LONGEST_WALK):
        if runs(dose, day - days):
            return days
    raise ValueError("days")


_AHEAD = {
    "daily": _none,
    "week": _walk_ahead,
    "every": _every_ahead,
    "cycle": _cycle_ahead,
    "month": _walk_ahead,
}
_BEHIND = {
    "daily": _none,
    "week": _walk_behind,
    "every": _every_behind,
    "cycle": _cycle_behind,
    "month": _walk_behind,
}
