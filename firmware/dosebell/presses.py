"""What a press means, from what is open: which doses it takes, and what the box answers."""

from dosebell import TYPE_CHECKING, civil
from dosebell.board import Open
from dosebell.button import LONG, VERY_LONG
from dosebell.memory import WAITING
from dosebell.record import MISSED, RESTING, RINGING, SNOOZED, TAKEN, UNDONE, UNKNOWN
from dosebell.reminder import Reminder, Row, within_half_gap

if TYPE_CHECKING:
    from dosebell.each import Turns

# The answer that asks: a second short press takes what is not yet taken.
NOT_YET = "not-yet"

# The answer to an intake while more is to be asked for.
TAKEN_NEXT = "taken-next"
# What the view calls a dose that is asked about before it is due.
EARLY = "early"

# A second short press within this takes what was asked about.
ASK_MS = 6000
# For so long after *taken* every press only repeats that answer.
REPEAT_MS = 3000
# A very long press undoes the last press, if that is younger than this.
UNDO_S = 600


def meaning(
    reminder: Reminder, event: int, now_s: int, about: list[str], turns: "Turns | None"
) -> tuple[str, list[Row]]:
    """What a press means while the clock is trusted, and for which rows.

    That is what becomes of them, TAKEN, SNOOZED or UNDONE, else the answer which is all that the
    press gets. `about` are the doses for which NOT_YET was answered just before.
    """
    if event == VERY_LONG:
        return UNDONE, []
    if ringing(reminder):
        rows = turns.answered(reminder) if turns else ringing(reminder)
        if not rows:
            # All that is open was passed, or is asked for only now: a press takes none of it.
            return NOT_YET, rows
        return SNOOZED if event == LONG else TAKEN, rows
    rows = askable(reminder, now_s, turns)
    if rows:
        is_asked = [row.dose.id for row in rows] == about if turns else about
        return TAKEN if is_asked else NOT_YET, rows
    return "test" if event == LONG else of_the_day(reminder, now_s), rows


def asked(reminder: Reminder, now_s: int, about: list[str], turns: "Turns | None") -> list[Row]:
    """What the next short press takes."""
    if about and not ringing(reminder):
        return [row for row in askable(reminder, now_s, turns) if row.dose.id in about]
    return turns.ringing(reminder) if turns else ringing(reminder)


def ringing(reminder: Reminder) -> list[Row]:
    """What rings or is snoozed: what one press takes."""
    return [row for row in reminder.rows if row.state in (RINGING, SNOOZED)]


def askable(reminder: Reminder, now_s: int, turns: "Turns | None") -> list[Row]:
    """What a second press takes while nothing rings: all that rests, else the earliest; of one
    place, where one at a time is asked for.
    """
    rows = [row for row in reminder.rows if row.state == RESTING]
    if rows:
        return turns.one_place(rows, rows[0]) if turns else rows
    rows = [row for row in reminder.rows if row.is_open(now_s)]
    if not rows:
        return rows
    first = min(rows, key=lambda row: row.due_s())
    return turns.one_place(rows, first) if turns else [first]


def opened(reminder: Reminder, asked: list[Row]) -> list[Open]:
    """What is open, for the view; the next short press takes the rows `asked`."""
    found, meals = [], reminder.plan.meals
    for position, row in enumerate(reminder.rows, 1):
        is_asked = row in asked
        if row.state == WAITING and not is_asked:
            continue
        dose = row.dose
        meal = meals[dose.meals[max(row.meal, 0)]][0] if dose.meals else ""
        state = EARLY if row.state == WAITING else row.state
        found.append(Open(dose.id, dose.name, meal, position, row.place(), state, is_asked))
    return found


def of_the_day(reminder: Reminder, now_s: int) -> str:
    """The answer to "did I take it?" while nothing is open."""
    zone = reminder.plan.zone
    hows = [
        how
        for row in reminder.rows
        for due_s, how in row.past.remembered()
        if abs(due_s - now_s) < 2 * civil.DAY_S and zone.day(due_s) == zone.day(now_s)
    ]
    if MISSED in hows or UNKNOWN in hows:
        return "missed-today"
    return "all-taken" if TAKEN in hows else "nothing"


def of_intake(rows: list[Row]) -> str:
    """The answer to an intake of the rows, once it is durable."""
    for row in rows:
        stock, left = row.dose.stock, row.past.stock
        if stock is not None and left is not None and left <= stock[2]:
            return "taken-low"
    return "taken"


def placed_at(reminder: Reminder, pressed_s: int) -> list[Row]:
    """What a press at `pressed_s`, made while the clock was unset, took: what was due then, and
    neither switched off nor taken too short before.
    """
    rows = [
        row for row in reminder.rows if _was_due(row, pressed_s) and not reminder.too_soon(row)
    ]
    if reminder.plan.each and rows:
        from dosebell.each import Turns

        rows = Turns().due_first(rows, pressed_s)
    return rows


def _was_due(row: Row, at_s: int) -> bool:
    window = row.window
    if window is None or window.off or within_half_gap(window, row.past, at_s):
        return False
    return window.dues[0] <= at_s < window.closes[-1]
