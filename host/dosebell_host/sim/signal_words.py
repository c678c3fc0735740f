"""What a box shows in words: its light, its sound, what rings and what comes next."""

from dosebell.board import Open
from dosebell.pattern import COUNT, OFF
from dosebell.record import SNOOZED
from dosebell_host.schedule.local_time import LocalTime, day_text

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


def open_text(each: Open) -> str:
    """Its name, where it lies, and what became of it so far."""
    place = f", place {each.place}" if each.place else ""
    state = ", snoozed" if each.state == SNOOZED else "" if each.asked else ", asked for later"
    return f"{each.name}{place}{state}"


def next_text(due: tuple[str, int] | None, local: LocalTime) -> str:
    """Which dose comes next, and when (seconds since 2000)."""
    if due is None:
        return "nothing"
    moment = local.datetime(due[1])
    return f"{due[0]}, {day_text(moment.date())} {moment:%H:%M}"
