"""The states of an occurrence and what leads from one to another: all of it, and only here.

What is not in TRANSITIONS is ignored, or an error of ours; the tests say which.
"""

from dosebell.record import CANCELLED, MISSED, RESTING, RINGING, SKIPPED, SNOOZED, TAKEN, UNKNOWN

WAITING = "waiting"

# Events: a meal is due, its window closes, the last one closes after ringing or without, ...
DUE = "due"
CLOSE = "close"
END = "end"
LOST = "lost"
WAKE = "wake"
TAKE = "take"
SKIP = "skip"
SNOOZE = "snooze"
CANCEL = "cancel"
UNDO = "undo"
UNDO_LATE = "undo-late"

TRANSITIONS = {
    WAITING: {
        DUE: RINGING,
        CLOSE: RESTING,
        END: MISSED,
        LOST: UNKNOWN,
        TAKE: TAKEN,
        SKIP: SKIPPED,
        CANCEL: CANCELLED,
    },
    RINGING: {
        CLOSE: RESTING,
        END: MISSED,
        TAKE: TAKEN,
        SKIP: SKIPPED,
        SNOOZE: SNOOZED,
        CANCEL: CANCELLED,
    },
    SNOOZED: {
        WAKE: RINGING,
        CLOSE: RESTING,
        END: MISSED,
        TAKE: TAKEN,
        SKIP: SKIPPED,
        SNOOZE: SNOOZED,
        CANCEL: CANCELLED,
        UNDO: RINGING,
    },
    RESTING: {
        DUE: RINGING,
        END: MISSED,
        LOST: UNKNOWN,
        TAKE: TAKEN,
        SKIP: SKIPPED,
        CANCEL: CANCELLED,
    },
    # The device judges once; people may correct.
    TAKEN: {UNDO: WAITING, UNDO_LATE: MISSED},
    SKIPPED: {TAKE: TAKEN, UNDO: WAITING, UNDO_LATE: MISSED},
    MISSED: {TAKE: TAKEN, SKIP: SKIPPED, UNDO: WAITING},
    UNKNOWN: {TAKE: TAKEN, SKIP: SKIPPED, UNDO: WAITING},
    CANCELLED: {TAKE: TAKEN, SKIP: SKIPPED, UNDO: WAITING},
}


def move(state: str, event: str) -> str:
    """The state that `event` leads to. Raises ValueError where the table ignores it."""
    after = TRANSITIONS[state].get(event)
    if after is None:
        raise ValueError(state + " ignores " + event)
    return after
