"""How an action speaks with the person it works for, whoever shows it: terminal, page or test."""

from collections.abc import Callable
from dataclasses import dataclass

# Told what a person should hear beside the result.
Note = Callable[[str], None]
# Told after every step how many are done, and of how many.
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True)
class Talk:
    """How a person hears of it. `agree` asks before something is lost, and raises on a no."""

    note: Note
    agree: Callable[[list[str], str], None]
