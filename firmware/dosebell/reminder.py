"""What the device does about open occurrences: one row per dose.

Rule 1: instants come in and records go out. There is no clock and no file here, so a day in a
test, a year in a simulation and a morning on the board run the same lines.

Rule 2: what leads from one state to another stands in transitions.py, and only there.

Rule 3: what a record changes in the `Past` of a dose is folded in here, before anything else is
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
stands in one of them: `finish` folds the record, and `place` moves the row on to the next
occurrence at once.

`place` asks the plan and the `Past` where the dose stands. Its current occurrence is the first
that is not finished, not due before the dose was new or changed, not inside a gap, and not
among those finished ahead of a clock that was set back. If it has rung before, it rings again
where its meal's window is open, and rests where that has closed.

`step` lets all rows catch up with an instant. `next_s` of a row says when something next
happens to it; before the earliest of these there is nothing to do, but for the end of a snooze.
A row advances one event at a time until its `next_s` lies ahead, so a step may come as late as
it likes: a meal that is over does not ring, and an occurrence that is over is judged, as
`missed` where it rang and as `unknown` where it never did.

A power cut takes the rows away, for they are never stored. The journal gives back the `Past`,
the schedule gives back the plan, and `place` finds each row again. An occurrence whose end is
on flash does not come back. One whose end is not on flash was not shown as taken either, and
rings again while its window is open. What stands in the row alone is what a restart may forget:
a snooze, and how long it has sounded.
"""

from dosebell import record
from dosebell.dose import Dose
from dosebell.memory import Memory, Past
from dosebell.plan import NEVER, SLACK_DAYS, Plan, Window
from dosebell.record import CANCELLED, RESTING, RINGING, SKIPPED, SNOOZED, TAKEN, Record
from dosebell.transitions import (
    CANCEL,
    CLOSE,
    DUE,
    END,
    LOST,
    SKIP,
    SNOOZE,
    TAKE,
    WAITING,
    WAKE,
    move,
)

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

    def is_closed(self, now_s: int) -> bool:
        return self.window is not None and self.window.closes[-1] <= now_s

    def resume(self, before: "Row") -> None:
        """Take over ring and snooze of the row before, where it stood at the same occurrence."""
        window, old = self.window, before.window
        if window is None or old is None or (window.day, window.slot) != (old.day, old.slot):
            return
        if self.state == RINGING and before.state in (RINGING, SNOOZED):
            self.state = before.state
            self.heard = before.heard
            self.snooze_until_s = before.snooze_until_s
            self.sounded_s = before.sounded_s

    def rang(self) -> bool:
        """Whether the current occurrence has rung in any of its windows."""
        window, rang = self.window, self.past.rang
        return window is not None and rang is not None and rang[:2] == (window.day, window.slot)

    def too_soon(self) -> bool:
        """Whether, after an edit of the schedule, this would come too soon after an intake."""
        window, past = self.window, self.past
        if window is None or past.intake_s is None or past.since_s is None:
            return False
        return past.intake_s <= past.since_s and within_half_gap(window, past, window.dues[0])


class Reminder:
    """The rows of a plan. `memory` is shared with the app, which folds every record into it."""

    def __init__(self, plan: Plan, memory: Memory) -> None:
        self.plan = plan
        self.memory = memory
        self.rows = [Row(dose, memory.past(dose.id)) for dose in plan.doses]
        self._by_id = {row.dose.id: row for row in self.rows}

    def row(self, dose: str) -> Row | None:
        return self._by_id.get(dose)

    def place(self, row: Row, now_s: int) -> None:
        """Put the row at its current occurrence, in the state that the past left it in."""
        found = self._find(row)
        row.state, row.meal, row.sounded_s, row.heard = WAITING, -1, 0, False
        row.window = self.plan.window(row.dose, found[0], found[1]) if found else None
        if row.window is not None and row.past.rang is not None and row.rang():
            # A reboot forgets a snooze and rings.
            row.meal = min(row.past.rang[2], row.window.reached(now_s))
            if row.meal >= 0:
                row.state = RINGING if now_s < row.window.closes[row.meal] else RESTING
        self._attend(row, now_s)

    def refresh(self, row: Row, now_s: int) -> None:
        """Place the row anew, unless it stands right: then it keeps its ring and its snooze."""
        window = row.window
        if window is None or self._find(row) != (window.day, window.slot):
            self.place(row, now_s)
        elif window.reached(now_s) < row.meal:
            self.place(row, now_s)
        elif row.state == RESTING and now_s < window.closes[row.meal]:
            self.place(row, now_s)
        else:
            self._attend(row, now_s)

    def place_all(self, now_s: int) -> None:
        for row in self.rows:
            self.place(row, now_s)

    def step(self, now_s: int, uptime_s: int) -> list[Record]:
        """What became due, closed or woke up to now: at most `MAX_JUDGED` records."""
        entries: list[Record] = []
        for row in self.rows:
            if row.state == SNOOZED and uptime_s >= row.snooze_until_s:
                self.wake(row, WAKE, now_s)
            while row.next_s <= now_s and len(entries) < MAX_JUDGED:
                entry = self._advance(row, now_s)
                if entry is not None:
                    entries.append(entry)
        return entries

    def next_s(self) -> int:
        """The next instant at which `step` has something to do."""
        return min([row.next_s for row in self.rows]) if self.rows else NEVER

    def finish(self, row: Row, now_s: int, entry: Record) -> Record:
        """End the current occurrence by `entry`: fold it and go to the next occurrence."""
        self.memory.apply(entry)
        self.place(row, now_s)
        return entry

    def entry(self, row: Row, kind: str, detail: str = "") -> Record:
        window = _window(row)
        return Record(kind, row.dose.id, window.day, window.slot, detail)

    def take(self, row: Row, now_s: int, detail: str = "", at_s: int | None = None) -> Record:
        """The intake of the row's current occurrence, at `at_s` (default now)."""
        move(row.state, TAKE)
        window = _window(row)
        taken_s = now_s if at_s is None else at_s
        pairs = intake_details(row.dose, row.past, window, taken_s, row.meal)
        if at_s is not None:
            pairs.append("at=" + record.unix(at_s))
        if detail:
            pairs.append(detail)
        entry = self.entry(row, TAKEN, ",".join(pairs))
        entry.utc = now_s
        return self.finish(row, now_s, entry)

    def skip(self, row: Row, now_s: int, detail: str = "") -> Record:
        move(row.state, SKIP)
        return self.finish(row, now_s, self.entry(row, SKIPPED, detail))

    def cancel(self, row: Row, now_s: int, detail: str) -> Record:
        move(row.state, CANCEL)
        return self.finish(row, now_s, self.entry(row, CANCELLED, detail))

    def snooze(self, row: Row, now_s: int, uptime_s: int) -> Record:
        """Silence the row. It ends with the last call; in the last call it is half a nag."""
        row.state = move(row.state, SNOOZE)
        last_call = now_s >= _window(row).last_call_at(row.meal)
        length_s = self.plan.nag_s // 2 if last_call else self.plan.snooze_s
        row.snooze_until_s = uptime_s + length_s
        self._attend(row, now_s)
        return self.entry(row, SNOOZED)

    def wake(self, row: Row, event: str, now_s: int) -> None:
        """End a snooze: by its time (`WAKE`) or because the press was undone (`UNDO`)."""
        row.state, row.heard = move(row.state, event), False
        self._attend(row, now_s)

    def judge(self, row: Row, now_s: int) -> Record:
        """End the current occurrence, which nobody answered: the record says how."""
        if _window(row).off:
            return self.skip(row, now_s, "off=1")
        if row.state == WAITING and row.too_soon():
            return self.cancel(row, now_s, "why=too-soon")
        kind = move(row.state, END if row.rang() else LOST)
        return self.finish(row, now_s, self.entry(row, kind))

    def _find(self, row: Row) -> tuple[int, int] | None:
        """The first occurrence that is neither finished, too old for the dose, nor in a gap."""
        plan, dose, past = self.plan, row.dose, row.past
        found = []
        # What is finished lies past that instant as a rule, which spares the search for it.
        if past.from_day is None or past.from_day <= plan.zone.day(past.since_s or 0) + SLACK_DAYS:
            found.append(plan.first_due(dose, past.since_s or 0))
        if past.from_day is not None:
            found.append(plan.at_or_after(dose, past.from_day, past.from_slot))
        gap_s = self.memory.gap_s
        if gap_s and (past.from_day is None or past.from_day <= plan.zone.day(gap_s)):
            found.append(plan.first_open(dose, gap_s))
        if None in found:
            return None
        place: tuple[int, int] | None = max([each for each in found if each is not None])
        while place is not None and place in past.ahead:
            place = plan.at_or_after(dose, place[0], place[1] + 1)
        return place

    def _advance(self, row: Row, now_s: int) -> Record | None:
        """One step of one row towards `now_s`; the record of it, where it leaves one."""
        window = _window(row)
        if now_s >= window.opens and (window.off or (row.state == WAITING and row.too_soon())):
            return self.judge(row, now_s)
        if now_s >= window.closes[-1]:
            return self.judge(row, now_s)
        entry = self._advance_meal(row, window, now_s)
        self._attend(row, now_s)
        return entry

    def _advance_meal(self, row: Row, window: Window, now_s: int) -> Record | None:
        """Rest where the meal's window closed, ring where the next meal is due."""
        if row.state in (RINGING, SNOOZED):
            if now_s >= window.closes[row.meal]:
                row.state = move(row.state, CLOSE)
                return self.entry(row, RESTING)
            if row.state == SNOOZED and now_s >= window.last_call_at(row.meal):
                self.wake(row, WAKE, now_s)
            return None
        reached = window.reached(now_s)
        if reached <= row.meal:
            return None
        row.meal, row.sounded_s, row.heard = reached, 0, False
        if now_s >= window.closes[reached]:
            if row.state == RESTING:
                return None
            row.state = move(row.state, CLOSE)
            return self.entry(row, RESTING)
        row.state = move(row.state, DUE)
        entry = self.entry(row, RINGING, self._meal_detail(row))
        self.memory.apply(entry)
        return entry

    def _meal_detail(self, row: Row) -> str:
        if row.dose.meals is None:
            return ""
        return "n=%d,meal=%s" % (row.meal, self.plan.meals[row.dose.meals[row.meal]][0])

    def _attend(self, row: Row, now_s: int) -> None:
        """Set when the row next needs a step."""
        window = row.window
        if window is None:
            row.next_s = NEVER
        elif window.off or (row.state == WAITING and row.too_soon()):
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
    if window.gap_s is None or past.intake_s is None:
        return False
    return abs(at_s - past.intake_s) < window.gap_s // 2


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
