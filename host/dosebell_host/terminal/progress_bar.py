"""A progress bar for work that is long enough to wait for, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from dosebell_host.talk import Progress, no_progress


@contextmanager
def progress_bar(label: str, from_steps: int) -> Iterator[Progress]:
    """A function to tell of every step; it draws where there are at least `from_steps`."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    with ExitStack() as stack:
        bars: list[Any] = []

        def tell(done: int, total: int) -> None:
            if total < from_steps:
                return
            if not bars:
                bar = click.progressbar(length=total, label=label, file=sys.stderr)
                bars.append(stack.enter_context(bar))
            bars[0].update(done - bars[0].pos)

        yield tell
