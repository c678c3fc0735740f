"""What a press means, from what is open: which doses it takes, and what the box answers."""

from dosebell.record import RESTING, RINGING, SNOOZED
from dosebell.reminder import Reminder, Row

# A second short press within this takes what was asked about.
ASK_MS = 6000
# For so long after *taken* every press only repeats that answer.
REPEAT_MS = 3000
# A very long press undoes the last press, if that is younger than this.
UNDO_S = 600


def ringing(reminder: Reminder) -> list[Row]:
    """What rings or is snoozed: what one press takes."""
    return [row for row in reminder.rows if row.state in (RINGING, SNOOZED)]


def askable(reminder: Reminder, now_s: int) -> list[Row]:
    """What a second press takes while nothing rings: all that rests, else the earliest."""
    resting = [row for row in reminder.rows if row.state == RESTING]
    if resting:
        return resting
    early = []
    for index in range(len(reminder.rows)):
        window = reminder.rows[index].window
        if window is not None and window.opens <= now_s:
            early.append((window.dues[0], index))
    return [reminder.rows[min(early)[1]]] if early else []


def of_the_day(reminder: Reminder, now_s: int) -> str:
    """The answer to "did I take it?" while nothing is open."""
    today = reminder.plan.zone.day(now_s)
    pasts = [row.past for row in reminder.rows]
    if [past for past in pasts if past.missed_day == today and past.missed_count]:
        return "missed-today"
    if [past for past in pasts if past.taken_day == today]:
        return "all-taken"
    return "nothing"


def placed_at(reminder: Reminder, pressed_s: int) -> list[Row]:
    """What a press at `pressed_s`, made while the clock was unset, took: what was due then."""
    due = [row for row in reminder.rows if _due_at(row, pressed_s)]
    return (
        due if due else [row for row in askable(reminder, pressed_s) if _open_at(row, pressed_s)]
    )


def _due_at(row: Row, at_s: int) -> bool:
    return row.window is not None and row.window.dues[0] <= at_s < row.window.closes[-1]


def _open_at(row: Row, at_s: int) -> bool:
    return row.window is not None and row.window.opens <= at_s < row.window.closes[-1]
