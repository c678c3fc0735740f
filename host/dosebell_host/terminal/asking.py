"""Asks before something is lost: on a terminal by a question, elsewhere by asking for `--yes`."""

import sys
from collections.abc import Iterable
from functools import partial

import click

from dosebell_host.errors import UserError
from dosebell_host.talk import Talk, nobody_agrees
from dosebell_host.terminal.options import Settings
from dosebell_host.terminal.output import escaped, fitted, print_text
from dosebell_host.terminal.progress_bar import progress_bar


def talk_with(settings: Settings) -> Talk:
    """How an action speaks with whoever has typed the command."""
    return Talk(
        note=settings.note,
        agree=partial(ask, settings),
        tell=partial(_tell, settings),
        can_ask=can_ask(settings),
        confirm=partial(_confirm, settings),
        ask=partial(_typed, settings),
        progress=progress_bar,
    )


def can_ask(settings: Settings) -> bool:
    """Whether somebody sits there and wants to be asked."""
    return not (settings.yes or settings.json) and settings.attended()


def ask(settings: Settings, losses: list[str], question: str) -> None:
    """Return where that is agreed to. Raises `UserError` where it is not, or nobody can be asked.

    `question` is what is about to be done, as `Push it`.
    """
    if settings.yes:
        return
    if not can_ask(settings):
        nobody_agrees(losses, question)
    for loss in losses:
        settings.note(f"! {loss}")
    if not click.confirm(_fitted(f"{question}?"), err=True):
        raise UserError("nothing was done", code="declined")


def _confirm(settings: Settings, question: str) -> bool | None:
    if not can_ask(settings):
        return None
    return click.confirm(_fitted(question), default=True, err=True)


def _typed(settings: Settings, prompt: str, default: str | None) -> str | None:
    if not can_ask(settings):
        return None
    # What Enter takes is folded with the question.
    shown = _fitted(f"{prompt} [{default}]:" if default else f"{prompt}:")
    # With no default at all a prompt comes again without a word after Enter.
    taken = default or ""
    return str(click.prompt(shown, default=taken, show_default=False, prompt_suffix=" ", err=True))


def _fitted(question: str) -> str:
    return fitted(escaped(question), sys.stderr)


def _tell(settings: Settings, lines: Iterable[str]) -> None:
    for line in () if settings.json else lines:
        print_text(line)
