"""What each light and each sound tells, in the few words that fit into a drawing."""

from dosebell import pattern

LIGHTS = {
    "due": "take it now",
    "snoozed": "it will ring again",
    "unset": "the clock is not set",
    "service": "being installed",
    "fault": "something is wrong",
    "limp": "crashed often; only reminds",
    "taken": "noted as taken, and safe",
    "taken-low": "taken; packet nearly empty",
    "taken-next": "taken; the next is asked for",
    "taken-next-low": "taken, nearly empty; the next",
    "not-yet": "not taken yet",
    "all-taken": "all taken today",
    "missed-today": "something was missed",
    "nothing": "nothing was planned",
    "no": "that can't be done",
    "noted": "noted; the clock is not set",
    "unsaved": "noted, but not yet safe",
    "tick": "held for 2 s or 8 s",
    "test": "self-test",
}

# Examples of a light that says which one, where doses are asked for one at a time.
COUNTS = {
    pattern.COUNT + "3": "take it now: place 3",
    pattern.COUNT + "7": "place 7: six, then one",
}

SOUNDS = {
    "due": "it is time",
    "overdue": "half the time is over",
    "last-call": "the last 10 minutes",
    "due-eat": "it is time; eat first",
    "overdue-eat": "half is over; eat first",
    "last-call-eat": "last 10 minutes; eat first",
    "chirp": "switched on, clock not set",
} | {name: words for name, words in LIGHTS.items() if name in pattern.MELODIES and name != "due"}
