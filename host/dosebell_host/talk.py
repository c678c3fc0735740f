"""How an action speaks with the person it works for, whoever shows it: terminal, page or test."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from dosebell_host.errors import UserError

# Told what a person should hear beside the result.
Note = Callable[[str], None]
# Told after every step how many are done, and of how many.
Progress = Callable[[int, int], None]


def no_note(sentence: str) -> None:
    """Where nobody is told."""


def no_progress(done: int, total: int) -> None:
    """For those who do not watch."""


def nobody_agrees(losses: list[str], question: str) -> None:
    """For where nobody can be asked. Raises `UserError` with what would be lost."""
    raise UserError(
        "; ".join(losses),
        fix="nothing was done; to go on all the same, add --yes",
        code="needs-yes",
    )


def _tell_nobody(lines: Iterable[str]) -> None:
    pass


def _nobody_answers(question: str) -> bool | None:
    return None


def _nobody_types(prompt: str, default: str | None) -> str | None:
    return None


def _nobody_watches(label: str, from_steps: int) -> AbstractContextManager[Progress]:
    return nullcontext(no_progress)


class Talk(NamedTuple):
    """How a person hears of an action, and is asked in it.

    Only `note` must be given; with the rest left out nobody is there to be asked or to watch.
    """

    # One sentence beside the result.
    note: Note
    # Asks before these are lost, as `Push it`; returns where that is agreed to, and raises
    # `UserError` where it is not.
    agree: Callable[[list[str], str], None] = nobody_agrees
    # Lines of the result itself, as it comes about.
    tell: Callable[[Iterable[str]], None] = _tell_nobody
    # Whether somebody is there to be asked, beyond what `agree` needs.
    can_ask: bool = False
    # What a person answers to a question with yes or no; None where nobody can be asked.
    confirm: Callable[[str], bool | None] = _nobody_answers
    # What a person types at a prompt, or takes as its default (None where there is none to take);
    # None where nobody can be asked.
    ask: Callable[[str, str | None], str | None] = _nobody_types
    # With a label, and from how many steps on it is worth watching: what to tell of every step.
    progress: Callable[[str, int], AbstractContextManager[Progress]] = _nobody_watches
