"""Tests wait for what they wait for: a line, a file, an answer, on a machine as slow as it likes.

The one bound is there so that a hang fails. Nothing else may take so long, and nothing is told by
how long it took.
"""

import time
from collections.abc import Callable

HANG_S = 600.0
_LOOK_EVERY_S = 0.01


def wait_until(holds: Callable[[], bool]) -> None:
    """Return as soon as that holds."""
    until_s = time.monotonic() + HANG_S
    while not holds():
        assert time.monotonic() < until_s, "it never came to hold"
        time.sleep(_LOOK_EVERY_S)
