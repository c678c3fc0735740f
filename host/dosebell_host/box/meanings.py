"""What a box's words mean, and what to do: the reasons for which it says no, and its faults.

A box tells of a fault until it starts again, so faults are told as something that happened.
"""

from typing import NamedTuple

from dosebell_host.errors import HOW_TO_INSTALL, DeviceRefused
from dosebell_host.wording import printable

# A box has a word for its reason and a few more for people; what is longer is cut off.
_LONGEST_REASON = 32
_LONGEST_TEXT = 200

_UPGRADE = f"its firmware may be too old: {HOW_TO_INSTALL}"

# reason -> (what is wrong, what to do). `%s` is what the box itself said.
WORDS = {
    "method": ("the box does not know this request yet", _UPGRADE),
    "request": ("the box did not understand the request", _UPGRADE),
    "json": ("the box did not understand the request", _UPGRADE),
    "params": ("the box did not understand the request (%s)", _UPGRADE),
    "clock-unset": (
        "the box does not know what time it is",
        "set its clock first: `dosebell clock --set`",
    ),
    "implausible": (
        "the box does not believe that time",
        "put this laptop's date right and try again",
    ),
    "large-step": (
        "that would move the clock of the box by more than a day",
        "to do it all the same: `dosebell clock --set --yes`",
    ),
    "no-schedule": ("the box has no schedule yet", "`dosebell push FILE` gives it one"),
    "no-dose": ("the box has no such dose", "`dosebell status` shows what it has"),
    "no-occurrence": (
        "the dose is not planned then",
        "`dosebell preview` shows when it is, `dosebell log` when it was",
    ),
    "searching": (
        "the box still looks through its journal for that one",
        "try again in a minute",
    ),
    "gone": (
        "that was so long ago that the box remembers it no more",
        "`dosebell log` shows what this laptop keeps",
    ),
    "not-open": ("it is too early for that one", "wait until its time has come nearer"),
    "stands": ("that cannot be changed so (%s)", "see `dosebell undo --help`"),
    "ringing": ("a real dose rings now, or is snoozed", "answer that one at the box first"),
    "limp": (
        "the box crashed again and again, and now only reminds",
        "`dosebell doctor` tells what to do",
    ),
    "not-ringing": ("it does not ring, so there is nothing to snooze", ""),
    "nothing-to-undo": ("it is noted neither as taken nor as skipped", "see `dosebell log`"),
    "no-stock": (
        "the schedule does not count its stock",
        "add a line such as stock = { count = 90 } to the dose and push",
    ),
    "future": ("that time has not come yet", "give the time at which it was taken"),
    "hash": ("the schedule did not arrive whole", "push again"),
    "incomplete": ("the schedule did not arrive whole", "push again"),
    "order": ("the schedule did not arrive in order", "push again"),
    "not-staged": ("the box was restarted while the schedule came in", "push again"),
    "line": ("the box refuses a line of the schedule (%s)", _UPGRADE),
    "memory": (
        "the box has no memory for this schedule beside the one in force",
        "push a file with one dose first, then this one",
    ),
    "schedule": ("the box cannot read this schedule (%s)", _UPGRADE),
    "parts": (
        "the box cannot use these parts (%s)",
        "`dosebell parts --help` tells how to name others",
    ),
    "no-part": (
        "the box has no such part in use (%s)",
        "what was written is in use after its next start; `dosebell status` tells of faults",
    ),
    "no-room": (
        "the box has no memory for this request",
        "unplug it for a moment, then try again",
    ),
    "flash": (
        "the box could not write to its flash (%s)",
        "try again; `dosebell status` tells of faults",
    ),
}


def refused(method: str, reason: str, text: str) -> DeviceRefused:
    """The error for a refusal, in whatever words a box chose; `code` is the reason."""
    reason, text = printable(reason)[:_LONGEST_REASON], printable(text)[:_LONGEST_TEXT]
    message, fix = WORDS.get(reason, (f"the box refused {method} (%s)", ""))
    if "%s" in message:
        message %= text or reason
    return DeviceRefused(message, fix=fix, code=reason or "refused")


class Fault(NamedTuple):
    """`fix` is what to do, "" for nothing; `is_bad` where a person has to."""

    says: str
    fix: str = ""
    is_bad: bool = True

    def __str__(self) -> str:
        return f"{self.says}: {self.fix}" if self.fix else self.says


_COPY = Fault("a small file was damaged and the copy before is used; nothing is lost", "", False)
FAULTS = {
    "flash": Fault(
        "its flash could not be written; it tries again every minute",
        "if that comes back after a restart, the flash is worn out, and it needs another Pico",
    ),
    "journal": Fault("part of its journal is damaged; the rest is in order", "", False),
    "schedule": Fault("its schedule was damaged and the copy before is in force", "push again"),
    "button": Fault("the button was held down for half a minute", "is it stuck?"),
    "battery-clock": Fault(
        "the battery clock fails or disagrees with it", "is its cell empty, or a wire loose?"
    ),
    "seen": _COPY,
    "device_id": _COPY,
    "crash": Fault("its program failed and was started again", "`dosebell doctor` shows where"),
    "board-file": Fault(
        "its file board.json cannot be right, so it uses the standard pins",
        "put that file right, or remove it",
    ),
    "parts-file": Fault(
        "its file parts.json cannot be right, so it uses no lamps",
        "`dosebell parts` writes it anew",
    ),
    "lamps": Fault(
        "its strip of lamps fails; it rings without", "`dosebell parts --test` tries each lamp"
    ),
}


def fault(name: str) -> Fault:
    """The meaning of a fault; one that this dosebell does not know yet is told by its name."""
    return FAULTS.get(name, Fault(f"it tells of a fault: {name}"))
