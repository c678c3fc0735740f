"""A practice reminder: it rings and is answered like a real one, and leaves no record."""

from dosebell.annunciator import RING_S

NONE = "none"
RINGING = "ringing"
ANSWERED = "answered"
# Nobody pressed for as long as a ring sounds.
OVER = "over"
# A real dose became due, which comes first.
INTERRUPTED = "interrupted"


class Practice:
    """How the last practice went: one of the words above."""

    def __init__(self) -> None:
        self.state = NONE
        self.until_s = 0

    @property
    def rings(self) -> bool:
        return self.state == RINGING

    def begin(self, uptime_s: int) -> None:
        """Ring as for a real dose, until a press answers it or a minute has passed."""
        self.state = RINGING
        self.until_s = uptime_s + RING_S

    def step(self, uptime_s: int, is_due: bool) -> None:
        """End what a real dose interrupts or nobody answers."""
        if not self.rings:
            return
        if is_due:
            self.state = INTERRUPTED
        elif uptime_s >= self.until_s:
            self.state = OVER

    def answer(self) -> None:
        self.state = ANSWERED
