"""When a laptop may set a box's clock, and when it leaves it alone.

Every contact keeps the clock right. It never makes a large step in passing, because then either
side may be the wrong one, and it does nothing where the laptop itself can't be right.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from dosebell_host.box.hello import UNSET, Hello
from dosebell_host.wording import command_text, duration_text

# A laptop that shows an earlier date than this release is wrong. A release moves it.
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)

SET_FROM_S = 2
LARGEST_STEP_IN_PASSING_S = 600

# What to do about a clock.
FINE = "fine"
SET = "set"
TOO_FAR = "too-far"
LAPTOP_WRONG = "laptop-wrong"
LEFT_ALONE = "left-alone"


class ClockVerdict(NamedTuple):
    """What to do, and how far the box is ahead of the laptop (None while its clock is unset)."""

    action: str
    ahead_s: float | None

    def sentence(self, port: str | None = None) -> str:
        """What a person who named that port should hear of it; "" where all is well."""
        apart = difference_text(self.ahead_s)
        if self.action == SET:
            return f"Set the box's clock, which was {apart}."
        if self.action == TOO_FAR:
            return (
                f"The box's clock is {apart}, and is left so, because either may be wrong."
                f" If this laptop's is right, `{set_command(port)}` sets the box's."
            )
        if self.action == LAPTOP_WRONG:
            return (
                "This laptop shows a date before this release of dosebell was made, so the box's"
                " clock is left alone; put the laptop's date right."
            )
        return ""


def judge_clock(hello: Hello, laptop_s: float) -> ClockVerdict:
    """What a contact in passing does. `laptop_s` is Unix seconds."""
    ahead_s = ahead_of(hello, laptop_s)
    if hello.virtual:
        return ClockVerdict(LEFT_ALONE, ahead_s)
    if is_laptop_wrong(laptop_s):
        return ClockVerdict(LAPTOP_WRONG, ahead_s)
    if ahead_s is None:
        return ClockVerdict(SET, None)
    if abs(ahead_s) > LARGEST_STEP_IN_PASSING_S:
        return ClockVerdict(TOO_FAR, ahead_s)
    return ClockVerdict(SET if abs(ahead_s) >= SET_FROM_S else FINE, ahead_s)


def is_laptop_wrong(laptop_s: float) -> bool:
    """Whether the laptop shows a date at which this release was not made yet."""
    return laptop_s < RELEASED.timestamp()


def ahead_of(hello: Hello, laptop_s: float) -> float | None:
    """How far the box is ahead, to within half a second: it tells whole seconds only."""
    if hello.trust == UNSET or hello.utc is None:
        return None
    return hello.utc + 0.5 - laptop_s


def set_command(port: str | None) -> str:
    """What to type to set the clock of the box at the port that was named, if one was."""
    return command_text(port, "clock", "--set")


def step_text(step_s: int) -> str:
    """A step of the clock: `21 h 36 min back`."""
    return f"{duration_text(step_s)} {'back' if step_s < 0 else 'forward'}"


def difference_text(ahead_s: float | None) -> str:
    """How the box's clock stands to the laptop's."""
    if ahead_s is None:
        return "not set"
    if abs(ahead_s) < SET_FROM_S:
        return "as this laptop's"
    return f"{duration_text(ahead_s)} {'ahead of' if ahead_s > 0 else 'behind'} this laptop's"
