"""`check` is quick on any file: also on one that uses every limit of the format.

Work is counted in executed lines, which are as many on every machine. What they take in seconds,
`make bench` tells.
"""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from crowded import checked, crowded
from dosebell_host.resources import schedules_dir

# About a third of a second on CPython 3.11 and a machine of 2024. Half of it is used there.
MOST_LINES = 5_000_000
MOST_LINES_OF_A_READY_MADE_ONE = 40_000


def executed_lines(text: str) -> int:
    """How many lines of Python a check executes, with every table loaded before."""
    checked(text)
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        checked(text)
    finally:
        sys.settrace(before)
    return count


def test_a_file_at_every_limit_is_checked_with_bounded_work() -> None:
    assert executed_lines(crowded()) <= MOST_LINES


@pytest.mark.parametrize(
    "path", sorted(schedules_dir().glob("*.toml")), ids=lambda path: path.stem
)
def test_a_ready_made_schedule_is_checked_with_little_work(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert executed_lines(text) <= MOST_LINES_OF_A_READY_MADE_ONE
