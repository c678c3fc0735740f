"""Faults that boxes had, planted again: lives must find them, else their silence means nothing.

Each is a context in which the device package is wrong in one way, on paths that people take.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from dosebell import adopt, civil, each, journal, memory, record, reminder

Fault = Callable[[], AbstractContextManager[None]]
MONTH_S = 30 * civil.DAY_S


@contextmanager
def _planted(owner: Any, name: str, value: object) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if isinstance(owner, dict):
            patch.setitem(owner, name, value)
        else:
            patch.setattr(owner, name, value)
        yield


def slot_of_other_times() -> AbstractContextManager[None]:
    """A push takes the slot last answered for one of the new times, and all before it for done."""
    right = adopt.draw_line

    def wrong(old: Any, new: Any, now_s: int) -> Iterator[list[Any]]:
        yield from right(old, new, now_s)
        for row in new.rows:
            before = old.row(row.dose.id)
            taken = [due_s for due_s, how in row.past.remembered() if how == record.TAKEN]
            place = old.plan.at(before.dose, taken[0]) if before is not None and taken else None
            if place is not None and new.plan.has(row.dose, *place):
                due_s = new.plan.dues(row.dose, *place)[0]
                row.past.done_s = max(row.past.done_s, due_s)
                new.place(row, now_s)

    return _planted(adopt, "draw_line", wrong)


def snapshots_instead_of_records() -> AbstractContextManager[None]:
    """A snapshot counts as part of its segment, so a large one leaves no room for records."""
    right: Any = vars(journal.Journal)["_limit"]

    def wrong(self: Any) -> int:
        is_large = self._snapshot_bytes > journal.SEGMENT_BYTES // 2
        return -journal.SEGMENT_BYTES if is_large else right.fget(self)

    return _planted(journal.Journal, "_limit", property(wrong))


def clock_back_forgets() -> AbstractContextManager[None]:
    """A clock set back forgets what was taken."""
    right = memory._FOLDS[record.CLOCK]

    def wrong(state: Any, entry: Any, found: Any) -> None:
        if (entry.utc or 0) < state.seen_s:
            for past in state.pasts.values():
                for due_s, how in past.remembered():
                    if how == record.TAKEN:
                        past.note(due_s, memory.WAITING)
        right(state, entry, found)

    return _planted(memory._FOLDS, record.CLOCK, wrong)


def undo_forgets_the_day() -> AbstractContextManager[None]:
    """An undo forgets what else was taken of that day."""
    right = memory._DOSE_FOLDS[record.UNDONE]

    def wrong(past: Any, entry: Any, found: Any, due_s: int | None) -> None:
        for other_s, how in past.remembered():
            if due_s is not None and how == record.TAKEN and abs(other_s - due_s) < civil.DAY_S:
                kept = [each for each in past.remembered() if each[0] > other_s]
                past.words = ()
                for each in reversed(kept):
                    past.note(*each)
        right(past, entry, found, due_s)

    return _planted(memory._DOSE_FOLDS, record.UNDONE, wrong)


def failing_flash_drops_intakes() -> AbstractContextManager[None]:
    """What waits for a flash that fails has little room, and intakes go first."""

    def wrong(entries: list[Any], most: int) -> tuple[list[Any], list[str]]:
        return entries[:4], []

    return _planted(record, "spared", wrong)


def year_ahead_stays_done() -> AbstractContextManager[None]:
    """A clock put right after a long time ahead leaves all done up to where it was."""
    right = memory._FOLDS[record.CLOCK]

    def wrong(state: Any, entry: Any, found: Any) -> None:
        far = (entry.utc or 0) < state.seen_s - MONTH_S
        right(state, entry, found)
        if far:
            state.back_s = None

    return _planted(memory._FOLDS, record.CLOCK, wrong)


def once_has_no_gap() -> AbstractContextManager[None]:
    """A dose of one occurrence has no gap, so nothing of it is too soon."""

    def wrong(window: Any) -> int:
        return 0 if window is None or window.gap_s is None else int(window.gap_s)

    @contextmanager
    def both() -> Iterator[None]:
        with _planted(adopt, "gap_of", wrong), _planted(reminder, "gap_of", wrong):
            yield

    return both()


def passed_is_taken() -> AbstractContextManager[None]:
    """Where one place at a time is asked for, what was passed is asked for at once again."""

    def wrong(self: Any, of: Any) -> list[Any]:
        calls = (record.RINGING, record.SNOOZED)
        rows = [row for row in of.rows if row.state in calls]
        return list(self.one_place(rows, rows[0])) if rows else rows

    return _planted(each.Turns, "ringing", wrong)


def who_wakes_comes_first() -> AbstractContextManager[None]:
    """The order of the file alone says whose turn it is, also when a snooze ends."""

    def wrong(self: Any, of: Any) -> list[Any]:
        rows = [row for row in of.rows if row.state == record.RINGING]
        return list(self.one_place(rows, rows[0])) if rows else rows

    return _planted(each.Turns, "ringing", wrong)


def a_compartment_of_one() -> AbstractContextManager[None]:
    """One press takes one dose, though others lie in the same compartment."""

    def wrong(self: Any, rows: list[Any], first: Any) -> list[Any]:
        return [first]

    return _planted(each.Turns, "one_place", wrong)


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        slot_of_other_times,
        snapshots_instead_of_records,
        clock_back_forgets,
        undo_forgets_the_day,
        failing_flash_drops_intakes,
        year_ahead_stays_done,
        once_has_no_gap,
        passed_is_taken,
        who_wakes_comes_first,
        a_compartment_of_one,
    )
}
