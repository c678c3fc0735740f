"""Light and sound in words: what each pattern tells a person."""

from dosebell.pattern import COUNT, OFF

LIGHTS = {
    OFF: "nothing to do",
    "due": "time to take it",
    "snoozed": "snoozed",
    "unset": "the clock is not set",
    "service": "service: no reminders now",
    "fault": "something is wrong",
    "taken": "taken",
    "taken-low": "taken, and the stock is low",
    "taken-next": "taken; the next one",
    "taken-next-low": "taken, and the stock is low; the next one",
    "not-yet": "not yet taken",
    "all-taken": "all taken today",
    "missed-today": "missed today",
    "nothing": "nothing planned",
    "no": "no",
    "noted": "noted, but the clock is not set",
    "unsaved": "noted, but not saved yet",
    "tick": "held long enough",
    "test": "self-test",
}
RINGS = {"due": "it rings", "overdue": "it rings, overdue", "last-call": "it rings: last call"}
EAT_FIRST = "-eat"


def light_text(name: str, calls: bool = False) -> str:
    """What the light says; where something `calls`, it is dark only while the button is down."""
    if calls and name == OFF:
        return "dark while the button is down"
    if name.startswith(COUNT):
        return f"time to take number {name.removeprefix(COUNT)}"
    return LIGHTS.get(name, name)


def sound_text(name: str) -> str:
    """What the sound says."""
    if name == "silent":
        return "silent"
    if name.removesuffix(EAT_FIRST) in RINGS:
        food = " (eat first)" if name.endswith(EAT_FIRST) else ""
        return RINGS[name.removesuffix(EAT_FIRST)] + food
    return LIGHTS.get(name, name)
