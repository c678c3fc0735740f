"""A journal small enough that segments change, and the oldest is dropped, within a test's day.

Its sizes are constants of the device package: handing them in would cost every box heap.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dosebell import journal


@contextmanager
def small_journal(segments: int = journal.MAX_SEGMENTS) -> Iterator[None]:
    """While it lasts a journal holds at most so many segments, of 2.5 kB each."""
    sizes = {
        "SEGMENT_BYTES": 2560,
        "BLOCK_BYTES": 256,
        "_RESERVE_BYTES": 512,
        "MAX_SEGMENTS": segments,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, size in sizes.items():
            patch.setattr(journal, name, size)
        yield
