"""What a call costs in lines that Python executes: those no load of the machine changes."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def executed(call: Callable[[], object]) -> int:
    """How many lines of ours a call executes."""
    count = 0

    def count_line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return count_line

    def enter(frame: FrameType, event: str, arg: Any) -> Any:
        return count_line if "/dosebell" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
