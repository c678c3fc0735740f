"""A schedule as occurrences: arithmetic, no state, no clock.

Rule 1: the same question always has the same answer, so a late, early or repeated question can
neither lose a dose nor double one, and the host previews with this very file. What is kept
between two questions saves work and changes no answer.

Rule 2: nothing here knows what became of an occurrence. That stands in memory.py and
reminder.py.

Rule 3: every instant is UTC. A time of the day becomes one through `Zone.instant`.

Theory of operation
-------------------
A dose runs on some days (dose.py), and on such a day at times of the day or with meals. That
finds its occurrences: (day, slot) is the local date and the place among the dose's times. A
dose with meals has one occurrence a day, slot 0, which is due at each of its meals in turn. What
is remembered of an occurrence hangs on the instant of its first due (memory.py), and `at` leads
from there to the place.

    two times of the day are two occurrences, here so close that they share the time between them:
        opens --early-- due --late-- closes = opens --early-- due --late-- closes
    breakfast and lunch are one:
        opens --early-- dues[0] --late-- closes[0]   dues[1] --late-- closes[1]

An occurrence opens `early` before its first due, but not before the middle of the time since
the due before. Each of its meals closes `late` after its due, but not after the next meal is
due, and the last not after the next occurrence opens. So windows of one dose never overlap,
whatever the schedule says, and the device needs one row a dose.

Where the clocks change, a time of the day may not exist or come twice; zone.py has one instant
for either. Times or days that fall on one instant by that are one occurrence, the first of
them, which is what `first_due` finds. An occurrence keeps the date of its
rule even where its due falls past midnight, which is why a search near a change begins
`slack_days` early.

No question goes through the calendar from its beginning: a rule finds its nearest day, and a
question looks at a few days around it. `_known` keeps the dues of the dates last asked for, and
`_dates` what the exceptions make of such a date, which many doses may share.

A power cut finds nothing here to lose. The plan is read from the schedule at each start, and
the same lines give the same occurrences, each first due at the same instant. So a record, which
names an occurrence by that, means after the cut what it meant before.
"""

from dosebell import civil, const
from dosebell.dose import Dose
from dosebell.zone import Zone

# Later than any instant of a schedule; still exact, as the device's integers do not overflow.
NEVER = 1 << 40

_LAST_CALL_S = const(600)

# So many dates are remembered with their dues: what is asked of one occurrence is about a few
# dates around it, and many doses share their meals.
_MAX_KNOWN = const(16)
# The same of what the exceptions make of a date.
_MAX_DATES = const(16)


class Window:
    """One occurrence: when it opens, and for each of its meals when it is due and closes.

    All instants are UTC seconds since 2000. An occurrence of fixed times has one "meal".
    `gap_s` is the time from the dose's previous due, for its first occurrence the time to the
    next, and None where there is but one.
    """

    gap_s: int | None = None
    off = False

    def __init__(
        self, day: int, slot: int, opens: int, dues: tuple[int, ...], closes: tuple[int, ...]
    ) -> None:
        self.day = day
        self.slot = slot
        self.opens = opens
        self.dues = dues
        self.closes = closes

    def reached(self, now: int) -> int:
        """The last meal that is due by `now`; -1 before the first."""
        meal = len(self.dues) - 1
        while meal >= 0 and self.dues[meal] > now:
            meal -= 1
        return meal

    def overdue_at(self, meal: int) -> int:
        """Half of due..closes, where the reminder grows more urgent."""
        return self.dues[meal] + (self.closes[meal] - self.dues[meal]) // 2

    def last_call_at(self, meal: int) -> int:
        return max(self.dues[meal], self.closes[meal] - _LAST_CALL_S)


class Plan:
    """A schedule as the device keeps it. Built by `schedule.parse`."""

    def __init__(self) -> None:
        self.zone_name = ""
        self.zone = Zone((0,), (0,), 0)
        self.nag_s = 600
        self.snooze_s = 900
        self.quiet: tuple[int, int] | None = None
        self.max_sound_s = 1200
        self.long_press_ms = 2000
        # Whether a press answers what is asked for, one place at a time, or all that rings.
        self.each = False
        # (name, minutes of the day from Monday to Sunday)
        self.meals: list[tuple[str, tuple[int, ...]]] = []
        # (first day, last day, minutes of the meals that move by their index, whether all is off)
        self.exceptions: list[tuple[int, int, dict[int, int], bool]] = []
        self.doses: list[Dose] = []
        # The places of the doses in that list.
        self.places: dict[str, int] = {}
        self._known: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._dates: dict[int, tuple[bool, tuple[int, ...]]] = {}

    def add(self, dose: Dose) -> None:
        self.places[dose.id] = len(self.doses)
        self.doses.append(dose)

    def dose(self, dose_id: str) -> Dose | None:
        place = self.places.get(dose_id)
        return None if place is None else self.doses[place]

    def window(self, dose: Dose, day: int, slot: int) -> Window:
        """When the occurrence (day, slot) opens, is due and closes; it must exist."""
        dues = self.dues(dose, day, slot)
        before = self._dues_before(dose, day, slot)
        # Behind the last of a day there is only another day.
        after_day = day if len(dose.times or ()) > slot + 1 else day + 1
        after = self.first_due(dose, dues[0] + 1, after_day)
        opens, end, gap_s = dues[0] - dose.early_s, NEVER, None
        if after is not None:
            due = after[2]
            end, gap_s = max(due - dose.early_s, _middle(dues[-1], due)), due - dues[0]
        if before:
            opens, gap_s = max(opens, _middle(before[-1], dues[0])), dues[0] - before[0]
        # At most to the next meal's due and the next opening.
        ends = dues[1:] + (end,)
        closes = tuple([min(dues[i] + dose.late_s, ends[i]) for i in range(len(dues))])
        window = Window(day, slot, opens, dues, closes)
        window.gap_s = gap_s
        # What is not set takes no memory.
        if self.is_off(day):
            window.off = True
        return window

    def dues(self, dose: Dose, day: int, slot: int) -> tuple[int, ...]:
        """When the occurrence (day, slot) is due, at each of its meals."""
        dues = self.dues_on(dose, day)
        return dues if dose.meals else (dues[slot],)

    def has(self, dose: Dose, day: int, slot: int) -> bool:
        """Whether there is an occurrence (day, slot)."""
        if dose.next_day(day) != day:
            return False
        firsts = self.dues_on(dose, day)[:1] if dose.meals else self.dues_on(dose, day)
        return 0 <= slot < len(firsts) and self.at(dose, firsts[slot]) == (day, slot)

    def first_due(self, dose: Dose, t: int, day: int | None = None) -> tuple[int, int, int] | None:
        """(day, slot, first due) of the first occurrence due at or after the instant `t`; where
        `day` is given, it is on that date or later.
        """
        day = dose.next_day(self.zone.first_day(t) if day is None else day)
        while day is not None:
            dues = self.dues_on(dose, day)
            if dues[0 if dose.meals else -1] >= t:
                # Behind all that come before `t`.
                slot = 0 if dose.meals else sorted(dues + (t,)).index(t)
                return day, slot, dues[slot]
            day = dose.next_day(day + 1)
        return None

    def at(self, dose: Dose, due_s: int) -> tuple[int, int] | None:
        """The occurrence that is first due in the minute of the instant `due_s`, or None."""
        place = self.first_due(dose, due_s)
        return None if place is None or place[2] >= due_s + 60 else place[:2]

    def first_open(self, dose: Dose, t: int) -> tuple[int, int, int] | None:
        """(day, slot, first due) of the first occurrence whose last window closes after `t`.

        Each closes before the next is due, so that is the last one due by then, or the next.
        """
        slot, day = -1, dose.previous_day(self.zone.day(t) + self.zone.slack_days)
        while day is not None:
            dues = self.dues_on(dose, day)
            slot = 0 if dose.meals else len(dues) - 1
            while slot >= 0 and dues[slot] > t:
                slot -= 1
            if slot >= 0:
                break
            day = dose.previous_day(day - 1)
        if day is None:
            return self.first_due(dose, t)
        before = self._dues_before(dose, day, slot)
        # Of what falls on one instant it is the first.
        is_first = not before or before[0] != dues[slot]
        place = (day, slot, dues[slot]) if is_first else self.first_due(dose, dues[slot])
        if place is not None and self.window(dose, place[0], place[1]).closes[-1] > t:
            return place
        return self.first_due(dose, t + 1, day)

    def is_off(self, day: int) -> bool:
        """Whether an exception switches every dose off on that date."""
        return self._on(day)[0]

    def quiet_hours(self, now: int) -> tuple[int, int]:
        """When the quiet hours begin and end that hold at `now`, else the next ones; NEVER without
        any.
        """
        if self.quiet is not None:
            start, end = self.quiet
            end += 1440 if end <= start else 0
            today = self.zone.day(now)
            for day in (today - 1, today, today + 1):
                starts_s, ends_s = self._instants(day, (start, end))
                if ends_s > now:
                    return starts_s, ends_s
        return NEVER, NEVER

    def dues_on(self, dose: Dose, day: int) -> tuple[int, ...]:
        """The dues on a date on which the dose runs, one per time or meal."""
        key = (day, dose.times, dose.meals)
        return self._known.get(key) or self._reckoned(key, dose, day)

    def _reckoned(self, key: tuple[object, ...], dose: Dose, day: int) -> tuple[int, ...]:
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        if dose.meals:
            meals = self._on(day)[1]
            dues = tuple([meals[meal] for meal in dose.meals])
        else:
            dues = self._instants(day, dose.times or ())
        self._known[key] = dues
        return dues

    def _on(self, day: int) -> tuple[bool, tuple[int, ...]]:
        """Whether a date is switched off, and when each meal of it is."""
        if day not in self._dates:
            if len(self._dates) >= _MAX_DATES:
                self._dates.clear()
            self._dates[day] = self._reckoned_date(day)
        return self._dates[day]

    def _reckoned_date(self, day: int) -> tuple[bool, tuple[int, ...]]:
        is_off, weekday = False, civil.weekday(day)
        minutes = [meal[1][weekday] for meal in self.meals]
        # Where several exceptions move a meal, the first does.
        for first, last, moved, off in reversed(self.exceptions):
            if first <= day <= last:
                is_off = is_off or off
                for meal in moved:
                    minutes[meal] = moved[meal]
        return is_off, self._instants(day, tuple(minutes))

    def _instants(self, day: int, minutes: tuple[int, ...]) -> tuple[int, ...]:
        midnight, instant = day * civil.DAY_S, self.zone.instant
        return tuple([instant(midnight + minute * 60) for minute in minutes])

    def _dues_before(self, dose: Dose, day: int, slot: int) -> tuple[int, ...]:
        """The dues of the occurrence before (day, slot), one per meal; () before the first."""
        if slot and not dose.meals:
            return (self.dues_on(dose, day)[slot - 1],)
        earlier = dose.previous_day(day - 1)
        if earlier is None:
            return ()
        dues = self.dues_on(dose, earlier)
        if dose.times is not None:
            return dues[-1:]
        further = dose.previous_day(earlier - 1)
        if further is not None and self.dues_on(dose, further)[0] == dues[0]:
            return self.dues_on(dose, further)
        return dues


def _middle(last: int, due: int) -> int:
    """The middle of the time between two dues, before which the later one does not open."""
    return last + (due - last + 1) // 2
