"""Whether this laptop's own clock can be trusted, so that it may move that of a box.

A small machine without a battery clock that many boxes are plugged into shows, after a power cut
and without a network, whatever time it was switched off at. Its boxes know better.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from dosebell_host.box.clock_verdict import SET, ClockVerdict, difference_text, set_command

# A larger step is made only by a clock that is known to be right.
LARGEST_UNSURE_STEP_S = 120
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
_ASK = ("timedatectl", "show", "--property", "NTPSynchronized", "--value")
_ANSWERS = {b"yes": True, b"no": False}
_PATIENCE_S = 5.0
_SYNCHRONISED_FOR_S = 60.0


def is_synchronised() -> bool | None:
    """Whether the system says that its clock is kept right by others; None where it does not."""
    if sys.platform != "linux":
        return None
    if _SYNCHRONISED.exists():
        return True
    try:
        said = subprocess.run(_ASK, capture_output=True, timeout=_PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return _ANSWERS.get(said.stdout.strip())


def may_set(verdict: ClockVerdict, synchronised: bool | None) -> bool:
    """Whether a watcher sets a box's clock, where a contact in passing would.

    One that is not set is set even where it is not known what keeps the laptop's right, as any
    command does; not where that is known to be nothing.
    """
    if verdict.action != SET:
        return False
    if verdict.ahead_s is None:
        return synchronised is not False
    return synchronised is True or abs(verdict.ahead_s) <= LARGEST_UNSURE_STEP_S


def left_alone_sentence(verdict: ClockVerdict, port: str) -> str:
    """What to say where it is not set; "" where nothing is wrong."""
    if verdict.action != SET:
        return verdict.sentence(port)
    return (
        f"The box's clock is {difference_text(verdict.ahead_s)}, and is left so, because this"
        " machine does not know its own to be right. If it is,"
        f" `{set_command(port)}` sets the box's."
    )


class Remembered:
    """Whether the laptop's clock is kept right, asked anew now and then only."""

    def __init__(self, ask: Callable[[], bool | None], elapsed_s: Callable[[], float]) -> None:
        self._ask = ask
        self._elapsed_s = elapsed_s
        self._answer: bool | None = None
        self._until_s: float | None = None

    def __call__(self) -> bool | None:
        if self._until_s is None or self._elapsed_s() >= self._until_s:
            self._answer = self._ask()
            self._until_s = self._elapsed_s() + _SYNCHRONISED_FOR_S
        return self._answer
