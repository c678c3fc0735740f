"""Asks before something is lost: on a terminal by a question, elsewhere by asking for `--yes`."""

import sys

import click

from dosebell_host.errors import UserError
from dosebell_host.options import Settings


def can_ask(settings: Settings) -> bool:
    """Whether somebody sits there and wants to be asked."""
    wanted = not (settings.yes or settings.json)
    return wanted and sys.stdin.isatty() and sys.stderr.isatty()


def ask(settings: Settings, losses: list[str], question: str) -> None:
    """Return where that is agreed to. Raises `UserError` where it is not, or nobody can be asked.

    `question` is what is about to be done, as `Push it`.
    """
    if settings.yes:
        return
    if not can_ask(settings):
        raise UserError(
            f"{'; '.join(losses)}",
            fix="nothing was done; to go on all the same, add --yes",
            code="needs-yes",
        )
    for loss in losses:
        settings.note(f"! {loss}")
    if not click.confirm(f"{question}?", err=True):
        raise UserError("nothing was done", code="declined")
