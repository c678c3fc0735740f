"""What the device does about open occurrences: one row per dose.

Rule 1: instants come in and records go out. There is no clock and no file here, so a day in a
test, a year in a simulation and a morning on the board run the same lines.

Rule 2: what a record changes in the `Past` of a dose is folded in here, before anything else is
asked about that dose. To write the record is for whoever called.

Theory of operation
-------------------
Windows of one dose never overlap (plan.py says why), so at most one occurrence of a dose is
open. A `Row` is therefore all that a dose needs: that occurrence, or else the next one to open,
with its window, the meal that was reached, and a state.

                    due            snooze, wake
        waiting -----------> ringing <-------> snoozed
                              ^   |               |
         the next meal is due |   | its meal's    |
                              |   v window closes |
                             resting <------------+

`taken`, `skipped`, `missed`, `unknown` and `cancelled` end an occurrence, and no row ever
stands in one of them: `fold` takes in the record, and `place` moves the row on to the next
occurrence at once.

`place` asks the plan and the `Past` where the dose stands (`find`). What is remembered as open
comes first, as what rings while a new schedule comes. Else it is the first occurrence that is due
after all that is done, not inside a gap, and not among those remembered as ended. If it has rung
before, it rings again where its meal's window is open, and rests where that has closed.

`step` lets all rows catch up with an instant. `next_s` of a row says when something next
happens to it; before the earliest of these there is nothing to do, but for the end of a snooze.
A row advances one event at a time until its `next_s` lies ahead, so a step may come as late as
it likes: a meal that is over does not ring, and an occurrence that is over is judged, as
`missed` where it rang and as `unknown` where it never did.

Three things move what a dose has done, and each is a line in time. A new schedule asks for what
is due from its coming on (adopt.py). A gap covers what closed in it. A clock set back lets wait
again what closes after the new now, but for what is remembered as ended; of that, what was missed
or unknown is withdrawn (catchup.py has both).

A power cut takes the rows away, for they are never stored. The journal gives back the `Past`,
the schedule gives back the plan, and `place` finds each row again. An occurrence whose end is
on flash does not come back. One whose end is not on flash was not shown as taken either, and
rings again while its window is open. What stands in the row alone is what a restart may forget:
a snooze, and how long it has sounded.
"""

from dosebell import civil, record
from dosebell.dose import Dose
from dosebell.memory import WAITING, Memory, Past
from dosebell.plan import NEVER, Plan, Window
from dosebell.record import MISSED, RESTING, RINGING, SNOOZED, UNKNOWN, Record

# Judgements, and so records, that one pass makes at most.
MAX_JUDGED = 16


class Row:
    """A dose and its one current occurrence: the open one, or the next to open."""

    window: Window | None = None
    state = WAITING
    # The last meal whose window the row has reached; -1 before the first.
    meal = -1
    # When the row next needs `Reminder.step`.
    next_s = NEVER
    # Uptime at which a snooze ends, and the time sounded in this window.
    snooze_until_s = 0
    sounded_s = 0
    # Whether a ring has begun since the row began to ring.
    heard = False

    def __init__(self, dose: Dose, past: Past) -> None:
        self.dose = dose
        self.past = past

    def is_open(self, now_s: int) -> bool:
        return self.window is not None and self.window.opens <= now_s

    def stands(self, now_s: int) -> bool:
        """Whether the state is right for the window: its meal has come, and what rests is over."""
        window, meal = self.window, self.meal
        if window is None or window.reached(now_s) < meal:
            return False
        return self.state != RESTING or window.closes[meal] <= now_s

    def place(self) -> int:
        """The compartment in which the current occurrence lies; 0 without one."""
        window = self.window
        return 0 if window is None else self.dose.place(window.day, window.slot)

    def due_s(self) -> int:
        """When the meal that was reached is due; 0 without an occurrence."""
        window = self.window
        return 0 if window is None else window.dues[max(self.meal, 0)]

    def rang(self) -> bool:
        """Whether the current occurrence has rung in any of its windows."""
        return self.window is not None and self.past.how(self.window.dues[0]) == RINGING


class Reminder:
    """The rows of a plan. `memory` is shared with the app, which folds every record into it."""

    def __init__(self, plan: Plan, memory: Memory) -> None:
        self.plan = plan
        self.memory = memory
        self.rows = [Row(dose, memory.past_under(dose.id)) for dose in plan.doses]
        for row in self.rows:
            if row.past.done_s is None and memory.line_s is not None and memory.owed_s is None:
                row.past.done_s = memory.line_s - 1

    def row(self, dose: str) -> Row | None:
        place = self.plan.places.get(dose)
        return None if place is None else self.rows[place]

    def place(self, row: Row, now_s: int, before: Row | None = None) -> None:
        """Put the row at its current occurrence. Where it stood there, or `before` did, its row in
        another schedule, it keeps its ring and its snooze; else it is in the state that the past
        left it in.
        """
        old, found = row.window, self.find(row)
        if before is not None and before.state != WAITING:
            old, row.state, row.meal = before.window, before.state, before.meal
            row.snooze_until_s, row.sounded_s = before.snooze_until_s, before.sounded_s
            row.heard = before.heard
        row.window = window = self.plan.window(row.dose, found[0], found[1]) if found else None
        stays = old is not None and window is not None and window.dues[0] == old.dues[0]
        if not stays or not row.stands(now_s):
            row.state, row.meal, row.sounded_s, row.heard = WAITING, -1, 0, False
            if window is not None and row.rang():
                # A reboot forgets a snooze and rings.
                row.meal = min(row.past.meal, window.reached(now_s))
                if row.meal >= 0:
                    row.state = RINGING if now_s < window.closes[row.meal] else RESTING
        self._attend(row, now_s)

    def arrive(self, row: Row, now_s: int) -> None:
        """The clock was set: place the row anew where it does not stand right."""
        if row.stands(now_s):
            self._attend(row, now_s)
        else:
            self.place(row, now_s)

    def step(self, now_s: int, uptime_s: int) -> list[Record]:
        """What became due, closed or woke up to now: at most `MAX_JUDGED` records."""
        entries: list[Record] = []
        for row in self.rows:
            if row.state == SNOOZED and uptime_s >= row.snooze_until_s:
                self.wake(row, now_s)
            while row.next_s <= now_s and len(entries) < MAX_JUDGED:
                entry = self._advance(row, now_s)
                if entry is not None:
                    entries.append(entry)
        return entries

    def next_s(self) -> int:
        """The next instant at which `step` has something to do."""
        return min([row.next_s for row in self.rows]) if self.rows else NEVER

    def fold(self, row: Row, now_s: int, entry: Record) -> Record:
        """Fold what ends or puts right an occurrence, and place the row where that leaves it."""
        entry.utc = now_s
        self.memory.apply(entry)
        self.place(row, now_s)
        return entry

    def entry(self, row: Row, kind: str, detail: str = "") -> Record:
        return named(kind, row.dose.id, _window(row), detail)

    def take(self, row: Row, now_s: int, detail: str = "", at_s: int | None = None) -> Record:
        """The intake of the row's current occurrence, at `at_s` (default now)."""
        taken_s = now_s if at_s is None else at_s
        pairs = intake_details(row.dose, row.past, _window(row), taken_s, row.meal)
        if at_s is not None:
            pairs.append("at=" + record.unix(at_s))
        if detail:
            pairs.append(detail)
        return self.fold(row, now_s, self.entry(row, record.TAKEN, ",".join(pairs)))

    def skip(self, row: Row, now_s: int, detail: str = "") -> Record:
        return self.fold(row, now_s, self.entry(row, record.SKIPPED, detail))

    def snooze(self, row: Row, now_s: int, uptime_s: int) -> Record:
        """Silence the row. It ends with the last call; in the last call it is half a nag."""
        row.state = SNOOZED
        last_call = now_s >= _window(row).last_call_at(row.meal)
        length_s = self.plan.nag_s // 2 if last_call else self.plan.snooze_s
        row.snooze_until_s = uptime_s + length_s
        self._attend(row, now_s)
        return self.entry(row, SNOOZED)

    def wake(self, row: Row, now_s: int) -> None:
        """End a snooze: by its time, or because the press was undone."""
        row.state, row.heard = RINGING, False
        self._attend(row, now_s)

    def judge(self, row: Row, now_s: int) -> Record:
        """End the current occurrence, which nobody answered: the record says how."""
        if _window(row).off:
            return self.skip(row, now_s, "off=1")
        if self.too_soon(row):
            return self.fold(row, now_s, self.entry(row, record.CANCELLED, "why=too-soon"))
        # P7: what only waited, and lost its time, was not missed by anybody.
        return self.fold(row, now_s, self.entry(row, MISSED if row.rang() else UNKNOWN))

    def too_soon(self, row: Row) -> bool:
        """Whether, after an edit of the schedule, this would come too soon after an intake."""
        window, past, line_s = row.window, row.past, self.memory.line_s
        if row.state != WAITING or window is None or past.intake_s is None or line_s is None:
            return False
        if past.intake_s > line_s or (past.hold_s is not None and window.dues[0] >= past.hold_s):
            return False
        return within_half_gap(window, past, window.dues[0])

    def find(self, row: Row) -> tuple[int, int, int] | None:
        """(day, slot, first due) of the current occurrence: what is open comes first, then what
        is neither ended, too old for the dose, nor in a gap.
        """
        place = self._first_waiting(row)
        for open_s in row.past.open_dues():
            found = self.plan.at(row.dose, open_s) if not place or open_s < place[2] else None
            if found is not None:
                return found + (open_s,)
        return place

    def _first_waiting(self, row: Row) -> tuple[int, int, int] | None:
        plan, dose, past, window = self.plan, row.dose, row.past, row.window
        if past.done_s is None:
            return None
        since_s, day, gap_s = past.done_s + 1, None, self.memory.gap_s
        if window is not None and window.dues[0] == past.done_s and window.closes[-1] > gap_s:
            # Behind the occurrence that has just ended; none of those is in the gap.
            day = window.day
        elif past.done_s < gap_s:
            place = plan.first_open(dose, gap_s)
            if place is None:
                return None
            day, since_s = place[0], max(since_s, place[2])
        place = plan.first_due(dose, since_s, day)
        while place is not None and past.is_ended(place[2]):
            place = plan.first_due(dose, place[2] + 1, place[0])
        return place

    def window_at(self, row: Row, due_s: int) -> Window:
        """The window of what is first due then; a bare one where the schedule has none."""
        place = self.plan.at(row.dose, due_s)
        if place is None:
            return bare_window(self.plan, due_s)
        return self.plan.window(row.dose, place[0], place[1])

    def _advance(self, row: Row, now_s: int) -> Record | None:
        """One step of one row towards `now_s`; the record of it, where it leaves one."""
        window = _window(row)
        is_swallowed = now_s >= window.opens and (window.off or self.too_soon(row))
        if is_swallowed or now_s >= window.closes[-1]:
            return self.judge(row, now_s)
        entry = self._advance_meal(row, window, now_s)
        if entry is not None:
            self.memory.apply(entry)
        self._attend(row, now_s)
        return entry

    def _advance_meal(self, row: Row, window: Window, now_s: int) -> Record | None:
        """Rest where the meal's window closed, ring where the next meal is due."""
        was, reached = row.state, window.reached(now_s)
        if was in (WAITING, RESTING):
            if reached <= row.meal:
                return None
            row.state, row.meal, row.sounded_s, row.heard = RINGING, reached, 0, False
        if now_s >= window.closes[row.meal]:
            row.state = RESTING
            return None if was == RESTING else self.entry(row, RESTING)
        if was in (WAITING, RESTING):
            return self.entry(row, RINGING, self._meal_detail(row))
        if was == SNOOZED and now_s >= window.last_call_at(row.meal):
            self.wake(row, now_s)
        return None

    def _meal_detail(self, row: Row) -> str:
        if row.dose.meals is None:
            return ""
        return "n=%d,meal=%s" % (row.meal, self.plan.meals[row.dose.meals[row.meal]][0])

    def _attend(self, row: Row, now_s: int) -> None:
        """Set when the row next needs a step."""
        window = row.window
        if window is None:
            row.next_s = NEVER
        elif window.off or self.too_soon(row):
            row.next_s = window.opens
        elif row.state in (WAITING, RESTING):
            waits = row.meal + 1 < len(window.dues)
            row.next_s = window.dues[row.meal + 1] if waits else window.closes[-1]
        else:
            row.next_s = window.closes[row.meal]
            for edge_s in (window.overdue_at(row.meal), window.last_call_at(row.meal)):
                if now_s < edge_s < row.next_s:
                    row.next_s = edge_s


def within_half_gap(window: Window, past: Past, at_s: int) -> bool:
    """Whether `at_s` is sooner than half the dose's gap after its last intake."""
    return past.intake_s is not None and abs(at_s - past.intake_s) < gap_of(window) // 2


def gap_of(window: Window | None) -> int:
    """The time between two dues of the dose there, a day where it has but one."""
    return civil.DAY_S if window is None or window.gap_s is None else window.gap_s


def bare_window(plan: Plan, due_s: int) -> Window:
    """The window of what another schedule had due then: no more than a name."""
    return Window(plan.zone.day(due_s), 0, due_s, (due_s,), (0,))


def named(kind: str, dose: str, window: Window, detail: str = "") -> Record:
    """A record that names the occurrence of the window."""
    due = "d=" + record.unix(window.dues[0])
    return Record(kind, dose, window.day, window.slot, due + "," + detail if detail else due)


def intake_details(dose: Dose, past: Past, window: Window, taken_s: int, meal: int) -> list[str]:
    """The detail pairs of a `taken` record: how late, at which meal, what is left, too soon."""
    pairs = ["late_s=%d" % (taken_s - window.dues[0])]
    if dose.meals is not None and meal > 0:
        pairs.append("n=%d" % meal)
    if dose.stock is not None and past.stock is not None:
        pairs.append("left=%d" % (past.stock - dose.stock[1]))
    if within_half_gap(window, past, taken_s):
        pairs.append("soon=1")
    return pairs


def _window(row: Row) -> Window:
    if row.window is None:
        raise ValueError("no occurrence")
    return row.window
