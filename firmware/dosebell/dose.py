"""One dose of a schedule, and the days on which it runs."""

from dosebell import civil

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
    early_s = civil.HOUR_S
    late_s = 0
    # (count, per_intake, low), or None where stock is not counted.
    stock: tuple[int, ...] | None = None
    # One compartment, seven from Monday to Sunday, or seven for each time; 0 is none.
    places = b"\0"

    def place(self, day: int, slot: int) -> int:
        """The compartment that the occurrence (day, slot) lies in; 0 without one."""
        return self.places[(slot * 7 + civil.weekday(day)) % len(self.places)]

    def next_day(self, day: int) -> int | None:
        """The first day at or after `day` on which the dose runs, or None past its end."""
        day = day if self.start is None else max(day, self.start)
        day += _AWAY[self.rule](self, day, 1)
        return day if self.end is None or day <= self.end else None

    def previous_day(self, day: int) -> int | None:
        """The last day at or before `day` on which the dose runs, or None before its start."""
        day = day if self.end is None else min(day, self.end)
        day -= _AWAY[self.rule](self, day, -1)
        return day if self.start is None or day >= self.start else None


# How many days it is from `day` to the nearest day of the rule: ahead where `way` is 1, and behind
# where it is -1.


def _daily(dose: Dose, day: int, way: int) -> int:
    return 0


def _every(dose: Dose, day: int, way: int) -> int:
    return way * ((dose.start or 0) - day) % dose.numbers[0]


def _cycle(dose: Dose, day: int, way: int) -> int:
    on, off = dose.numbers
    place = (day - (dose.start or 0)) % (on + off)
    if place < on:
        return 0
    return on + off - place if way > 0 else place - on + 1


def _week(dose: Dose, day: int, way: int) -> int:
    days = 0
    while civil.weekday(day + way * days) not in dose.numbers:
        days += 1
    return days


def _month(dose: Dose, day: int, way: int) -> int:
    # A month at a time: what a date is called takes long to reckon.
    days = 0
    while True:
        year, month, of_month = civil.date_of(day + way * days)
        if of_month in dose.numbers:
            return days
        length = 31 - (month - 1) % 7 % 2
        if month == 2:
            length = 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
        dates = [length if number < 0 else number for number in dose.numbers if number <= length]
        away = [way * (date - of_month) for date in dates if way * (date - of_month) >= 0]
        if away:
            return days + min(away)
        days += length - of_month + 1 if way > 0 else of_month


_AWAY = {"daily": _daily, "week": _week, "every": _every, "cycle": _cycle, "month": _month}
